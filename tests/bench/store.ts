import { randomUUID } from 'node:crypto';
import { systemClock } from '../../electron/core/base/clock.ts';
import type { RunIn, RunInput } from '../../electron/core/model/run.ts';
import { openDatabase } from '../../electron/core/store/database.ts';
import { RunStore } from '../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../electron/core/store/store-database.ts';
import { RunStorage } from '../../electron/core/store/run-storage.ts';
import { aRun } from '../support/a-run.ts';
import { anInput } from '../support/an-input.ts';
import { makeHome } from '../support/test-core.ts';
import { type Line, median, ratioTable, type Table } from './table.ts';

const PAST = 50_000;
const ROUNDS = 9;
const FINDS = 500;
const MOVES = 60;

const INPUT: RunInput = anInput({ kind: 'image', name: 'holiday.jpg', path: '/pictures/holiday.jpg', size: 2_000_000 });

/** The store beside the bare statements of SQLite that do the same, each prepared once, on the same database. */
export async function measureStore(): Promise<Table> {
  const home = await makeHome();
  const { database } = openDatabase(home.folder, Date.now());
  try {
    const runs = new RunStore(database, systemClock);
    fill(database, runs);
    return ratioTable(
      `Store, ${PAST.toLocaleString('en')} past runs`,
      ['OmniTray', 'bare SQLite'],
      [finds(database, runs), moves(database, runs), sum(database)],
    );
  } finally {
    database.close();
    await home.remove();
  }
}

const newRun = (): RunIn<'queued'> => ({ ...aRun(), id: randomUUID(), inputs: [INPUT] });

/** Ended runs with one artifact each, as SQL: as real ones they would take minutes. */
function fill(database: StoreDatabase, runs: RunStore): void {
  database.exec('PRAGMA synchronous = OFF');
  runs.addAll(Array.from({ length: PAST }, newRun));
  database.exec(
    `UPDATE runs SET state = 'succeeded', ended_at = created_at + 1000;
     INSERT INTO artifacts (run_id, position, fid, list, name, mime, size, file)
       SELECT id, 0, 'fid', 'files', 'answer.png', 'image/png', 500000, 'answer.png' FROM runs;`,
  );
  database.exec('PRAGMA synchronous = FULL');
}

/** The medians of both sides, one after the other in each round, so that both see the same machine. */
function both(what: string, omnitray: () => number, plain: () => number): Line {
  const rounds = Array.from({ length: ROUNDS }, () => [omnitray(), plain()] as const);
  return { what, omnitray: median(rounds.map(([ours]) => ours)), plain: median(rounds.map(([, bare]) => bare)) };
}

/** Milliseconds that `work` takes, once for each of `values`. */
function timeOf<T>(values: readonly T[], work: (value: T) => unknown): number {
  const start = performance.now();
  for (const value of values) work(value);
  return performance.now() - start;
}

function finds(database: StoreDatabase, runs: RunStore): Line {
  const ids = database
    .prepare('SELECT id FROM runs ORDER BY random() LIMIT ?')
    .all(FINDS)
    .map(({ id }) => String(id));
  const run = database.prepare('SELECT * FROM runs WHERE id = ?');
  const inputs = database.prepare('SELECT * FROM run_inputs WHERE run_id = ? ORDER BY position');
  return both(
    `find ${FINDS} runs, ms`,
    () => timeOf(ids, (id) => runs.find(id)),
    () => timeOf(ids, (id) => [run.get(id), inputs.all(id)]),
  );
}

/** Each write waits for the disk, on both sides. */
function moves(database: StoreDatabase, runs: RunStore): Line {
  const queued = (): readonly RunIn<'queued'>[] => {
    const added = Array.from({ length: MOVES }, newRun);
    runs.addAll(added);
    return added;
  };
  const move = database.prepare("UPDATE runs SET state = 'uploading', since = ? WHERE id = ? AND state = 'queued'");
  return both(
    `move ${MOVES} runs to another state, ms`,
    () => timeOf(queued(), (run) => runs.move(run, 'uploading')),
    () => timeOf(queued(), ({ id }) => move.run(Date.now(), id)),
  );
}

/** What a limit on stored results asks for whenever a run ends. */
function sum(database: StoreDatabase): Line {
  const stored = new RunStorage(database);
  const plain = database.prepare('SELECT total(size) FROM artifacts WHERE file IS NOT NULL');
  return both(
    'bytes of all results, ms',
    () => timeOf([null], () => stored.totalBytes()),
    () => timeOf([null], () => plain.get()),
  );
}
