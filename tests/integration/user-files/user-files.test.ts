import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserFiles } from '../../../electron/core/user-files/user-files.ts';
import { mountShare } from '../../support/hung-share.ts';
import { needs } from '../../support/needs.ts';

let folder: string;
let files: UserFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-user-files-'));
  files = new UserFiles();
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
function file(name: string, content: string | Uint8Array = name): string {
  writeFileSync(at(name), content);
  return at(name);
}

describe('UserFiles on a drive that answers', () => {
  it('returns the facts of a file', async () => {
    mkdirSync(at('below'));
    symlinkSync(file('a.txt', 'words'), at('link'));
    expect(await files.stat(at('link'))).toEqual({
      kind: 'file',
      size: 5,
      mtimeMs: statSync(at('a.txt')).mtimeMs,
      mode: statSync(at('a.txt')).mode & 0o777,
    });
    expect(await files.realpath(at('link'))).toBe(at('a.txt'));
    expect([...(await files.list(folder))].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'a.txt', kind: 'file' },
      { name: 'below', kind: 'folder' },
      { name: 'link', kind: 'other' },
    ]);
  });

  it('passes on system errors with their code', async () => {
    await expect(files.stat(at('none'))).rejects.toMatchObject({ code: 'ENOENT', path: at('none') });
    await expect(files.list(file('a.txt'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(files.open('a\0b')).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
    await expect(files.write(file('b.txt', 'kept'), 'new', 'new')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(at('b.txt'), 'utf8')).toBe('kept');
  });

  it('reads a whole file in parts that reuse one buffer', async () => {
    const bytes = randomBytes(700_000);
    const { sha256, read } = await files.digest(file('big', bytes));
    expect([sha256, read]).toEqual([createHash('sha256').update(bytes).digest('hex'), bytes.byteLength]);
    const found = await files.withFile(at('big'), async (open) => {
      const parts: Buffer[] = [];
      for (let buffer = new ArrayBuffer(262_144), position = 0; ;) {
        const part = await open.read(position, buffer);
        if (part.byteLength === 0) return Buffer.concat(parts);
        parts.push(Buffer.from(part));
        position += part.byteLength;
        buffer = part.buffer;
      }
    });
    expect(found.equals(bytes)).toBe(true);
  });

  it('reads regular files only', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await files.stat(at('pipe'))).toMatchObject({ kind: 'other' });
    expect(await files.digest(at('pipe'))).toMatchObject({ sha256: null, read: 0 });
  });

  it.each(['new', 'replace'] as const)('copies a file whole, with its permissions (%s)', async (write) => {
    const bytes = randomBytes(600_000);
    const from = file('from', bytes);
    if (write === 'replace') file('to', randomBytes(900_000));
    await files.copy(from, at('to'), { write });
    expect(readFileSync(at('to')).equals(bytes)).toBe(true);
    expect(statSync(at('to')).ino).not.toBe(statSync(from).ino);
    await files.copy(from, at('private'), { write, mode: 0o600, flush: true });
    expect(statSync(at('private')).mode & 0o777).toBe(0o600);
  });

  it('keeps a file that is copied onto itself', async () => {
    const path = file('a.txt', 'words');
    await files.copy(path, path, { write: 'replace' });
    expect(readFileSync(path, 'utf8')).toBe('words');
    await expect(files.copy(path, path, { write: 'new' })).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('leaves nothing of a failed copy', async () => {
    mkdirSync(at('folder'));
    await expect(files.copy(at('folder'), at('to'), { write: 'new' })).rejects.toMatchObject({ code: 'EISDIR' });
    expect(() => statSync(at('to'))).toThrow('ENOENT');
  });

  it('makes folders', async () => {
    await files.makeFolder(at('a/b/c'), { recursive: true });
    await files.makeFolder(at('a/b/c'), { recursive: true });
    await expect(files.makeFolder(at('a'), { recursive: false })).rejects.toMatchObject({ code: 'EEXIST' });
    expect(statSync(at('a/b/c')).isDirectory()).toBe(true);
  });
});

/** Longest wait of a test; a condition that holds ends it at once. */
const PATIENCE = { timeout: 15_000 };

const hung = await mountShare();

describe('UserFiles on a drive that hangs', () => {
  needs(hung.lacking);
  const there = (name: string): string => join(hung.folder, name);
  let answerWithin: number;

  beforeEach(() => {
    writeFileSync(there('a.txt'), 'words');
    answerWithin = files.answerWithin(300);
  });
  afterEach(() => hung.answer());
  afterAll(() => hung.remove());

  it('reports each file once the first did not answer in time', async () => {
    await hung.hang();
    const asked = Array.from({ length: 12 }, (_, index) => files.stat(there(`${index}.txt`)));
    const found = await Promise.allSettled(asked);
    expect(found.map((each) => each.status === 'rejected' && (each.reason as { code: string }).code)).toEqual(
      Array.from({ length: 12 }, () => 'ETIMEDOUT'),
    );
  });

  it("does not block other files, host names and Node's own file calls", async () => {
    await hung.hang();
    files.answerWithin(answerWithin);
    const asked = Promise.allSettled(Array.from({ length: 12 }, (_, index) => files.stat(there(`${index}.txt`))));
    const local = file('local.txt');
    await Promise.all([files.stat(local), files.digest(local), lookup('localhost'), lookup('localhost')]);
    await hung.answer();
    // All of them were still waiting and get their true answer now.
    expect(await asked).toMatchObject(Array.from({ length: 12 }, () => ({ reason: { code: 'ENOENT' } })));
  });

  it('refuses files of that drive at once until it is back, and no others', async () => {
    await hung.hang();
    await expect(files.stat(there('a.txt'))).rejects.toMatchObject({ code: 'ETIMEDOUT', isRefused: false });
    await expect(files.copy(file('b.txt'), there('b.txt'), { write: 'new' })).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      isRefused: true,
    });
    expect(await files.stat(at('b.txt'))).toMatchObject({ kind: 'file' });
    await hung.answer();
    await expect.poll(() => files.stat(there('a.txt')).catch(() => null), PATIENCE).toMatchObject({ size: 5 });
  });

  it("detects a drive behind a link in the user's own folder", async () => {
    symlinkSync(hung.folder, at('nas'));
    await hung.hang();
    await expect(files.stat(at('nas/a.txt'))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await expect(files.stat(at('nas/b.txt'))).rejects.toMatchObject({ isRefused: true });
    expect(await files.stat(file('c.txt'))).toMatchObject({ kind: 'file' });
  });

  it('detects a drive that stops in the middle of a file, and closes the file once it is back', async () => {
    const open = await files.open(there('a.txt'));
    await hung.hang();
    await expect(open.read(0, new ArrayBuffer(8))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await open.close();
    await hung.answer();
    await expect.poll(() => files.stat(there('a.txt')).catch(() => null), PATIENCE).toMatchObject({ size: 5 });
  });
});
