import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Draft } from '../../../electron/core/intake/draft.ts';
import { PastedFiles } from '../../../electron/core/intake/pasted-files.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let folder: string;
let draft: Draft;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-draft-'));
  draft = new Draft(new PastedFiles(join(folder, 'kept')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array = name): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
const names = (): readonly string[] => draft.view().attachments.map(({ name }) => name);

describe('Draft', () => {
  it('keeps the order of drops', async () => {
    const large = file('large.json', JSON.stringify(['x'.repeat(900_000)]));
    await Promise.all([
      draft.add({ paths: [large, file('b.txt'), file('a.txt')] }),
      draft.add({ texts: ['hello'] }),
      draft.add({ paths: [file('c.txt')] }),
    ]);
    expect(names()).toEqual(['large.json', 'b.txt', 'a.txt', 'Text', 'c.txt']);
  });

  it('holds each file once, also under another path', async () => {
    const real = file('a.txt');
    symlinkSync(real, join(folder, 'b.txt'));
    await draft.add({ paths: [real, join(folder, 'b.txt'), join(folder, '.', 'a.txt')] });
    await draft.add({ paths: [real] });
    expect(names()).toHaveLength(1);
  });

  it('inspects a file that is dropped again, and keeps its place', async () => {
    const a = file('a.txt', '');
    await draft.add({ paths: [a, file('b.txt')] });
    const [before] = draft.view().attachments;
    expect(before).toMatchObject({ problem: 'empty' });
    file('a.txt', 'words');
    await draft.add({ paths: [a] });
    expect(draft.view().attachments[0]).toMatchObject({ id: before?.id, problem: null, size: 5 });
    rmSync(a);
    await draft.add({ paths: [a] });
    expect(draft.view().attachments.map(({ problem }) => problem)).toEqual(['vanished', null]);
  });

  it('recognises a broken link', async () => {
    const real = file('a.txt');
    symlinkSync(real, join(folder, 'link.txt'));
    await draft.add({ paths: [join(folder, 'link.txt')] });
    rmSync(real);
    await draft.add({ paths: [join(folder, 'link.txt')] });
    expect(draft.view().attachments).toMatchObject([{ problem: 'vanished' }]);
  });

  it('treats a link with a new target as another file', async () => {
    const [x, y] = [file('x.txt'), file('y.txt')];
    const link = join(folder, 'link.txt');
    symlinkSync(x, link);
    await draft.add({ paths: [link] });
    rmSync(link);
    symlinkSync(y, link);
    await draft.add({ paths: [link, x] });
    expect(names()).toEqual(['link.txt', 'x.txt']);
  });

  it('shows a picture by its id, not by its path', async () => {
    await draft.add({ paths: [file('a.png', PNG), file('b.png', 'no picture'), file('c.txt')] });
    const [picture, other, text] = draft.view().attachments;
    expect(picture?.picture).toBe(`omnitray-artifact://draft/${picture?.id ?? ''}`);
    expect([other?.picture, text?.picture]).toEqual([null, null]);
    expect(JSON.stringify(draft.view())).not.toContain(folder);
    expect(draft.attachment(picture?.id ?? '')?.path).toBe(join(folder, 'a.png'));
    expect(draft.attachment('unknown')).toBeNull();
  });

  it.each([
    ['https://example.org/a?b=c', 'link', 'example.org', 'https://example.org/a?b=c'],
    ['  http://127.0.0.1:8080/x \n', 'link', '127.0.0.1:8080', 'http://127.0.0.1:8080/x'],
    ['see https://example.org', 'text', 'Text', 'see https://example.org'],
    ['https://a.example https://b.example', 'text', 'Text', 'https://a.example https://b.example'],
    ['javascript:alert(1)', 'text', 'Text', 'javascript:alert(1)'],
    ['https://', 'text', 'Text', 'https://'],
    ['two\n  lines', 'text', 'Text', 'two lines'],
  ])('takes %j for a %s', async (text, kind, name, excerpt) => {
    const { attachments } = await draft.add({ texts: [text] });
    expect(attachments).toMatchObject([{ kind, name, excerpt, picture: null, problem: null }]);
  });

  it('keeps a text unchanged, shows its beginning, and ignores a blank one', async () => {
    const long = `  ${'😀'.repeat(300)}\n`;
    await draft.add({ texts: [' \n'] });
    const { attachments } = await draft.add({ texts: [long] });
    expect(attachments).toHaveLength(1);
    expect(Array.from(attachments[0]?.excerpt ?? '')).toHaveLength(200);
    expect(draft.contents().attachments[0]).toMatchObject({ text: long, size: Buffer.byteLength(long), path: null });
  });

  it('can be edited, and notifies listeners', () => {
    const heard: unknown[] = [];
    const stop = draft.onChange(({ recipeId, message }) => heard.push([recipeId, message]));
    draft.edit({ recipeId: 'r1' });
    draft.edit({ message: 'hi' });
    draft.edit({ recipeId: null });
    stop();
    draft.edit({ message: '' });
    expect(heard).toEqual([
      ['r1', ''],
      ['r1', 'hi'],
      [null, 'hi'],
    ]);
  });

  it('hands its contents to a run once; the recipe stays', async () => {
    await draft.add({ paths: [file('a.txt')] });
    draft.edit({ recipeId: 'r1', message: 'hi' });
    expect(draft.take()).toMatchObject({ attachments: [{ name: 'a.txt' }], recipeId: 'r1', message: 'hi' });
    expect(draft.view()).toMatchObject({ attachments: [], recipeId: 'r1', message: '', data: '', mode: 'together' });
  });

  it('keeps files that are still being inspected when it is taken', async () => {
    const adding = draft.add({ paths: [file('a.txt')] });
    draft.take();
    await adding;
    expect(names()).toEqual(['a.txt']);
  });

  it('does not add a file whose draft was cleared during its inspection', async () => {
    const adding = draft.add({ paths: [file('a.txt')] });
    draft.clear();
    await adding;
    expect(names()).toEqual([]);
  });

  it('waits for files being inspected', async () => {
    void draft.add({ paths: [file('a.txt')] });
    await draft.settled();
    expect(names()).toEqual(['a.txt']);
  });

  it('publishes one change for a thousand restored files, in their order', async () => {
    const paths = Array.from({ length: 1_000 }, (_, index) => file(`${index}.txt`));
    let told = 0;
    draft.onChange(({ attachments }) => (told += attachments.length > 0 ? 1 : 0));
    await draft.replace(
      paths.map((path) => ({ path })),
      { mode: 'each' },
    );
    expect(names()).toEqual(paths.map((path) => basename(path)));
    expect(told).toBe(1);
  });

  it('counts the files of a folder and replaces it by them', async () => {
    const photos = join(folder, 'photos');
    mkdirSync(join(photos, 'more', 'deep'), { recursive: true });
    for (const name of ['b.png', 'a.png', '.DS_Store', 'more/c.txt', 'more/deep/d.json'])
      writeFileSync(join(photos, name), name.endsWith('png') ? PNG : '{"a": 1}');
    symlinkSync('..', join(photos, 'more', 'up'));
    await draft.add({ paths: [file('first.txt'), photos, file('last.txt')] });
    const [, dropped] = draft.view().attachments;
    expect(dropped).toMatchObject({
      problem: 'folder',
      folder: { files: 4, bytes: 2 * PNG.length + 16, kinds: { image: 2, document: 1, json: 1 }, isCut: false },
    });
    await draft.openFolder(dropped?.id ?? '');
    expect(names()).toEqual(['first.txt', 'a.png', 'b.png', 'c.txt', 'd.json', 'last.txt']);
    expect(draft.view().attachments.every(({ problem }) => problem === null)).toBe(true);
  });

  it('adds a thousand files of a folder and reports that there are more', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let index = 0; index < 1_001; index += 1) writeFileSync(join(many, `${index}.txt`), 'x');
    const { attachments } = await draft.add({ paths: [many] });
    expect(attachments[0]?.folder).toMatchObject({ files: 1_000, isCut: true });
  });

  it('stores an input without a file under its name', async () => {
    await draft.add({ unsaved: [{ name: 'from the web.png', size: PNG.length, bytes: new Uint8Array(PNG) }] });
    const [attachment] = draft.contents().attachments;
    expect(attachment).toMatchObject({ name: 'from the web.png', kind: 'image', mime: 'image/png', problem: null });
    expect(readFileSync(attachment?.path ?? '')).toEqual(PNG);
    expect(statSync(attachment?.path ?? '').mode & 0o077).toBe(0);
  });

  it('shows a too large input without a file with its problem', async () => {
    const { attachments } = await draft.add({ unsaved: [{ name: 'huge.png', size: 40_000_000, bytes: null }] });
    expect(attachments).toMatchObject([{ name: 'huge.png', kind: 'image', size: 40_000_000, problem: 'too-large' }]);
  });

  it('replaces a picture that the server refuses by a PNG', async () => {
    const svg = file('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await draft.add({ paths: [file('a.txt'), svg, file('b.txt')] });
    const before = draft.view().attachments[1];
    expect(before).toMatchObject({ problem: null, convertible: true });
    expect(before?.picture).not.toBeNull();
    await draft.convert(before?.id ?? '', {
      png: new Uint8Array(PNG),
      width: 1_024,
      height: 512,
      scaledFrom: { width: 8, height: 4 },
    });
    expect(names()).toEqual(['a.txt', 'logo.png', 'b.txt']);
    expect(draft.view().attachments[1]).toMatchObject({ id: before?.id, problem: null, mime: 'image/png' });
    expect(draft.view().attachments[1]?.changes).toMatchObject([
      {
        kind: 'png',
        from: { name: 'logo.svg', size: 41, sha256: createHash('sha256').update(readFileSync(svg)).digest('hex') },
      },
    ]);
    expect(JSON.stringify(draft.view())).not.toContain(folder);
    expect(readFileSync(svg, 'utf8')).toContain('<svg');
    await draft.useOriginal(before?.id ?? '');
    expect(names()).toEqual(['a.txt', 'logo.svg', 'b.txt']);
    expect(draft.view().attachments[1]).toEqual(before);
  });

  it('replaces any shown picture by a drawing on it, and remembers the first picture', async () => {
    await draft.add({ paths: [file('photo.png', PNG)] });
    const before = draft.view().attachments[0];
    const facts = { png: new Uint8Array(PNG), width: 1, height: 1, scaledFrom: null };
    await draft.convert(before?.id ?? '', facts);
    expect(draft.view().attachments[0]).toEqual(before);
    await draft.convert(before?.id ?? '', { ...facts, drawn: 'picture' });
    await draft.convert(before?.id ?? '', { ...facts, drawn: 'mask' });
    expect(draft.view().attachments[0]).toMatchObject({
      id: before?.id,
      name: 'photo.png',
      changes: [{ kind: 'png', from: { name: 'photo.png', drawn: 'mask' } }],
    });
    await draft.useOriginal(before?.id ?? '');
    expect(draft.view().attachments[0]).toEqual(before);
  });

  it('offers no PNG for a picture that a page cannot draw', async () => {
    const { attachments } = await draft.add({ paths: [file('a.tif', Buffer.from('49492a0008000000', 'hex'))] });
    expect(attachments).toMatchObject([{ problem: null, convertible: false, picture: null }]);
  });

  it('lets one file fill two fields of a form, also when it is inspected again', async () => {
    const path = file('a.png', PNG);
    const { attachments } = await draft.add({ paths: [path] });
    draft.fillAlso(attachments[0]?.id ?? '', 'picture', 'mask');
    const fields = () => draft.contents().attachments.map(({ field }) => field);
    expect(fields()).toEqual(['picture', 'mask']);
    expect(new Set(draft.contents().attachments.map(({ id }) => id)).size).toBe(2);
    writeFileSync(path, Buffer.concat([PNG, PNG]));
    await draft.add({ paths: [path] });
    expect(draft.contents().attachments).toMatchObject([{ size: 2 * PNG.length }, { size: 2 * PNG.length }]);
    expect(fields()).toEqual(['picture', 'mask']);
    draft.undo(null);
    expect(fields()).toEqual([null]);
  });

  it('restores a file that fills two fields', async () => {
    const path = file('a.png', PNG);
    await draft.addItems([
      { path, field: 'picture' },
      { path, field: 'mask' },
    ]);
    expect(draft.contents().attachments.map(({ field }) => field)).toEqual(['picture', 'mask']);
  });

  it('moves an item', async () => {
    const { attachments } = await draft.add({ paths: ['a.txt', 'b.txt', 'c.txt'].map((name) => file(name)) });
    draft.move(attachments[2]?.id ?? '', 0);
    expect(names()).toEqual(['c.txt', 'a.txt', 'b.txt']);
    draft.move(attachments[2]?.id ?? '', 99);
    expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    draft.move('unknown', 0);
    expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });

  it('removes one item', async () => {
    const { attachments } = await draft.add({ paths: [file('a.txt'), file('b.txt')] });
    draft.remove(attachments[0]?.id ?? '');
    draft.remove('unknown');
    expect(names()).toEqual(['b.txt']);
  });

  it('replaces its contents', async () => {
    await draft.add({ texts: ['old'] });
    draft.edit({ recipeId: 'old', message: 'old' });
    const view = await draft.replace([{ path: file('a.txt') }, { text: 'new' }, { path: join(folder, 'gone.txt') }], {
      recipeId: 'r2',
      message: 'again',
    });
    expect(view).toMatchObject({ recipeId: 'r2', message: 'again' });
    expect(view.attachments).toMatchObject([
      { name: 'a.txt' },
      { excerpt: 'new' },
      { name: 'gone.txt', problem: 'vanished' },
    ]);
  });
});

describe('files of a result', () => {
  const uploaded = { profileId: 'home', fid: '1,a', expires: null, sha256: null };

  it('keep their name and the server’s copy when they are inspected again', async () => {
    const path = file('1-hills.png', PNG);
    await draft.addItems([{ path, name: 'hills.png', uploaded }]);
    await draft.add({ paths: [path] });
    expect(draft.contents().attachments).toMatchObject([{ name: 'hills.png', kind: 'image', uploaded }]);
    expect(JSON.stringify(draft.view())).not.toContain('1,a');
  });

  it('lose the server’s copy once they changed', async () => {
    const path = file('1-hills.txt', 'one');
    await draft.addItems([{ path, name: 'hills.txt', uploaded }]);
    file('1-hills.txt', 'another');
    await draft.add({ paths: [path] });
    expect(draft.contents().attachments[0]?.uploaded).toBeUndefined();
  });
});
