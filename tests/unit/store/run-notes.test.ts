import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunNotes } from '../../../electron/core/store/run-notes.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';
import { makeHome, type TestHome } from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';

const run = aRun();

let home: TestHome;
let database: StoreDatabase;
let runs: RunStore;
let notes: RunNotes;

beforeEach(async () => {
  home = await makeHome();
  ({ database } = openDatabase(home.folder, 1));
  runs = new RunStore(database, new TestClock(5_000));
  runs.addAll([run]);
  notes = new RunNotes(database);
});
afterEach(async () => {
  database.close();
  await home.remove();
});

describe('the blocks that were received', () => {
  it('are kept in order, each once', () => {
    for (const block of ['2', '7', '2']) notes.blockFinished(run.id, block);
    expect(notes.received(run.id).blocks).toEqual(['2', '7']);
  });

  it.each(['{', '', '{"a":1}', '[{"a":1}]', '[5]', 'null'])(
    'count as not received where the record is damaged: %s',
    (damage) => {
      database.prepare('UPDATE runs SET blocks_heard = ? WHERE id = ?').run(damage, run.id);
      expect(notes.received(run.id).blocks).toEqual([]);
      notes.blockFinished(run.id, '7');
      expect(notes.received(run.id).blocks).toEqual(['7']);
    },
  );
});

describe('the cookie of a session', () => {
  it('may be in the keychain from the first upload on, before a session is open', () => {
    expect(runs.find(run.id)?.sessionKept).toBe(false);
    expect(runs.move(run, 'uploading').sessionKept).toBe(true);
  });
});

describe('what is stored with a move', () => {
  const upload = { fid: '1,a', expires: 9, sha256: 'aa', fileName: '0.txt' };

  it('is stored when the run is moved, and not without it', () => {
    const other = { ...run, id: 'other', inputs: [anInput({ fid: null })] };
    runs.add(other);
    const note = (): void => notes.uploaded(other.id, 0, upload);
    expect(() => runs.move({ ...other, state: 'uploading' }, 'starting', {}, note)).toThrow();
    expect(runs.find(other.id)).toMatchObject({ state: 'queued', inputs: [{ fid: null }] });
    expect(runs.move(other, 'uploading', {}, note)).toMatchObject({ state: 'uploading', inputs: [{ fid: '1,a' }] });
  });
});
