import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunIn, RunInput } from '../../../electron/core/model/run.ts';
import { toArtifacts } from '../../../electron/core/runs/collect/stored.ts';
import { Runs } from '../../../electron/core/history/run-views.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RecipeStore } from '../../../electron/core/store/recipe-store.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { ResultStore } from '../../../electron/core/store/result-store.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';
import { LoudLogger } from '../../support/test-core.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
let results: ResultStore;
let listed: RunList;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-list-'));
  ({ database } = openDatabase(folder, 1));
  store = new RunStore(database, new TestClock(5_000));
  results = new ResultStore(database);
  listed = new RunList(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const input = (position: number): RunInput => ({
  position,
  kind: 'document',
  name: `${position}.txt`,
  path: `/files/${position}.txt`,
  text: null,
  size: 10 + position,
  mtimeMs: 1.5,
  mime: 'text/plain',
  sha256: null,
  fid: null,
  fidExpires: null,
  copy: null,
  sendAs: null,
  serverName: null,
  madeFrom: null,
  field: null,
});
const run = (id: string, change: Partial<RunIn<'queued'>> = {}): RunIn<'queued'> => ({ ...aRun(), id, ...change });
const ids = (each: readonly { readonly run: { readonly id: string } }[]) => each.map(({ run: { id } }) => id);

describe('a list of runs', () => {
  it('shows of each what the run itself shows', () => {
    store.addAll([
      run('a', { inputs: [input(0), input(1)], message: `  ${'many  words '.repeat(50_000)}` }),
      run('b', { batchId: 'batch', recipeName: 'Other', inputs: [input(0)] }),
      run('c'),
    ]);
    endRun(store, 'b', 'succeeded');
    const artifacts = toArtifacts({ artifacts: [], unreadable: 1, unkeptValues: 2 });
    results.saveOutputs('b', { texts: ['x', 'y'], objects: ['{}'], artifacts });
    expect(results.count('b')).toEqual({ texts: 2, objects: 3, messages: 0, files: 1 });
    store.favour('b', true);
    const runs = new Runs({
      store,
      listed,
      results,
      clock: new TestClock(),
      logger: new LoudLogger(),
    });
    expect(runs.list()).toEqual(['c', 'b', 'a'].map((id) => runs.view(runs.get(id))));
    expect(runs.list()[1]).toMatchObject({ gave: { texts: 2, objects: 3, messages: 0, files: 1 }, favourite: true });
    expect(runs.list()[2]?.inputs.map(({ name }) => name)).toEqual(['0.txt', '1.txt']);
  });

  it('is newest first, as long as asked for, and knows who is under way', () => {
    store.addAll([
      run('a', { createdAt: 2 }),
      run('b', { createdAt: 1 }),
      run('c', { createdAt: 2 }),
      run('d', { createdAt: 3 }),
    ]);
    endRun(store, 'a', 'failed');
    endRun(store, 'd', 'lost');
    expect(ids(listed.newest(4).runs)).toEqual(['d', 'c', 'a', 'b']);
    // Those of one moment stay together, and one under way is never left out.
    expect(listed.newest(2)).toMatchObject({ runs: ['d', 'c', 'a', 'b'].map((id) => ({ run: { id } })), more: 2 });
    endRun(store, 'b', 'failed');
    expect(ids(listed.newest(2).runs)).toEqual(['d', 'c', 'a']);
    expect(listed.newest(4).more).toBeNull();
    expect(ids(listed.of(['a', 'unknown', 'd']))).toEqual(['d', 'a']);
    expect(ids(listed.ended(5))).toEqual(['d', 'a', 'b']);
    expect(ids(listed.underWay())).toEqual(['c']);
    expect([...listed.statesUnderWay()].sort()).toEqual([['c', 'queued']]);
  });

  it('names the runs of a batch in their order', () => {
    store.addAll(['z', 'y', 'x'].map((id) => run(id, { batchId: 'one' })));
    store.add(run('other', { batchId: 'two' }));
    endRun(store, 'y', 'failed', 'recipe-failed');
    expect(listed.ofBatch('one')).toEqual([
      { id: 'z', state: 'queued', reason: null },
      { id: 'y', state: 'failed', reason: 'recipe-failed' },
      { id: 'x', state: 'queued', reason: null },
    ]);
    expect(listed.ofBatch('none')).toEqual([]);
  });

  it('shows nothing of a run that was removed, until it is brought back', () => {
    store.addAll([run('a', { batchId: 'one' }), run('b', { batchId: 'one' })]);
    endRun(store, 'a', 'failed');
    expect(store.hide(['a', 'b', 'unknown'], 7)).toBe(1);
    expect([ids(listed.newest(5).runs), ids(listed.ended(5)), listed.ofBatch('one').length]).toEqual([['b'], [], 1]);
    expect(store.restore(['a', 'b'])).toMatchObject([{ id: 'a', removedAt: null }]);
    expect(ids(listed.newest(5).runs)).toEqual(['b', 'a']);
  });
});

describe('what the tray lists', () => {
  const clock = new TestClock(1_000);
  const tray = (runs: Runs): readonly string[] => runs.forTray().map(({ id, state }) => `${id} ${state}`);

  it('is everything under way and then what ended, newest first, as it is now', () => {
    const runs = new Runs({ store, listed, results, clock, logger: new LoudLogger() });
    store.add(run('a'));
    expect(tray(runs)).toEqual(['a queued']);
    store.addAll([run('b'), run('c')]);
    store.move(run('b'), 'uploading');
    expect(tray(runs)).toEqual(['c queued', 'b uploading', 'a queued']);
    endRun(store, 'a', 'failed');
    expect(tray(runs)).toEqual(['c queued', 'b uploading', 'a failed']);
    store.hide(['a'], 1);
    expect(tray(runs)).toEqual(['c queued', 'b uploading']);
  });

  it('sees within seconds what another process did to its runs', async () => {
    const runs = new Runs({ store, listed, results, clock, logger: new LoudLogger() });
    store.add(run('a', { owner: 'terminal:1' }));
    expect(tray(runs)).toEqual(['a queued']);
    const terminal = new RunStore(database, clock);
    endRun(terminal, 'a', 'succeeded');
    terminal.add(run('b'));
    await clock.pass(5_001);
    expect(tray(runs)).toEqual(['b queued', 'a succeeded']);
  });
});

describe('RunStore.addAll', () => {
  it('stores a thousand runs of one drop in order, and tells of each', () => {
    const told: string[] = [];
    store.onChange((change) => told.push('run' in change ? change.run.id : ''));
    const batch = Array.from({ length: 1_000 }, (_, index) =>
      run(`run ${index}`, {
        batchId: 'batch',
        inputs: [{ ...input(0), sha256: 'aa', fid: 'f', fidExpires: 9, copy: 'c' }],
      }),
    );
    store.addAll(batch);
    expect(store.unfinished()).toEqual(batch);
    expect(told).toEqual(batch.map(({ id }) => id));
  });

  it('stores all or none', () => {
    store.add(run('b'));
    expect(() => store.addAll([run('a'), run('b'), run('c')])).toThrow();
    expect(ids(listed.newest(5).runs)).toEqual(['b']);
  });

  it('stores what belongs to them with them, or nothing', () => {
    const recipes = new RecipeStore(database);
    const note = (): void => recipes.noteUse('home', 'recipe', { kinds: ['text'], values: {}, at: 70 });
    const noteAndFail = (): void => {
      note();
      throw new Error('The disk is full.');
    };
    expect(() => store.addAll([run('a')], noteAndFail)).toThrow('The disk is full.');
    expect(ids(listed.newest(5).runs)).toEqual([]);
    expect(recipes.marksOf('home')).toEqual(new Map());
    store.addAll([run('a')], note);
    expect(ids(listed.newest(5).runs)).toEqual(['a']);
    expect(recipes.marksOf('home').size).toBe(1);
  });
});

describe('a clock that was wrong', () => {
  it('leaves no run on top of those that were made after it was right again', () => {
    const clock = 1_700_000_000_000;
    store.add(run('before', { createdAt: clock }));
    store.add(run('next year', { createdAt: clock + 365 * 86_400_000 }));
    store.addAll([run('after 1', { createdAt: clock + 60_000 }), run('after 2', { createdAt: clock + 60_000 })]);
    store.add(run('last', { createdAt: clock + 120_000 }));
    const inOrder = ['last', 'after 2', 'after 1', 'next year', 'before'];
    expect(ids(listed.newest(10).runs)).toEqual(inOrder);
    // Page by page, the runs of one drop together.
    const search = new RunList(database);
    const pages: (readonly string[])[] = [];
    for (let before: number | null = null; ;) {
      const page = search.search({ query: '', filter: {}, before, limit: 1 });
      pages.push(ids(listed.of(page.ids)));
      if (page.more === null) break;
      before = page.more;
    }
    expect(pages).toEqual([['last'], ['after 2', 'after 1'], ['next year'], ['before']]);
    expect(listed.newest(2)).toMatchObject({ more: expect.any(Number) as number });
  });
});
