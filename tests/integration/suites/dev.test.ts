import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/lib/tools.ts';
import { needs } from '../../support/needs.ts';

needs(findChromium() === null ? 'npm run dev without Electron needs Chromium' : null);
needs(process.platform === 'win32' ? 'Windows has no process groups' : null);

const ROOT = join(import.meta.dirname, '../../..');
const COPIED = ['electron', 'renderer', 'resources/icon.png', 'resources/samples', 'scripts', 'tests/support'];
const COPIED_FILES = ['electron.vite.config.ts', 'package.json', 'tsconfig.base.json'];

let copy: string;
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'omnitray-dev-test-'));
  for (const path of [...COPIED, ...COPIED_FILES]) await cp(join(ROOT, path), join(copy, path), { recursive: true });
  // A folder of its own, because Vite's cache lies in it.
  await mkdir(join(copy, 'node_modules'));
  const packages = (await readdir(join(ROOT, 'node_modules'))).filter((name) => !/^\.(?!bin$)/.test(name));
  for (const name of packages) await symlink(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
});
afterEach(() => rm(copy, { recursive: true, force: true, maxRetries: 3 }));

/** `npm run dev` of the copy, without a display. `said` resolves with the match of what it printed since the last one. */
function startDev() {
  const child = spawn(process.execPath, [join(copy, 'scripts/dev.ts')], {
    cwd: copy,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', OMNITRAY_E2E_HOST: 'stand-in' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(output);
      if (match !== null) {
        output = output.slice(match.index + match[0].length);
        return match;
      }
      const more = Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended.then(() => null)]);
      if ((await more) === null && !pattern.test(output))
        throw new Error(`It ended without ${String(pattern)}:\n${output}`);
    }
  };
  return { group: -(child.pid ?? 0), ended, said };
}

it('npm run dev shows a change of the page and of the main process, and leaves no process behind', async () => {
  const { group, ended, said } = startDev();
  try {
    const [, port = ''] = await said(/chrome:\/\/inspect.*127\.0\.0\.1:(\d+)/);
    await said(/The page is open/);
    await appendFile(join(copy, 'renderer/src/App.svelte'), '<p>Changed</p>\n');
    await said(/The page was updated: \/src\/App\.svelte/);
    await appendFile(join(copy, 'renderer/src/main.ts'), '// Changed\n');
    await said(/The page was reloaded/);
    await appendFile(join(copy, 'electron/main.ts'), '// Changed\n');
    await said(/The main process was restarted/);
    // Ctrl+C reaches every process of the group.
    process.kill(group, 'SIGINT');
    await said(/Ended/);
    expect(await ended).toEqual([0, null]);
    expect(() => process.kill(group, 0)).toThrow('ESRCH');
    await expect(fetch(`http://127.0.0.1:${port}/json/version`)).rejects.toThrow('fetch failed');
  } finally {
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      // It ended.
    }
  }
});
