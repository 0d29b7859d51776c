import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputCopyPath } from '../../../electron/core/intake/input-copies.ts';
import type { RunInput } from '../../../electron/core/model/run.ts';
import { sameInputs } from '../../../electron/core/intake/same-inputs.ts';
import { aRun } from '../../support/a-run.ts';

let folder: string;
const folders = () => ({ from: join(folder, 'old'), to: join(folder, 'new') });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-same-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** An uploaded input whose file is unchanged. */
function sent(content = 'content', change: Partial<RunInput> = {}): RunInput & { readonly path: string } {
  const path = join(folder, 'a.txt');
  writeFileSync(path, content);
  const { size, mtimeMs } = statSync(path);
  const upload = { sha256: sha256(content), fid: '1,a', fidExpires: 9_000 };
  return {
    position: 0,
    kind: 'document',
    name: 'a.txt',
    text: null,
    mime: null,
    size,
    mtimeMs,
    copy: null,
    sendAs: null,
    serverName: null,
    madeFrom: null,
    field: null,
    ...upload,
    ...change,
    path,
  };
}

function keepCopy(content: string): void {
  const path = inputCopyPath(folders().from, 0, 'a.txt');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const again = (...inputs: readonly RunInput[]) =>
  sameInputs({ ...aRun(), takes: ['documents', 'json'], inputs }, folders());
const changed = expect.objectContaining({ code: 'inputs-changed', detail: 'a.txt' }) as Error;

describe('the same inputs', () => {
  it('are the file and its upload when its bytes are unchanged', async () => {
    const input = sent();
    utimesSync(input.path, 5, 5);
    expect(await again(input)).toEqual([{ ...input, mtimeMs: 5_000 }]);
    expect(existsSync(folders().to)).toBe(false);
  });

  it('exclude a file of other bytes with the same length and time', async () => {
    const input = sent();
    writeFileSync(input.path, 'CONTENT');
    utimesSync(input.path, input.mtimeMs === null ? 0 : input.mtimeMs / 1_000, (input.mtimeMs ?? 0) / 1_000);
    await expect(again(input)).rejects.toThrow(changed);
  });

  it('exclude a missing file and a folder in its place', async () => {
    const input = sent();
    rmSync(input.path);
    await expect(again(input)).rejects.toThrow(changed);
    mkdirSync(input.path);
    await expect(again(input)).rejects.toThrow(expect.objectContaining({ code: 'file-unreadable' }) as Error);
  });

  it('compare size and time when nothing was uploaded', async () => {
    const input = sent('content', { sha256: null, fid: null, fidExpires: null });
    const [same] = await again(input);
    expect(same).toMatchObject({ path: input.path, fid: null, sha256: sha256('content') });
    utimesSync(input.path, 5, 5);
    await expect(again(input)).rejects.toThrow(changed);
  });

  it.each([
    ['changed', (path: string) => writeFileSync(path, 'other')],
    ['gone', (path: string) => rmSync(path)],
  ])('are the copy, taken into the new run, when the file is %s', async (_what, spoil) => {
    const input = sent('content', { copy: 'a.txt' });
    keepCopy('content');
    spoil(input.path);
    const [same] = await again(input);
    const taken = inputCopyPath(folders().to, 0, 'a.txt');
    expect(same).toMatchObject({ path: taken, copy: 'a.txt', fid: '1,a', sha256: sha256('content') });
    expect(same?.mtimeMs).toBe(statSync(taken).mtimeMs);
    rmSync(folders().from, { recursive: true });
    expect(readFileSync(taken, 'utf8')).toBe('content');
  });

  it('exclude a damaged copy', async () => {
    const input = sent('content', { copy: 'a.txt' });
    keepCopy('cont');
    rmSync(input.path);
    await expect(again(input)).rejects.toThrow(changed);
  });

  it('leave no files behind when one of several changed', async () => {
    const kept = sent('content', { copy: 'a.txt' });
    keepCopy('content');
    rmSync(kept.path);
    await expect(again(kept, { ...kept, position: 1, name: 'b.txt', copy: null })).rejects.toThrow(
      expect.objectContaining({ code: 'inputs-changed', detail: 'b.txt' }) as Error,
    );
    expect(existsSync(folders().to)).toBe(false);
  });

  it('are texts and values as stored, whatever happened to the file', async () => {
    const value = { ...sent(), kind: 'json', text: '{"a":1}', copy: 'a.txt' } as const;
    const text = { ...sent(), kind: 'text', path: null, text: 'words', fid: null } as const;
    rmSync(value.path);
    expect(await again(value, text)).toEqual([{ ...value, copy: null }, text]);
  });
});
