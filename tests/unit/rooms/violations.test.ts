import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What `npm run check:rooms` must report: the file that violates a rule, its content, and the name of the rule. */
const IMPORTS: readonly (readonly [file: string, content: string, rule: string])[] = [
  ['electron/core/runs/bad.ts', "export { buildCore } from '../app/core.ts';", 'floor-runs-export'],
  ['electron/core/omnitool/bad.ts', "export { RunEngine } from '../runs/engine.ts';", 'floor-omnitool'],
  ['electron/core/model/bad.ts', "export type { Core } from '../app/core.ts';", 'floor-model'],
  [
    'electron/core/intake/bad.ts',
    "export { Catalogue } from '../recipes/catalogue.ts';",
    'floor-connection-intake-recipes',
  ],
  ['electron/core/base/bad.ts', "export const late = () => import('../model/run.ts');", 'floor-base'],
  ['electron/core/runs/send/bad.ts', "export * from '../watch/bad.ts';", 'stages'],
  ['electron/core/runs/watch/bad.ts', 'export const watched = 1;', ''],
  ['electron/core/attic/bad.ts', "export { isIn } from '../model/run.ts';", 'known-rooms'],
  ['electron/core/history/attic.ts', "export * from '../attic/bad.ts';", 'known-rooms'],
  ['electron/core/app/bad.ts', "export const late = () => import('electron');", 'electron-in-shell-only'],
  ['electron/core/app/bad-shell.ts', "export * from '../../shell/window.ts';", 'core-without-shell'],
  ['electron/core/export/bad.ts', "export { default } from 'got';", 'got-in-omnitool-only'],
  [
    'electron/core/store/bad.ts',
    "export { startPracticeServer } from '../../practice/server.ts';",
    'practice-server-by-entries-only',
  ],
  ['electron/contract/bad.ts', "export { default } from 'mime';", 'contract-imports-zod-only'],
  ['electron/contract/bad-node.ts', "export { join } from 'node:path';", 'contract-imports-zod-only'],
  ['electron/cli/bad.ts', "export * from '../shell/window.ts';", 'terminal-without-shell'],
  ['electron/practice/bad.ts', "export { MAX_BYTES } from '../contract/limits.ts';", 'practice-server-stands-alone'],
  ['electron/practice/base/bad.ts', "export { readJson } from '../http/body.ts';", 'no-circle-of-practice-rooms'],
  ['electron/core/base/ring-a.ts', "export type { B } from './ring-b.ts';\nexport type A = 1;", 'no-circle'],
  ['electron/core/base/ring-b.ts', "export type { A } from './ring-a.ts';\nexport type B = 1;", 'no-circle'],
  ['renderer/src/bad.ts', "export { isIn } from '../../electron/core/model/run.ts';", 'page-without-node'],
  ['renderer/src/bad-node.ts', "export { join } from 'node:path';", 'page-without-node-modules'],
  ['electron/shell/bad-test.ts', "export * from '../../scripts/bad.ts';", 'tests-not-in-the-app'],
  ['scripts/bad.ts', 'export const script = 1;', ''],
];

/** What eslint must report: code that no import gives away. */
const CODE: readonly (readonly [file: string, content: string, message: string])[] = [
  [
    'electron/shell/bad-ipc.ts',
    "import { ipcMain } from 'electron';\nipcMain.handle('x', () => 1);",
    'shell/ipc.ts alone',
  ],
  ['renderer/src/bad-bridge.ts', 'export const bridge = window.omnitray;', 'bridge.ts alone'],
  ['renderer/src/bad-key.ts', "export const bridge = window['omnitray'];", 'bridge.ts alone'],
  ['electron/core/app/bad-timer.ts', 'setTimeout(() => undefined, 1);', 'base/clock.ts alone'],
  ['electron/core/app/bad-interval.ts', 'globalThis.setInterval(() => undefined, 1);', 'base/clock.ts alone'],
  ['electron/core/app/bad-now.ts', 'export const now = Date.now();', 'base/clock.ts alone'],
  ['electron/core/app/bad-date.ts', 'export const now = new Date();', 'base/clock.ts alone'],
  ['electron/core/app/bad-perf.ts', 'export const now = performance.now();', 'base/clock.ts alone'],
  ['electron/core/app/bad-promise.ts', "export { setTimeout } from 'node:timers/promises';", 'base/clock.ts alone'],
  ['electron/core/history/bad-fs.ts', "export { readFileSync } from 'node:fs';", 'userFiles'],
];

let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'omnitray-rooms-'));
  for (const part of ['electron', 'renderer', 'scripts', 'tests/tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const file of [
    'package.json',
    'tsconfig.base.json',
    'eslint.config.js',
    'oxlint.config.ts',
    'lint.rules.ts',
    'rooms.config.ts',
  ])
    cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const [file, content] of [...IMPORTS, ...CODE]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), `${content}\n`);
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The output of a check in the copy, which must fail. */
async function outputOf(...args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, args, { cwd: copy, maxBuffer: 2 ** 26 });
  const failure: unknown = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (failure === null) throw new Error('The check reports nothing.');
  return String(Reflect.get(Object(failure), 'stdout'));
}

it('the check of rooms reports every forbidden import', { timeout: 120_000 }, async () => {
  const lines = (await outputOf('scripts/rooms.ts')).split('\n');
  const missed = IMPORTS.filter(
    ([file, , rule]) => rule !== '' && !lines.some((line) => line.startsWith(`${rule}: `) && mentions(line, file)),
  );
  expect(missed.map(([file, , rule]) => `${rule}: ${file}`)).toEqual([]);
});

/** Whether a line names the file, or the room of a circle of rooms. */
const mentions = (line: string, file: string): boolean => line.includes(file) || line.includes(`${dirname(file)} `);

it('oxlint reports what only types give away', { timeout: 120_000 }, async () => {
  const file = 'electron/core/runs/bad-types.ts';
  writeFileSync(join(copy, file), 'export const drop = (run: Promise<void>): void => {\n  if (run) run;\n};\n');
  const report = await outputOf('node_modules/oxlint/bin/oxlint', '--format', 'unix', file);
  for (const rule of ['no-floating-promises', 'no-misused-promises']) expect(report).toContain(rule);
});

it('eslint reports every forbidden use', { timeout: 120_000 }, async () => {
  const files = CODE.map(([file]) => file);
  const eslint = join(copy, 'node_modules/eslint/bin/eslint.js');
  const report: unknown = JSON.parse(await outputOf(eslint, '--format', 'json', ...files));
  if (!Array.isArray(report)) throw new TypeError('eslint printed no list.');
  const found = report.map((entry: unknown) => JSON.stringify(entry).replaceAll('\\\\', '/'));
  const missed = CODE.filter(
    ([file, , message]) => !found.some((text) => text.includes(file) && text.includes(message)),
  );
  expect(missed.map(([file]) => file)).toEqual([]);
});
