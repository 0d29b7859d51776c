import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { connectTo, LoudLogger, makeHome, openCore, runReaches, type TestHome } from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const EXEC = 'POST /api/v1/workflow/exec';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
let call: Handlers;

beforeEach(async () => {
  server = await startPracticeServer();
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  await connectTo(core, proxy.origin, server.token);
});
afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
});

const recipe = (name: string): string => core.catalogue.view.recipes.find((each) => each.name === name)?.id ?? '';
const starts = (): number => proxy.seen.filter((seen) => seen === EXEC).length;
const things = (paths: readonly string[], texts: readonly string[] = []) => ({
  paths: [...paths],
  unsaved: [],
  texts: [...texts],
});

describe('a draft that is run', () => {
  it('goes to the recipe chosen when Run was pressed; later changes are for the next run', async () => {
    await call['draft:add'](things([await home.file('notes.txt', 'one two three')]));
    await call['draft:edit']({ recipeId: recipe('Word count'), message: 'first' });
    const starting = call['runs:start'](undefined);
    await call['draft:edit']({ recipeId: recipe('Echo'), message: 'second' });
    const { runs } = await starting;
    expect(runs).toMatchObject([{ recipeName: 'Word count', excerpt: 'first', inputs: [{ name: 'notes.txt' }] }]);
    expect(core.draft.view()).toMatchObject({ recipeId: recipe('Echo'), message: 'second', attachments: [] });
  });
});

describe('a drop on a recipe', () => {
  it('runs at once, and the draft stays as it is', async () => {
    await call['draft:add'](things([await home.file('on-the-table.txt', 'table')]));
    await call['draft:edit']({ message: 'being written' });
    const started = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: things([await home.file('dropped.txt', 'one two three')]),
    });
    expect(started.undoUntil).toBeNull();
    expect(started.runs.map(({ inputs }) => inputs.map(({ name }) => name))).toEqual([['dropped.txt']]);
    await runReaches(core, started.runs[0]?.id ?? '', 'succeeded');
    expect(core.draft.view()).toMatchObject({ message: 'being written', attachments: [{ name: 'on-the-table.txt' }] });
    expect(core.catalogue.view.lastUsedFor.document).toBe(recipe('Word count'));
  });

  it('goes into the draft as a whole when a part cannot be sent, and nothing runs', async () => {
    const good = await home.file('good.txt', 'words');
    const started = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: things([good, await home.file('empty.txt', ''), home.folder], ['and a text']),
    });
    expect(started.runs).toEqual([]);
    expect(core.draft.view()).toMatchObject({
      recipeId: recipe('Word count'),
      attachments: [{ problem: null }, { problem: 'empty' }, { problem: 'folder' }, { kind: 'text' }],
    });
    expect(starts()).toBe(0);
  });

  it('goes into the draft when the recipe takes nothing of it', async () => {
    const started = await call['runs:drop']({
      recipeId: recipe('Thumbnail sheet'),
      things: things([await home.file('words.txt', 'words')]),
    });
    expect(started.runs).toEqual([]);
    expect(core.draft.view().attachments).toMatchObject([{ name: 'words.txt' }]);
  });
});

