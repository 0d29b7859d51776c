import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { measurePage, pageSize } from '../../bench/page.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-page-'));
  mkdirSync(join(folder, 'assets'));
});

afterEach(() => {
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

function build(entry: string): void {
  write('index.html', '<script type="module" crossorigin src="./assets/index.js"></script>');
  write('assets/index.js', entry);
  write('assets/shared.js', 'export{a}from"./deep.js";');
  write('assets/deep.js', 'export const a=1;');
  write('assets/view.js', 'import{a}from"./shared.js";import"./late.js";a;');
  write('assets/late.js', '');
}

const names = (chunks: readonly { readonly file: string }[]) => chunks.map(({ file }) => file).sort();

it('counts what the first view cannot do without, and nothing that is imported later', () => {
  build('import{a}from"./shared.js";import(`./view.js`);const text="import\\"./late.js\\"";a;text;');
  const { first, later } = pageSize(folder);
  expect(names(first)).toEqual(['deep.js', 'index.js', 'shared.js']);
  expect(names(later)).toEqual(['late.js', 'view.js']);
});

it('fails the bench over budget', () => {
  build('import"./shared.js";');
  expect(measurePage(folder).rows[0]?.[2]).toContain('at most');
  expect(process.exitCode).toBeUndefined();
  // What cannot be compressed counts in full.
  const noise = Array.from({ length: 130_000 }, () => Math.random().toString(36).slice(2, 6)).join('');
  build(`const noise="${noise}";`);
  expect(measurePage(folder).rows[0]?.[2]).toContain('MISSED');
  expect(process.exitCode).toBe(1);
});
