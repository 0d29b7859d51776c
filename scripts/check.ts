/**
 * `npm run check`: every static check, two at a time, all of them whatever fails. What each said is shown when it is done.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The slowest first, so that the others fit beside it. */
const CHECKS = ['lint', 'types', 'format', 'svelte', 'rooms', 'unused'];
const AT_ONCE = 2;

const root = join(import.meta.dirname, '..');

async function check(name: string): Promise<boolean> {
  const start = Date.now();
  const child = spawn('npm', ['run', '--silent', `check:${name}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1_000)} s`);
  if (code !== 0) console.log(`${said}${complained}`);
  return code === 0;
}

const waiting = CHECKS.values();
const isGood = await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    let good = true;
    for (const name of waiting) good = (await check(name)) && good;
    return good;
  }),
);
process.exitCode = isGood.every(Boolean) ? 0 : 1;