describe('a start that can be undone', () => {
  let clock: TestClock;
  /** The time to take it back passes only when a test lets it. */
  beforeEach(async () => {
    clock = new TestClock(Date.now());
    core.close();
    core = openCore(home, { logger: new LoudLogger(), clock });
    call = handlersOf(core);
    await connectTo(core, proxy.origin, server.token);
    core.settings.change({ undoStart: true });
  });

  it('leaves no traces when undone, and its contents are in the draft again', async () => {
    await call['draft:add'](things([await home.file('a.txt', 'a'), await home.file('b.txt', 'b')], ['beside']));
    await call['draft:edit']({ recipeId: recipe('Word count'), message: 'a message', mode: 'each' });
    const before = clock.now();
    const { runs, undoUntil } = await call['runs:start'](undefined);
    expect(undoUntil).toBeGreaterThanOrEqual(before + 5_000);
    expect(runs.map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect(core.draft.view().attachments).toEqual([]);
    const view = await call['runs:undo-start']({ runIds: runs.map(({ id }) => id) });
    expect(view).toMatchObject({ recipeId: recipe('Word count'), message: 'a message', mode: 'each' });
    expect(view.attachments.map(({ name }) => name)).toEqual(['a.txt', 'Text', 'b.txt']);
    expect(core.runs.list()).toEqual([]);
    expect(starts()).toBe(0);
  });

  it('keeps what was added to the draft since', async () => {
    const { runs } = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: things([await home.file('a.txt', 'a')]),
    });
    await call['draft:edit']({ message: 'since' });
    const view = await call['runs:undo-start']({ runIds: runs.map(({ id }) => id) });
    expect(view).toMatchObject({ message: 'since', attachments: [{ name: 'a.txt' }] });
  });

  it('cannot be undone once the time is over', async () => {
    const { runs } = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: things([await home.file('a.txt', 'a')]),
    });
    const [run] = runs;
    await clock.pass(5_000);
    await runReaches(core, run?.id ?? '', 'running', 'collecting', 'succeeded');
    await expect(call['runs:undo-start']({ runIds: [run?.id ?? ''] })).rejects.toMatchObject({ code: 'too-late' });
  });

  it('is sent by the next start of the program, and cannot be undone there', async () => {
    const { runs } = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: things([await home.file('a.txt', 'one two')]),
    });
    core.close();
    core = openCore(home, { logger: new LoudLogger() });
    await connectTo(core, proxy.origin, server.token);
    core.engine.resume();
    await runReaches(core, runs[0]?.id ?? '', 'succeeded');
    expect(starts()).toBe(1);
  });
});

describe('JSON written by hand', () => {
  it('is sent as a value, and is in the draft again with Use again', async () => {
    await call['draft:edit']({ recipeId: recipe('Echo'), data: '{"answer": [1, 2]}' });
    const { runs } = await call['runs:start'](undefined);
    await runReaches(core, runs[0]?.id ?? '', 'succeeded');
    const result = await call['results:view']({ runId: runs[0]?.id ?? '' });
    expect(result.objects.map((text) => JSON.parse(text) as unknown)).toEqual([{ answer: [1, 2] }]);
    expect(await call['draft:from-run']({ runId: runs[0]?.id ?? '' })).toMatchObject({
      data: '{"answer": [1, 2]}',
      attachments: [],
    });
  });

  it('is not sent while it is invalid', async () => {
    await call['draft:edit']({ recipeId: recipe('Echo'), data: '{"answer":' });
    await expect(call['runs:start'](undefined)).rejects.toMatchObject({ code: 'attachment-problem', detail: 'Data' });
    expect(core.draft.view().data).toBe('{"answer":');
  });

  it('is not sent to a recipe that has no use for it', async () => {
    await call['draft:edit']({ recipeId: recipe('Word count'), message: 'words', data: '{"answer":' });
    const { runs } = await call['runs:start'](undefined);
    expect(runs[0]?.inputs).toEqual([]);
  });
});

describe('the history, deleted for good', () => {
  it('deletes the files of drops without a path, but not those of the draft', async () => {
    const bytes = new TextEncoder().encode('words of a page');
    const { runs } = await call['runs:drop']({
      recipeId: recipe('Word count'),
      things: { paths: [], unsaved: [{ name: 'ran.txt', size: bytes.length, bytes }], texts: [] },
    });
    await runReaches(core, runs[0]?.id ?? '', 'succeeded');
    await call['draft:add']({
      paths: [],
      unsaved: [{ name: 'on-the-table.txt', size: bytes.length, bytes }],
      texts: [],
    });
    await call['storage:clear-history'](undefined);
    const kept = await readdir(join(home.folder, 'dropped'), { recursive: true });
    expect(kept.filter((name) => name.endsWith('.txt')).map((name) => basename(name))).toEqual(['on-the-table.txt']);
  });
});
