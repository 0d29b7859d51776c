import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellProblemWords } from '../../../electron/contract/text/tables.ts';
import type { DraftView, RunId, TableCheck } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { connectTo, LoudLogger, makeHome, openCore, runReaches, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

let server: PracticeServer;
let home: TestHome;
let core: Core;
let call: Handlers;

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  home = await makeHome();
  await open();
  await connectTo(core, server.origin, server.token);
});
afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
});

async function open(): Promise<void> {
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  await core.draftPersistence.start();
}

/** Twenty letters, two of which cannot be sent. */
const LETTERS = [
  'to,n,remark',
  ...Array.from({ length: 20 }, (_, row) => `Person ${row + 1},${row === 6 ? '3px' : row === 10 ? 9000 : 2},x`),
].join('\n');

/** Opens a file as the table of the draft. */
async function table(text: string, recipeId: string = RECIPE.everyField, name = 'rows.csv'): Promise<DraftView> {
  await call['recipes:load']({ recipeId });
  await call['draft:edit']({ recipeId, values: { word: 'of the form' } });
  const path = await home.file(name, text);
  const { attachments } = await call['draft:add']({ paths: [path], unsaved: [], texts: [] });
  return call['table:open']({ attachmentId: attachments.at(-1)?.id ?? '' });
}

/** Opens a pasted text as the table of the draft. */
async function paste(text: string): Promise<DraftView> {
  const { attachments } = await call['draft:add']({ paths: [], unsaved: [], texts: [text] });
  expect(attachments.at(-1)).toMatchObject({ isTable: true });
  return call['table:open']({ attachmentId: attachments.at(-1)?.id ?? '' });
}

/** What is checked once each file was inspected: a busy machine takes longer than the first answer waits. */
async function settledCheck(): Promise<TableCheck> {
  await expect.poll(async () => problemsIn(await call['table:check'](undefined)).join()).not.toContain('being checked');
  return call['table:check'](undefined);
}

const problemsIn = ({ problems }: TableCheck): readonly unknown[] =>
  problems.map(({ row, column, field, suggestion, ...problem }) => {
    const form = core.catalogue.formOf(core.draft.view().recipeId ?? '');
    const about = form?.fields.find(({ key }) => key === field) ?? null;
    return [row + 1, column, cellProblemWords(problem, about), suggestion];
  });

async function givenBy(runId: RunId): Promise<unknown> {
  await runReaches(core, runId, 'succeeded');
  return JSON.parse(core.runs.result(runId).objects[0] ?? 'null');
}

