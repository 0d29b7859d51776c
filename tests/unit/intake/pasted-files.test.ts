import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PastedFiles } from '../../../electron/core/intake/pasted-files.ts';

let folder: string;
let files: PastedFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-kept-'));
  files = new PastedFiles(join(folder, 'dropped'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('PastedFiles', () => {
  it('keeps two files of one name apart, and no name leaves the folder', async () => {
    const one = await files.keep('a.png', new Uint8Array([1]));
    const other = await files.keep('a.png', new Uint8Array([2]));
    const evil = await files.keep('../../evil.png', new Uint8Array([3]));
    expect(one).not.toBe(other);
    expect(dirname(dirname(evil))).toBe(join(folder, 'dropped'));
    expect(readdirSync(dirname(evil))).toEqual(['evil.png']);
  });

  it('removes unused files, and keeps used and new ones', async () => {
    const used = await files.keep('used.png', new Uint8Array([1]));
    const unused = await files.keep('unused.png', new Uint8Array([1]));
    const fresh = await files.keep('fresh.png', new Uint8Array([1]));
    for (const path of [used, unused]) utimesSync(dirname(path), 1, 1);
    expect(await files.removeUnused((path) => path === used, 10_000)).toBe(1);
    const left = readdirSync(join(folder, 'dropped')).flatMap((name) => readdirSync(join(folder, 'dropped', name)));
    expect(left.sort()).toEqual(['fresh.png', 'used.png']);
    expect(fresh).toContain('fresh.png');
  });

  it('removes nothing when nothing was stored', async () => {
    expect(await files.removeUnused(() => false, Date.now())).toBe(0);
  });

  it('reports a disk that refuses', async () => {
    const refused = new PastedFiles(join(folder, 'dropped', '\0'));
    await expect(refused.keep('a.png', new Uint8Array([1]))).rejects.toMatchObject({ code: 'disk-name' });
  });
});
