import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders, makeFoldersSync } from '../../../electron/core/base/make-folder.ts';
import { needs } from '../../support/needs.ts';

const MODULE = join(import.meta.dirname, '../../../electron/core/base/make-folder.ts');

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omnitray-folder-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const ways = [
  ['makeFolders', makeFolders],
  [
    'makeFoldersSync',
    async (path: string) => {
      makeFoldersSync(path);
      return Promise.resolve();
    },
  ],
] as const;

describe.each(ways)('%s', (_name, make) => {
  it('makes a folder and its parents for this user only, and accepts an existing one', async () => {
    await make(join(home, 'a/b/c'));
    await make(join(home, 'a/b/c'));
    for (const path of ['a', 'a/b', 'a/b/c'])
      expect((await stat(join(home, path))).mode & 0o777, path).toBe(process.platform === 'win32' ? 0o666 : 0o700);
  });

  it('accepts folders that other processes make at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => make(join(home, 'a/b/c/d'))));
    expect((await stat(join(home, 'a/b/c/d'))).isDirectory()).toBe(true);
  });

  it('reports a file in its place', async () => {
    await writeFile(join(home, 'file'), '');
    await symlink(join(home, 'nowhere'), join(home, 'link'));
    const made = async (path: string) => make(join(home, path));
    await expect(made('file')).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(made('file/below')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(made('link')).rejects.toMatchObject({ code: 'EEXIST' });
  });
});

describe('the first created folder', () => {
  it('is returned', async () => {
    await mkdir(join(home, 'a'));
    expect(await makeFolders(join(home, 'a/b/c'))).toBe(join(home, 'a/b'));
    expect(await makeFolders(join(home, 'a/b/c'))).toBeUndefined();
  });
});

describe('a file system that refuses folders', () => {
  needs(existsSync('/proc/self') ? null : 'There is no /proc on this system.');

  // In its own process: a call that never returns would block this one.
  it.each(['/proc/omnitray', '/proc/omnitray/below'])('is reported without a wait: %s', (path) => {
    const program = `
      const { makeFolders, makeFoldersSync } = await import(${JSON.stringify(MODULE)});
      const codes = [];
      try { makeFoldersSync(${JSON.stringify(path)}); } catch ({ code }) { codes.push(code); }
      await makeFolders(${JSON.stringify(path)}).catch(({ code }) => codes.push(code));
      console.log(codes.join());`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    expect(out.trim()).toBe('ENOENT,ENOENT');
  });
});