describe('a table of runs', () => {
  it('takes the place of its file, names each bad cell, and runs the other rows as one batch', async () => {
    const opened = await table(LETTERS.replace('to,', 'Word,'));
    expect(opened).toMatchObject({ attachments: [], table: { name: 'rows.csv', rows: 20, columns: 3 } });
    const check = await call['table:check'](undefined);
    expect(check).toMatchObject({ match: ['word', 'n', null], badRows: 2, goodRuns: 18, runs: 20 });
    expect(problemsIn(check)).toMatchObject([
      [7, 1, 'Use a number.', '3'],
      [11, 1, expect.stringMatching(/^Use \d+ or less\.$/) as unknown, expect.any(String) as unknown],
    ]);
    await expect(call['table:start']({ withoutBadRows: false })).rejects.toMatchObject({
      ...{ code: 'table-problem', detail: '2 rows' },
    });
    expect(core.runs.list()).toEqual([]);
    const { runs } = await call['table:start']({ withoutBadRows: true });
    expect(runs).toHaveLength(18);
    expect(new Set(runs.map(({ batchId }) => batchId)).size).toBe(1);
    expect(core.draft.view()).toMatchObject({ table: null, attachments: [] });
    expect(await givenBy(runs[6]?.id ?? '')).toMatchObject({ word: 'Person 8', n: '2', note: 'from the schema' });
    const detail = await call['recipes:detail']({ recipeId: RECIPE.everyField });
    expect(detail.lastValues).toEqual({ word: 'of the form' });
  });

  it('runs all rows after its cells are mended', async () => {
    await table('word,n\nfirst,2\nsecond,2px\n');
    const check = await call['table:cell']({ row: 1, column: 1, text: '2' });
    expect(check).toMatchObject({ problems: [], goodRuns: 2 });
    const { runs } = await call['table:start']({ withoutBadRows: false });
    expect(await givenBy(runs[1]?.id ?? '')).toMatchObject({ word: 'second', n: '2' });
  });

  it('sends what the form holds for empty cells and other fields', async () => {
    await table('n\n2\n\n3\n""\n');
    await call['draft:edit']({ values: { word: 'raven', n: 4 } });
    expect((await call['table:check'](undefined)).runs).toBe(2);
    const { runs } = await call['table:start']({ withoutBadRows: false });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'raven', n: '2' });
  });

  it('lets a column feed another field, and a field have one column', async () => {
    await table('word,other\nfirst,second\n');
    expect((await call['table:match']({ column: 1, field: 'word' })).match).toEqual([null, 'word']);
    const { runs } = await call['table:start']({ withoutBadRows: false });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'second' });
  });

  it('can have a first row without names', async () => {
    await table('first,x\nsecond,y\n');
    expect((await call['table:names']({ first: false })).table?.rows).toBe(2);
    await call['table:match']({ column: 0, field: 'word' });
    const { runs } = await call['table:start']({ withoutBadRows: false });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'first' });
    await paste('word\tn\na, b\t2\n');
    expect(await call['table:names']({ first: true })).toMatchObject({ table: { rows: 1, columns: 2 } });
  });

  it('is closed again, undone, and comes back with its cells', async () => {
    await table('word\nfirst\n');
    await call['table:cell']({ row: 0, column: 0, text: 'changed' });
    expect(await call['table:close'](undefined)).toMatchObject({ table: null, attachments: [{ name: 'rows.csv' }] });
    expect(await call['draft:undo']({ step: null })).toMatchObject({ table: { rows: 1 }, attachments: [] });
    expect((await call['table:read'](undefined)).rows).toEqual([['changed']]);
  });

  it('of pasted rows comes back as a text', async () => {
    await call['recipes:load']({ recipeId: RECIPE.everyField });
    await call['draft:edit']({ recipeId: RECIPE.everyField });
    expect(await paste('word\tn\n"two\nlines"\t2\n')).toMatchObject({
      table: { name: 'Pasted rows' },
      attachments: [],
    });
    const closed = await call['table:close'](undefined);
    expect(closed.attachments).toMatchObject([{ kind: 'text', isTable: true }]);
    await call['table:open']({ attachmentId: closed.attachments[0]?.id ?? '' });
    expect((await call['table:read'](undefined)).rows).toEqual([['two\nlines', '2']]);
  });

  it('survives the end of the program, also when its file is gone', async () => {
    await table('word,n\nfirst,2\n"x,3\n');
    await call['table:match']({ column: 1, field: null });
    await call['table:cell']({ row: 0, column: 0, text: 'changed' });
    core.close();
    await rename(join(home.folder, 'rows.csv'), join(home.folder, 'moved.csv'));
    await open();
    await connectTo(core, server.origin, server.token);
    expect((await call['table:read'](undefined)).rows).toEqual([
      ['changed', '2'],
      ['"x', '3'],
    ]);
    const check = await call['table:check'](undefined);
    expect(check.match).toEqual(['word', null]);
    expect(problemsIn(check)).toMatchObject([[2, null, 'A quote in this row is not closed.', null]]);
  });

  it('comes back when its start is undone', async () => {
    await call['settings:change']({ undoStart: true });
    await table('word\nfirst\nsecond\n');
    await call['draft:edit']({ message: 'a message' });
    const { runs } = await call['table:start']({ withoutBadRows: false });
    const undone = await call['runs:undo-start']({ runIds: runs.map(({ id }) => id) });
    expect(undone).toMatchObject({ table: { name: 'rows.csv', rows: 2 }, attachments: [], message: 'a message' });
  });

  it.each([
    ['word\n', 'table-empty', 'rows.csv'],
    ['a\0\0\0\0\0\0\0\0\0\x01\x02\x03', 'table-unreadable', 'rows.csv'],
    [`word\n${'x\n'.repeat(5_001)}`, 'table-too-large', '5,001 rows; 5,000 is the most'],
    [`word\n${'x'.repeat(8_388_608)}`, 'table-too-large', '8 MB; 8 MB is the most'],
  ])('is refused as a whole, and its file stays where it was', async (text, code, detail) => {
    await expect(table(text)).rejects.toMatchObject({ code, detail });
    expect(core.draft.view()).toMatchObject({ table: null, attachments: [{ name: 'rows.csv' }] });
  });

  it('reads UTF-16, semicolons and a mark at the start', async () => {
    await call['recipes:load']({ recipeId: RECIPE.everyField });
    await call['draft:edit']({ recipeId: RECIPE.everyField });
    const path = await home.file('rows.csv', Buffer.from('\uFEFFword;n\r\nGrün;2\r\n', 'utf16le'));
    const { attachments } = await call['draft:add']({ paths: [path], unsaved: [], texts: [] });
    await call['table:open']({ attachmentId: attachments[0]?.id ?? '' });
    expect(await call['table:read'](undefined)).toMatchObject({ names: ['word', 'n'], rows: [['Grün', '2']] });
  });
});

