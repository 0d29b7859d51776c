import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchDiffersWords } from '../../../electron/contract/text/batch-view.ts';
import type { FormValue, RunFormField } from '../../../electron/contract/views.ts';
import { Batches } from '../../../electron/core/history/batches.ts';
import { Runs } from '../../../electron/core/history/run-views.ts';
import type { RunIn } from '../../../electron/core/model/run.ts';
import { BatchList } from '../../../electron/core/store/batch-list.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { ResultStore } from '../../../electron/core/store/result-store.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';
import { LoudLogger } from '../../support/test-core.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
let results: ResultStore;
let batches: Batches;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-batches-'));
  ({ database } = openDatabase(folder, 1));
  const clock = new TestClock(5_000);
  store = new RunStore(database, clock);
  results = new ResultStore(database);
  const listed = new RunList(database);
  const runs = new Runs({ store, listed, results, clock, logger: new LoudLogger() });
  batches = new Batches({ list: new BatchList(database), runs });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const field = (label: string, value: FormValue, files: RunFormField['files'] = null): RunFormField => ({
  ...{ key: label.toLowerCase(), label, sendAs: label.toLowerCase(), value, files },
});
const member = (id: string, change: Partial<RunIn<'queued'>> = {}): RunIn<'queued'> => ({
  ...{ ...aRun(), id, batchId: 'batch' },
  ...change,
});
const withForm = (id: string, ...form: readonly RunFormField[]): RunIn<'queued'> => member(id, { form });

function product(styles: readonly string[], prompts: readonly string[]): readonly RunIn<'queued'>[] {
  return prompts.flatMap((prompt, row) =>
    styles.map((style, column) =>
      withForm(`run ${row} ${column}`, field('Prompt', prompt), field('Style', style), field('Width', 512)),
    ),
  );
}

describe('what differs in a batch', () => {
  it('is told field by field, and what is the same only once', async () => {
    store.addAll(product(['film', 'ink', 'oil'], ['dawn', 'noon', 'dusk', 'night']));
    store.add({ ...member('other'), batchId: 'another' });
    const view = await batches.view('batch');
    expect(view).toMatchObject({ batchId: 'batch', recipeName: 'Summarise', moreColumns: 0 });
    expect(view.columns).toEqual([
      { key: 'field:prompt', label: 'Prompt', count: 4, values: ['dawn', 'noon', 'dusk', 'night'] },
      { key: 'field:style', label: 'Style', count: 3, values: ['film', 'ink', 'oil'] },
    ]);
    expect(view.same).toEqual([{ label: 'Width', value: '512' }]);
    expect(view.members.map(({ places }) => places.join(''))).toEqual([
      '00',
      '01',
      '02',
      '10',
      '11',
      '12',
      '20',
      '21',
      '22',
      '30',
      '31',
      '32',
    ]);
    expect(batchDiffersWords(view)).toBe('4 prompts × 3 styles');
  });

  it('is no product when a combination is missing or came twice', async () => {
    store.addAll(product(['film', 'ink'], ['dawn', 'noon']).slice(1));
    expect(batchDiffersWords(await batches.view('batch'))).toBe('Prompt and Style differ');
    store.add(withForm('twice', field('Prompt', 'noon'), field('Style', 'ink'), field('Width', 512)));
    expect(batchDiffersWords(await batches.view('batch'))).toBe('Prompt and Style differ');
  });

  it('is the file for a drop, also where two have one name', async () => {
    const paths = ['/a/one.png', '/b/one.png', '/a/two.png'];
    store.addAll(
      paths.map((path, index) =>
        member(`run ${index}`, { inputs: [anInput({ path, name: path.slice(3) })], message: 'Hi' }),
      ),
    );
    const view = await batches.view('batch');
    expect(view.columns).toEqual([{ key: 'file', label: 'File', count: 3, values: ['one.png', 'one.png', 'two.png'] }]);
    expect(view.same).toEqual([{ label: 'Message', value: 'Hi' }]);
    expect(batchDiffersWords(view)).toBe('3 files');
  });

  it('is the files of the field that they fill', async () => {
    const form = [field('Picture', null, 'entries')];
    store.addAll(
      ['a.png', 'b.png'].map((name) =>
        member(name, { form, inputs: [anInput({ path: `/${name}`, name, field: 'picture' })] }),
      ),
    );
    const { columns } = await batches.view('batch');
    expect(columns).toMatchObject([{ key: 'field:picture', label: 'Picture', values: ['a.png', 'b.png'] }]);
  });

  it('cuts long texts and still tells them apart by their ends', async () => {
    const long = 'many words '.repeat(50_000);
    store.addAll(['one', 'two'].map((end) => withForm(end, field('Prompt', `${long}${end}`))));
    const { columns } = await batches.view('batch');
    expect(columns[0]?.count).toBe(2);
    expect(columns[0]?.values?.map(({ length }) => length)).toEqual([200, 200]);
  });

  it('is known of five thousand runs without their texts, and again when one is removed', async () => {
    const runs = Array.from({ length: 5_000 }, (_, index) =>
      withForm(`run ${index}`, field('Prompt', `prompt ${index}`), field('Style', `style ${index % 3}`)),
    );
    store.addAll(runs);
    const view = await batches.view('batch');
    expect(view.members).toHaveLength(5_000);
    expect(view.columns).toMatchObject([
      { count: 5_000, values: null },
      { count: 3, values: ['style 0', 'style 1', 'style 2'] },
    ]);
    expect(JSON.stringify(view).length).toBeLessThan(300_000);
    expect(await batches.rows('batch', ['run 4321', 'run 7', 'unknown'])).toMatchObject([
      { run: { id: 'run 4321' }, values: ['prompt 4321', 'style 1'] },
      { run: { id: 'run 7' }, values: ['prompt 7', 'style 1'] },
    ]);
    endRun(store, 'run 0', 'failed');
    store.hide(['run 0'], 7);
    expect((await batches.view('batch')).members).toHaveLength(4_999);
  });

  it('leaves out a run whose record is damaged, and is not there for a batch without runs', async () => {
    store.addAll(product(['film', 'ink'], ['dawn', 'noon']));
    database.exec(`UPDATE runs SET form = '{' WHERE id = 'run 0 1'`);
    expect((await batches.view('batch')).members.map(({ id }) => id)).toEqual(['run 0 0', 'run 1 0', 'run 1 1']);
    expect(database.unreadable.view.runs).toBe(1);
    await expect(batches.view('none')).rejects.toMatchObject({ code: 'batch-unknown' });
  });
});

