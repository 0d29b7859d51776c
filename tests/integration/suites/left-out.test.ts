import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../../support/needs.ts';

const ROOT = join(import.meta.dirname, '../../..');

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'omnitray-left-out-'));
  // The message of util-linux where namespaces are refused: in many containers, on a stock Ubuntu 24.04.
  const unshare = join(scratch, 'unshare');
  await writeFile(unshare, '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n');
  await chmod(unshare, 0o755);
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

/** Runs the fault tests that need their own mounts on a machine that refuses them. */
async function spoiledDisks(leftOutFile?: string) {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reporters = ['dot', './tests/support/left-out-reporter.ts', './tests/faults/support/table-reporter.ts'];
  const args = ['--project=faults', ...reporters.map((name) => `--reporter=${name}`), '-t', 'a spoiled disk'];
  const child = spawn(process.execPath, [vitest, 'run', ...args, 'tests/faults/machine.test.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NO_COLOR: '1',
      PATH: `${scratch}${delimiter}${process.env.PATH ?? ''}`,
      OMNITRAY_LEFT_OUT: leftOutFile,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [said, [code]] = await Promise.all([text(child.stdout), exit]);
  return { said, code };
}

const LINE = /\d+ tests: .* no process mounts of its own \(unshare: unshare failed: Operation not permitted\)/;

describe('tests that need more than this machine allows', () => {
  needs(process.platform === 'linux' ? null : 'only Linux has unshare');

  it('are left out, and the run succeeds and reports it', async () => {
    const { said, code } = await spoiledDisks();
    expect(code).toBe(0);
    expect(said.slice(said.indexOf('Left out on this machine'))).toMatch(LINE);
    expect(said.trim().split('\n').at(-1)).toContain('double execs: 0');
  });

  it('are named in the last lines of npm test', async () => {
    const file = join(scratch, 'left-out.txt');
    const { said } = await spoiledDisks(file);
    expect(said).not.toContain('Left out');
    expect(await readFile(file, 'utf8')).toMatch(LINE);
  });
});