describe('files that rows name', () => {
  it('lie beside the table, fill their fields, and are checked', async () => {
    await mkdir(join(home.folder, 'sub'));
    for (const name of ['a.txt', join('sub', 'b.txt')]) await writeFile(join(home.folder, name), `text of ${name}`);
    await home.file('empty.txt', '');
    await table('papers\na.txt; sub/b.txt\nnone.txt\nempty.txt\n.\n');
    const check = await settledCheck();
    expect(check.files).toMatchObject({ count: 5, outside: [] });
    expect(problemsIn(check)).toEqual([
      [2, 0, 'none.txt is not there.', null],
      [3, 0, 'empty.txt is empty.', null],
      [4, 0, '. is a folder.', null],
    ]);
    await home.file('none.txt', 'here now');
    await call['table:look-again'](undefined);
    expect(await settledCheck()).toMatchObject({ badRows: 2 });
    const { runs } = await call['table:start']({ withoutBadRows: true });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ papers: [{ fileName: 'a.txt' }, { fileName: 'b.txt' }] });
  });

  it('outside of its folder are neither touched nor sent before the user allows them', async () => {
    await mkdir(join(home.folder, 'table'));
    const secret = await home.file('secret.txt', 'a secret');
    await symlink(secret, join(home.folder, 'table', 'link.txt'));
    await table(
      `papers\n../secret.txt\nlink.txt\n${secret}\n../none.txt\n`,
      RECIPE.everyField,
      join('table', 'rows.csv'),
    );
    const none = join(home.folder, 'none.txt');
    expect(await settledCheck()).toMatchObject({
      problems: [],
      files: { count: 3, outside: [secret, join(home.folder, 'table', 'link.txt'), none], isOutsideAllowed: false },
    });
    await expect(call['table:start']({ withoutBadRows: true })).rejects.toMatchObject({
      ...{ code: 'table-outside', detail: '3 files in other folders' },
    });
    expect(core.runs.list()).toEqual([]);
    expect(problemsIn(await call['table:allow-outside']({ allowed: true }))).toEqual([
      [4, 0, 'none.txt is not there.', null],
    ]);
    const { runs } = await call['table:start']({ withoutBadRows: true });
    expect(runs).toHaveLength(3);
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ papers: [{ fileName: 'secret.txt' }] });
  });

  it('of pasted rows have whole paths', async () => {
    await call['recipes:load']({ recipeId: RECIPE.everyField });
    await call['draft:edit']({ recipeId: RECIPE.everyField });
    const path = await home.file('a.txt', 'words');
    await paste(`word\tpapers\nx\ta.txt\ny, z\t${path}\n`);
    const check = await settledCheck();
    expect(check.files.outside).toEqual([path]);
    expect(problemsIn(check)).toEqual([[1, 1, 'Pasted rows need the whole path of a file.', null]]);
  });

  it('replace those of the draft in their field, which the other fields keep', async () => {
    const [own, row] = [await home.file('own.txt', 'own'), await home.file('row.txt', 'row')];
    await table('papers\nrow.txt\n');
    const { attachments } = await call['draft:add']({ paths: [own], unsaved: [], texts: [] });
    await call['draft:fill-field']({ attachmentId: attachments[0]?.id ?? '', field: 'papers' });
    const { runs } = await call['table:start']({ withoutBadRows: false });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ papers: [{ fileName: 'row.txt' }] });
    expect(row).not.toBe(own);
  });
});
