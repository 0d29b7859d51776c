import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesUse, folderUse } from '../../../electron/core/history/storage-use.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-use-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, size: number): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(size));
}

describe('the size of a folder', () => {
  it('counts all files below it', async () => {
    write('a', 10);
    write('run/b', 20);
    write('run/inputs/0/c', 30);
    expect(await folderUse(folder)).toEqual({ bytes: 60, whole: true });
  });

  it('is 0 for a missing folder', async () => {
    expect(await folderUse(join(folder, 'not there'))).toEqual({ bytes: 0, whole: true });
  });

  it('stops after the limit of files and reports it', async () => {
    for (const name of ['a', 'b', 'c']) write(name, 10);
    expect(await folderUse(folder, 2)).toEqual({ bytes: 20, whole: false });
    expect(await folderUse(folder, 3)).toEqual({ bytes: 30, whole: true });
  });

  it('does not follow links', async () => {
    write('inside/a', 10);
    write('b', 20);
    symlinkSync(folder, join(folder, 'inside/loop'));
    symlinkSync(join(folder, 'b'), join(folder, 'inside/link'));
    expect(await folderUse(join(folder, 'inside'))).toEqual({ bytes: 10, whole: true });
  });

  it('counts files by prefix', async () => {
    write('omnitray.db', 10);
    write('omnitray.db-wal', 5);
    write('config.json', 100);
    expect(await filesUse(folder, 'omnitray.')).toEqual({ bytes: 15, whole: true });
  });
});
