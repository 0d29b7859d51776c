import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const CHILD = join(import.meta.dirname, 'crash-child.ts');
/** Started by the program itself, from beside its own file (core/user-files/file-thread.ts). */
const THREAD = join(import.meta.dirname, '../../../electron/core/user-files/thread.ts');

export interface CrashProgram {
  /** What Node is started with. */
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * The program that crashes, in one file: it is started more than a hundred times, and reading the core module by module
 * would take half of the time of the whole matrix.
 */
export async function buildCrashProgram(): Promise<CrashProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'omnitray-crash-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    // The system's keychain is loaded when it is asked for, which is never here.
    ssr: { noExternal: true, external: ['keytar'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { child: CHILD, thread: THREAD },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  return { path: join(folder, 'child.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
