import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresetView, RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { connectTo, LoudLogger, makeHome, openCore, runReaches, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const { everyField: EVERY, letter: LETTER, pattern: PATTERN } = RECIPE;

let server: PracticeServer;
let home: TestHome;
let core: Core;
let call: Handlers;
let told: readonly PresetView[];

function open(): void {
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  told = [];
  core.presets.onChange((presets) => (told = presets));
}

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  home = await makeHome();
  open();
  await connectTo(core, server.origin, server.token);
  for (const recipeId of [EVERY, LETTER, PATTERN]) await call['recipes:detail']({ recipeId });
});
afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
});

type Saved = Parameters<Handlers['presets:save']>[0];
const save = async (name: string, more: Partial<Saved> = {}): Promise<PresetView> =>
  call['presets:save']({ recipeId: PATTERN, values: { width: 256 }, replace: false, ...more, name });
const values = async (recipeId = PATTERN) => call['presets:values']({ recipeId });
const names = (): readonly string[] => core.presets.view.map(({ name }) => name);

/** What the recipe says that it was given. */
async function givenBy(runId: RunId): Promise<unknown> {
  await runReaches(core, runId, 'succeeded');
  return JSON.parse(core.runs.result(runId).objects[0] ?? 'null');
}

describe('a preset', () => {
  it('keeps all values of the form under a name, with what is special about them', async () => {
    const { id } = await save(' Wide ', { values: { width: 256, gone: 1 } });
    expect(told).toMatchObject([{ id, recipeId: PATTERN, name: 'Wide', hint: 'Width 256' }]);
    expect(await values()).toEqual({ [id]: { width: 256, height: 128, colour: 'red', grid: true } });
  });

  it('survives a restart, and is listed by name', async () => {
    await save('Icon 10');
    await save('icon 9');
    core.close();
    open();
    expect(names()).toEqual(['icon 9', 'Icon 10']);
  });

  it('has a name of its own, whatever the case', async () => {
    const { id } = await save('Wide');
    await expect(save('WIDE')).rejects.toMatchObject({ code: 'preset-name-taken', detail: 'Wide' });
    await save('Wide', { recipeId: LETTER, values: {} });
    const other = await save('Tall');
    expect(() => call['presets:rename']({ presetId: other.id, name: 'wide' })).toThrow('preset-name-taken');
    expect(await call['presets:rename']({ presetId: id, name: 'WIDE' })).toMatchObject({ id, name: 'WIDE' });
  });

  it('comes back after it was replaced or removed', async () => {
    const { id } = await save('Wide');
    expect(await save('wide', { values: { width: 300 }, replace: true })).toMatchObject({ id, hint: 'Width 300' });
    expect((await call['presets:restore']({ presetId: id })).hint).toBe('Width 256');
    await call['presets:remove']({ presetId: id });
    expect(names()).toEqual([]);
    await call['presets:restore']({ presetId: id });
    expect(told).toMatchObject([{ id, name: 'Wide', hint: 'Width 256' }]);
    await call['presets:remove']({ presetId: id });
    await save('Wide');
    expect(() => call['presets:restore']({ presetId: id })).toThrow('preset-name-taken');
  });

  it('is refused after a hundred of a recipe', async () => {
    for (let count = 0; count < 100; count += 1) await save(`Number ${count}`);
    await expect(save('One more')).rejects.toMatchObject({ code: 'over-limit', detail: 'presets' });
    expect((await save('Number 7', { replace: true })).name).toBe('Number 7');
  });

  it('is removed with its server', async () => {
    const { id } = await save('Wide');
    const profileId = core.connection.view.profile?.id ?? '';
    await call['connection:forget']({ profileId });
    await expect.poll(() => told).toEqual([]);
    expect(() => call['draft:use-preset']({ presetId: id })).toThrow('preset-unknown');
  });
});

describe('a preset that is chosen', () => {
  it('brings its recipe and its values, and is remembered by the draft', async () => {
    const { id } = await save('Raven', { recipeId: EVERY, values: { word: 'raven', n: 4 } });
    const draft = await call['draft:use-preset']({ presetId: id });
    expect(draft).toMatchObject({ recipeId: EVERY, values: { word: 'raven', n: 4 }, presetId: id, undoable: null });
    const { runs } = await call['runs:start'](undefined);
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'raven', n: '4' });
    await call['draft:edit']({ values: { word: 'crow' } });
    expect(core.draft.view().presetId).toBe(id);
    await call['draft:edit']({ recipeId: LETTER });
    expect(core.draft.view().presetId).toBeNull();
  });

  it('takes the place of what the user wrote in one step that can be undone', async () => {
    const { id } = await save('Wide');
    await call['draft:edit']({ recipeId: LETTER, values: { to: 'Ada' } });
    const { undoable } = await call['draft:use-preset']({ presetId: id });
    expect(undoable).toMatchObject({ what: 'filled-in', name: 'Wide' });
    const before = await call['draft:undo']({ step: null });
    expect(before).toMatchObject({ recipeId: LETTER, values: { to: 'Ada' }, presetId: null });
    expect(await call['draft:redo'](undefined)).toMatchObject({ recipeId: PATTERN, presetId: id });
  });

  it('makes no step where the values before are those of a preset or the first ones', async () => {
    const [wide, tall] = [await save('Wide'), await save('Tall', { values: { height: 300 } })];
    await call['draft:edit']({ recipeId: PATTERN });
    for (const { id } of [wide, tall]) {
      const { undoable } = await call['draft:use-preset']({ presetId: id });
      expect(undoable).toBeNull();
    }
  });

  it('runs a drop with its values, and fills in the draft where the drop cannot run', async () => {
    const { id } = await save('Raven', { recipeId: EVERY, values: { word: 'raven' } });
    const things = { paths: [await home.file('a.txt', 'words')], unsaved: [], texts: [] };
    const { runs } = await call['runs:drop']({ recipeId: EVERY, presetId: id, things });
    expect(await givenBy(runs[0]?.id ?? '')).toMatchObject({ word: 'raven', doc: [{ fileName: 'a.txt' }] });
    const bad = await save('Too many', { recipeId: EVERY, values: { word: 'crow', n: 40 } });
    expect((await call['runs:drop']({ recipeId: EVERY, presetId: bad.id, things })).runs).toEqual([]);
    expect(core.draft.view()).toMatchObject({ presetId: bad.id, values: { n: 40 }, attachments: [{ name: 'a.txt' }] });
  });
});
