import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValue, RunFormField } from '../../../electron/contract/views.ts';
import { artifactFolder, handedOutFolder } from '../../../electron/core/base/folders.ts';
import { HandOut } from '../../../electron/core/export/hand-out.ts';
import { BatchSaver } from '../../../electron/core/history/batch-saver.ts';
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
let saver: BatchSaver;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-saver-'));
  mkdirSync(join(folder, 'target'));
  ({ database } = openDatabase(folder, 1));
  const clock = new TestClock(new Date(2026, 10, 25, 14, 2).getTime());
  store = new RunStore(database, clock);
  results = new ResultStore(database);
  const listed = new RunList(database);
  saver = new BatchSaver({
    list: new BatchList(database),
    runs: new Runs({ store, listed, results, clock, logger: new LoudLogger() }),
    results,
    handOut: new HandOut(folder),
    folderOf: (id) => artifactFolder(folder, id),
  });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const field = (label: string, value: FormValue, key = label.toLowerCase()): RunFormField => ({
  ...{ key, label, sendAs: key, value, files: null },
});
const idOf = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;
const member = (number: number, change: Partial<RunIn<'queued'>> = {}): RunIn<'queued'> => ({
  ...{ ...aRun(), id: idOf(number), batchId: 'batch', recipeName: 'Photograph: 4x' },
  ...change,
});

/** A run that gave a text and a file. */
function gave(number: number, text: string, name: string): void {
  const id = idOf(number);
  mkdirSync(artifactFolder(folder, id), { recursive: true });
  writeFileSync(join(artifactFolder(folder, id), `1-${name}`), name);
  const facts = { fid: 'f', list: 'files', mime: 'text/plain', width: null, height: null, expires: null } as const;
  results.saveOutputs(id, {
    texts: [text],
    objects: [],
    artifacts: [{ ...facts, name, size: name.length, problem: null }],
  });
  const [stored] = results.find(id).artifacts;
  if (stored !== undefined) results.updateArtifact(id, { ...stored, file: `1-${name}` });
  endRun(store, id, 'succeeded');
}

const csvOf = async (): Promise<string> => {
  const path = join(folder, 'target', 'all.csv');
  await saver.saveCsv('batch', path);
  return readFileSync(path, 'utf8');
};

describe('the CSV of a batch', () => {
  it('has what was given, whole, and then what became of it', async () => {
    const long = 'very '.repeat(1_000);
    store.addAll([
      member(1, { form: [field('Prompt', `=${long}`), field('Width', -512), field('Tags', ['a', 'b'])] }),
      member(2, { form: [field('Prompt', 'Dämmerung, "ruhig"'), field('Width', 1024), field('Tags', [])] }),
    ]);
    gave(1, 'First line\nsecond', 'one.txt');
    endRun(store, idOf(2), 'failed', 'recipe-failed');
    expect(await csvOf()).toBe(
      '\uFEFFPrompt,Width,Tags,Answer,Files,State,Problem,Started,Seconds\r\n' +
        `"'=${long}",-512,"[""a"",""b""]","First line\nsecond",one.txt,Done,,,0\r\n` +
        '"Dämmerung, ""ruhig""",1024,[],,,Failed,The recipe failed on the server.,,0\r\n',
    );
  });

  it('has the names of files for a drop, and the message where there is one', async () => {
    store.addAll(
      [1, 2].map((number) =>
        member(number, { inputs: [anInput({ path: `/a/${number}.png`, name: `${number}.png` })], message: 'Hi' }),
      ),
    );
    expect((await csvOf()).split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFFile,Message,Answer,Files,State,Problem,Started,Seconds',
      '1.png,Hi,,,Queued,Waits for its turn.,,',
    ]);
  });

  it('tells fields of one name apart, and from what a run gave', async () => {
    store.add(member(1, { form: [field('Answer', 'a', 'k1'), field('Size', 1, 'w'), field('Size', 2, 'h')] }));
    expect((await csvOf()).split('\r\n')[0]).toBe(
      '\uFEFFAnswer (k1),Size,Size (h),Answer,Files,State,Problem,Started,Seconds',
    );
  });

  it('leaves nothing of ours behind, also when it cannot be written', async () => {
    store.add(member(1));
    await csvOf();
    await expect(saver.saveCsv('batch', join(folder, 'nowhere', 'all.csv'))).rejects.toMatchObject({
      code: expect.stringMatching(/^disk-/) as string,
    });
    const left = readdirSync(handedOutFolder(folder), { recursive: true }).map(String);
    expect(left.filter((name) => name.endsWith('texts'))).toEqual([]);
    await expect(saver.saveCsv('none', 'x.csv')).rejects.toMatchObject({ code: 'batch-unknown' });
  });
});

describe('the export of a batch', () => {
  beforeEach(() => {
    store.addAll([1, 2].map((number) => member(number, { form: [field('Prompt', `Prompt ${number}/x`)] })));
    gave(1, 'one', 'out.txt');
    gave(2, 'two', 'out.txt');
  });

  it('has a folder for each run, and a CSV that names the files in them', async () => {
    const told: number[] = [];
    saver.onProgress(({ done, of }) => told.push(done, of));
    const made = await saver.exportAll('batch', join(folder, 'target'));
    expect(made).toMatchObject({ files: 4, failed: [] });
    expect(told).toEqual([0, 2, 1, 2, 1, 1]);
    expect(readdirSync(made.folder ?? '').sort()).toEqual(['1 Prompt 1_x', '2 Prompt 2_x', 'Photograph_ 4x.csv']);
    expect(readFileSync(join(made.folder ?? '', '2 Prompt 2_x/outputs/out.txt'), 'utf8')).toBe('out.txt');
    expect(readFileSync(join(made.folder ?? '', 'Photograph_ 4x.csv'), 'utf8')).toContain(
      'Prompt 2/x,two,2 Prompt 2_x/outputs/out.txt,Done',
    );
  });

  it('ends after the current run when it is stopped, without a CSV', async () => {
    saver.onProgress(() => saver.stop('batch'));
    const made = await saver.exportAll('batch', join(folder, 'target'));
    expect(readdirSync(made.folder ?? '')).toEqual(['1 Prompt 1_x']);
    const again = await saver.exportAll('batch', join(folder, 'target'));
    expect(again.folder).toMatch(/ \(2\)$/);
  });
});
