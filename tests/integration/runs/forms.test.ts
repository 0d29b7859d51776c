import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../../electron/contract/views.ts';
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
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  await connectTo(core, server.origin, server.token);
});
afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
});

/** Runs the draft to its end, and what the recipe says that it was given. */
async function givenBy(runId: RunId): Promise<unknown> {
  await runReaches(core, runId, 'succeeded');
  return JSON.parse(core.runs.result(runId).objects[0] ?? 'null');
}

async function start(): Promise<RunId> {
  const { runs } = await call['runs:start'](undefined);
  return runs[0]?.id ?? '';
}

describe('a form', () => {
  it('is sent with the values of the draft, and keeps them as the last used ones', async () => {
    const values = { word: 'raven', n: 4 };
    await call['draft:edit']({ recipeId: RECIPE.everyField, values });
    expect(await givenBy(await start())).toMatchObject({ word: 'raven', n: '4', note: 'from the schema' });
    const detail = await call['recipes:detail']({ recipeId: RECIPE.everyField });
    expect(detail.lastValues).toEqual(values);
    expect(detail.form?.fields.find(({ key }) => key === 'n')?.initial).toBe(3);
  });

  it('is refused with the label of the field, and the draft stays as it is', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven', n: 40 } });
    await expect(start()).rejects.toMatchObject({ code: 'form-problem', detail: 'Number' });
    expect(core.draft.view()).toMatchObject({ values: { word: 'raven', n: 40 } });
    expect(core.runs.list()).toEqual([]);
  });

  it('keeps its values when the message is edited, and loses them when another recipe is chosen', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven' } });
    await call['draft:edit']({ message: 'x' });
    expect(core.draft.view().values).toEqual({ word: 'raven' });
    await call['draft:edit']({ recipeId: RECIPE.letter });
    expect(core.draft.view().values).toEqual({});
  });

  it('runs on a drop with the values that were last used', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven' } });
    await givenBy(await start());
    const things = { paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] };
    const { runs } = await call['runs:drop']({ recipeId: RECIPE.everyField, things });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'raven', doc: [{ fileName: 'a.txt' }] });
  });

  it('keeps a drop in the draft when a field is missing, and says which', async () => {
    const things = { paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] };
    const { runs, kept } = await call['runs:drop']({ recipeId: RECIPE.everyField, things });
    expect([runs, kept]).toEqual([[], { code: 'form-problem', detail: 'Word' }]);
    expect(core.draft.view()).toMatchObject({ recipeId: RECIPE.everyField, attachments: [{ name: 'a.txt' }] });
  });

  it('keeps a table in the draft that is dropped on a recipe, as its rows can be runs', async () => {
    const things = { paths: [await home.file('sizes.csv', 'width\n32\n64')], unsaved: [], texts: [] };
    const { runs, kept } = await call['runs:drop']({ recipeId: RECIPE.pattern, things });
    expect([runs, kept]).toEqual([[], null]);
    expect(core.draft.view()).toMatchObject({ recipeId: RECIPE.pattern, attachments: [{ isTable: true }] });
  });

  it('sends one file in two fields, and uploads it once', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven' } });
    await call['draft:add']({ paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] });
    const [file] = core.draft.view().attachments;
    await call['draft:fill-also']({ attachmentId: file?.id ?? '', from: 'doc', to: 'papers' });
    const id = await start();
    expect(await givenBy(id)).toMatchObject({ doc: [{ fileName: 'a.txt' }], papers: [{ fileName: 'a.txt' }] });
    const [one, other] = core.runs.get(id).inputs;
    expect(one?.fid).not.toBeNull();
    expect(other?.fid).toBe(one?.fid);
  });

  it('comes back with its values and files when a run is used again, and runs again with the same', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven' } });
    await call['draft:add']({ paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] });
    const [file] = core.draft.view().attachments;
    await call['draft:fill-field']({ attachmentId: file?.id ?? '', field: 'papers' });
    const id = await start();
    const given = await givenBy(id);
    expect(given).toMatchObject({ word: 'raven', doc: [], papers: [{ fileName: 'a.txt' }] });
    const again = await call['runs:again']({ runId: id });
    expect(await givenBy(again.id)).toMatchObject({ word: 'raven', papers: [{ fileName: 'a.txt' }] });
    const draft = await call['draft:from-run']({ runId: id });
    expect(draft).toMatchObject({ values: { word: 'raven', n: 3 }, attachments: [{ name: 'a.txt', field: 'papers' }] });
  });

  it('is in what was sent and in the script, without the id of a file', async () => {
    await call['draft:edit']({ recipeId: RECIPE.everyField, values: { word: 'raven' } });
    await call['draft:add']({ paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] });
    const id = await start();
    await givenBy(id);
    const sent = JSON.stringify(await call['results:sent']({ runId: id }));
    expect(sent).toContain('b64-fixed-storage-provider');
    expect(sent).toContain('raven');
    for (const { fid } of core.runs.get(id).inputs) expect(sent).not.toContain(fid);
  });
});
