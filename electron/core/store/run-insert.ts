import type { Run } from '../runs/run.ts';
import { inTransaction } from './database.ts';
import { makeSearchable } from './run-search.ts';
import type { StoreDatabase } from './store-database.ts';

/** Stores new runs with their inputs, all of them or none. One write to the disk, however many there are. */
export function insertRuns(database: StoreDatabase, runs: readonly Run[]): void {
  inTransaction(database, () => {
    const insertRun = database.prepare(
      `INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, takes, message, state, since,
         created_at, owner, batch_id, started_at, job_id, outcome, failures, drained)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const insertInput = database.prepare(
      `INSERT INTO run_inputs (run_id, position, kind, name, path, text, size, mtime_ms, mime, sha256, fid, fid_expires,
         copy, send_as, server_name, made_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const run of runs) {
      insertRun.run(
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
        run.owner,
        run.batchId,
        run.startedAt,
        run.jobId,
        run.outcome,
        run.failures.length === 0 ? null : JSON.stringify(run.failures),
        run.drained ? 1 : 0,
      );
      for (const input of run.inputs) {
        insertInput.run(
          run.id,
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
        );
      }
    }
    makeSearchable(
      database,
      runs.map(({ id }) => id),
    );
  });
}
