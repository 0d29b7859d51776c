import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputPicture, inputViews } from '../../../electron/core/history/input-pictures.ts';
import { inputCopyPath } from '../../../electron/core/intake/input-copies.ts';
import type { RunInput } from '../../../electron/core/model/run.ts';

let folder = '';
let path = '';
let input: RunInput;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnitray-inputs-'));
  path = join(folder, 'hills.png');
  await writeFile(path, 'picture');
  input = {
    position: 2,
    kind: 'image',
    name: 'hills.png',
    path,
    text: null,
    size: 7,
    mtimeMs: (await stat(path)).mtimeMs,
    mime: 'image/png',
    sha256: null,
    fid: null,
    fidExpires: null,
    copy: null,
    sendAs: null,
    serverName: null,
    madeFrom: null,
    field: null,
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a picture that was sent', () => {
  it('is the file while it is unchanged', async () => {
    expect(await inputPicture(input, folder)).toEqual({ path, mime: 'image/png' });
    const [view] = await inputViews('r 1', [input], folder);
    expect(view).toMatchObject({ name: 'hills.png', picture: 'omnitray-artifact://input/r%201/2' });
    expect(JSON.stringify(view)).not.toContain(folder);
  });

  it.each([
    ['was written anew', () => utimes(path, 1, 1)],
    ['has another size', () => writeFile(path, 'another picture')],
    ['is gone', () => rm(path)],
    ['is a folder now', () => rm(path).then(() => mkdir(path))],
  ])('is not shown when the file %s', async (_what, change) => {
    await change();
    expect(await inputPicture(input, folder)).toBeNull();
    expect((await inputViews('r1', [input], folder))[0]?.picture).toBeNull();
  });

  it('is the stored copy once the file is gone', async () => {
    const copy = inputCopyPath(folder, 2, 'hills.png');
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, 'picture');
    const kept = { ...input, copy: 'hills.png' };
    expect((await inputPicture(kept, folder))?.path).toBe(path);
    await rm(path);
    expect(await inputPicture(kept, folder)).toEqual({ path: copy, mime: 'image/png' });
    await writeFile(copy, 'cut');
    expect(await inputPicture(kept, folder)).toBeNull();
  });

  it('is not shown when a page would run it or cannot draw it', async () => {
    expect(await inputPicture({ ...input, mime: 'image/svg+xml' }, folder)).toBeNull();
    expect(await inputPicture({ ...input, mime: null }, folder)).toBeNull();
    expect(await inputPicture({ ...input, path: null, kind: 'link' }, folder)).toBeNull();
  });
});