describe('what became of a batch', () => {
  beforeEach(() => {
    store.addAll([10, 9, 100, 20].map((width) => withForm(`w${width}`, field('Width', width))));
    endRun(store, 'w9', 'failed', 'recipe-failed');
    endRun(store, 'w100', 'succeeded');
    results.saveOutputs('w100', { texts: [' ', `An  answer ${'x'.repeat(900)}`], objects: ['{}'], artifacts: [] });
  });

  it('is counted by state and reason, with its end only when all have ended', () => {
    expect(batches.progress('batch')).toEqual({
      counts: [
        { state: 'queued', reason: null, count: 2 },
        { state: 'failed', reason: 'recipe-failed', count: 1 },
        { state: 'succeeded', reason: null, count: 1 },
      ],
      endedAt: null,
    });
    endRun(store, 'w10', 'stopped');
    endRun(store, 'w20', 'stopped');
    expect(batches.progress('batch').endedAt).toBe(5_000);
  });

  it('is shown in rows, with the beginning of the answer', async () => {
    const [failed, done] = await batches.rows('batch', ['w9', 'w100']);
    expect(failed).toMatchObject({ run: { state: 'failed' }, answer: null, files: [] });
    expect(done?.answer).toMatch(/^An answer x{289}…$/);
  });

  it('is sorted by numbers and words, with what is missing last', async () => {
    const width = 'column:field:width' as const;
    expect(await batches.order('batch', 'given', true)).toEqual(['w20', 'w100', 'w9', 'w10']);
    expect(await batches.order('batch', width, false)).toEqual(['w9', 'w10', 'w20', 'w100']);
    expect(await batches.order('batch', width, true)).toEqual(['w100', 'w20', 'w10', 'w9']);
    expect(await batches.order('batch', 'state', false)).toEqual(['w10', 'w20', 'w100', 'w9']);
    expect((await batches.order('batch', 'answer', true))[0]).toBe('w100');
  });
});
