import type { SQLInputValue } from 'node:sqlite';
import type { RunId } from '../../contract/views.ts';
import type { Run, RunInput } from '../model/run.ts';
import { inTransaction } from './database.ts';
import { numberOrNull } from './row.ts';
import { makeSearchable } from './run-search.ts';
import type { StoreDatabase } from './store-database.ts';

/** A larger time (in some 253,000 years) is damaged. */
const LAST_PLACE = 8_000_000_000_000_000;

/**
 * Stores new runs with their inputs, all of them or none, in one write to the disk, of which what `also` writes is a
 * part. Returns them as stored. Lists show them above all earlier runs, also above those made while the clock was wrong.
 */
export function insertRuns(
  database: StoreDatabase,
  runs: readonly Run[],
  also: () => void = () => undefined,
): readonly Run[] {
  return inTransaction(database, () => {
    const newest = database.first('SELECT max(listed_at) AS newest FROM runs WHERE listed_at < ?', LAST_PLACE);
    const floor = (newest === undefined ? null : numberOrNull(newest, 'newest')) ?? 0;
    const oldest = runs.reduce((earliest, { createdAt }) => Math.min(earliest, createdAt), Infinity);
    // Lifts all by the same amount, so that their order stays.
    const lift = oldest > floor ? 0 : floor + 1 - oldest;
    const insertRun = database.prepareForLarge(
      `INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, takes, message, state, since,
         created_at, listed_at, owner, batch_id, started_at, job_id, outcome, failures, drained,
         session_kept, form) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const insertInput = database.prepareForLarge(
      `INSERT INTO run_inputs (run_id, position, kind, name, path, text, size, mtime_ms, mime, sha256, fid, fid_expires,
         copy, send_as, server_name, made_from, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const run of runs) {
      insertRun.run(...runValues(run, lift));
      for (const input of run.inputs) insertInput.run(...inputValues(run.id, input));
    }
    makeSearchable(
      database,
      runs.map(({ id }) => id),
    );
    also();
    return runs.map((run) => ({ ...run, listedAt: run.createdAt + lift }));
  });
}

const runValues = (run: Run, lift: number): readonly SQLInputValue[] => [
  run.id,
  run.profileId,
  run.origin,
  run.serverName,
  run.recipeId,
  run.recipeName,
  run.takes === null ? null : run.takes.join(','),
  run.message,
  run.state,
  run.since,
  run.createdAt,
  run.createdAt + lift,
  run.owner,
  run.batchId,
  run.startedAt,
  run.jobId,
  run.outcome,
  run.failures.length === 0 ? null : JSON.stringify(run.failures),
  run.drained ? 1 : 0,
  run.sessionKept ? 1 : 0,
  run.form === null ? null : JSON.stringify(run.form),
];

const inputValues = (runId: RunId, input: RunInput): readonly SQLInputValue[] => [
  runId,
  input.position,
  input.kind,
  input.name,
  input.path,
  input.text,
  input.size,
  input.mtimeMs,
  input.mime,
  input.sha256,
  input.fid,
  input.fidExpires,
  input.copy,
  input.sendAs,
  input.serverName,
  input.madeFrom === null ? null : JSON.stringify(input.madeFrom),
  input.field,
];
