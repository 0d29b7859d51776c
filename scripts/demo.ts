/**
 * `npm run demo`: runs two recipes on the practice server, in the app where Electron can run, otherwise in this terminal.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPracticeServer } from '../electron/practice/server.ts';
import { findElectron } from './lib/electron.ts';

const root = join(import.meta.dirname, '..');
const samples = join(root, 'resources/samples');
const sample = (name: string): string => join(samples, name);

/** Runs a command in this terminal. Returns its exit code. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function demoInApp(electron: string, home: string): Promise<number> {
  const built = await run(process.execPath, [
    join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  if (built !== 0) return built;
  console.log('OmniTray opens with two sample pictures. Pick "Thumbnail sheet" and press Run. Ctrl+Q quits it.');
  return run(electron, [root, '--practice', sample('hills.png'), sample('harbour.png')], { OMNITRAY_HOME: home });
}

async function demoInTerminal(home: string): Promise<number> {
  const server = await startPracticeServer();
  const omnitray = async (...args: readonly string[]): Promise<number> => {
    console.log(
      `\n$ omnitray ${args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg.replace(samples, 'samples'))).join(' ')}`,
    );
    return run(process.execPath, [join(root, 'electron/cli.ts'), ...args], {
      OMNITRAY_HOME: home,
      OMNITRAY_TOKEN: server.token,
    });
  };
  try {
    const codes = [
      await omnitray('connect', server.origin),
      await omnitray('recipes'),
      await omnitray('run', 'Word count', sample('notes.txt')),
      await omnitray('run', 'Thumbnail sheet', sample('hills.png'), sample('harbour.png'), '--out', join(home, 'out')),
      await omnitray('runs'),
    ];
    const failed = codes.find((code) => code !== 0);
    if (failed !== undefined) return failed;
    console.log(`\nDone: two runs, their answers above, and the picture in ${join(home, 'out')}`);
    return 0;
  } finally {
    await server.close();
  }
}

const home = mkdtempSync(join(tmpdir(), 'omnitray-demo-'));
const electron = findElectron();
if ('path' in electron) {
  process.exitCode = await demoInApp(electron.path, home);
  rmSync(home, { recursive: true, force: true });
} else {
  console.log(`${electron.why} The same job runs in this terminal instead.`);
  process.exitCode = await demoInTerminal(home);
}
