import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
/** Started by the program itself, from beside its own file (core/user-files/file-thread.ts). */
const THREAD = join(ROOT, 'electron/core/user-files/thread.ts');

/** A program of TypeScript sources, built into one file. */
export interface BuiltProgram {
  /** What Node is started with. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Builds `source` into one file: to read the core module by module takes half of the time of a short process. */
export async function buildProgram(source: string): Promise<BuiltProgram> {
  // Below node_modules, where Node finds keytar, which stays outside of the file.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'omnitray-test-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['keytar'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { program: source, thread: THREAD },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  return { path: join(folder, 'program.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
