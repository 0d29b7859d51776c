import type { DatabaseSync } from 'node:sqlite';
import type { RunId, RunState } from '../../contract/views.ts';
import type { Clock } from '../clock.ts';
import { Listeners } from '../listeners.ts';
import type { StoredFile } from '../omnitool/upload.ts';
import type { MoveFacts, NextOf } from '../runs/life.ts';
import { isEnd, mayMove } from '../runs/life.ts';
import type { Run, RunIn } from '../runs/run.ts';
import type { Row } from './row.ts';
import { text } from './row.ts';
import { insertRuns } from './run-insert.ts';
import { readInput, readRun } from './run-row.ts';

/** A move that life.ts does not know, or that another process has overtaken. Always a defect, never the user's doing. */
export class IllegalMove extends Error {}

export type RunChange = { readonly run: Run } | { readonly removed: RunId };

/** Runs and their inputs. Every change is on disk when a method returns, and told to the listeners after. */
export class RunStore {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #changes = new Listeners<RunChange>();

  constructor(database: DatabaseSync, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  onChange(listener: (change: RunChange) => void): () => void {
    return this.#changes.add(listener);
  }

  add(run: RunIn<'queued'>): void {
    this.addAll([run]);
  }

  /** All of them, or none: a batch is never half there. */
  addAll(runs: readonly RunIn<'queued'>[]): void {
    insertRuns(this.#database, runs);
    for (const run of runs) this.#changes.tell({ run });
  }

  /**
   * Moves a run along one arrow of its life. The row must still be in the state the caller saw.
   *
   * @throws IllegalMove
   */
  move<From extends RunState>(run: RunIn<From>, to: NextOf<From>, facts: MoveFacts = {}): Run {
    if (!mayMove(run.state, to)) throw new IllegalMove(`A run cannot go from ${run.state} to ${to}.`);
    const now = this.#clock.now();
    const { changes } = this.#database
      .prepare(
        `UPDATE runs SET state = ?, since = ?, reason = ?, reason_detail = ?,
           started_at = coalesce(?, started_at), job_id = coalesce(?, job_id), outcome = coalesce(?, outcome),
           ended_at = ?, unseen = ? WHERE id = ? AND state = ?`,
      )
      .run(
        to,
        now,
        facts.reason ?? null,
        facts.reasonDetail ?? null,
        facts.startedAt ?? null,
        facts.jobId ?? null,
        facts.outcome ?? null,
        isEnd(to) ? now : null,
        isEnd(to) ? 1 : 0,
        run.id,
        run.state,
      );
    if (changes !== 1) throw new IllegalMove(`The run is no longer ${run.state}.`);
    return this.#tell(run.id);
  }

  /** Says why a run stays where it is. */
  explain(run: Run, reason: Run['reason'], reasonDetail: string | null = null): Run {
    if (run.reason === reason && run.reasonDetail === reasonDetail) return run;
    this.#database
      .prepare('UPDATE runs SET reason = ?, reason_detail = ? WHERE id = ?')
      .run(reason, reasonDetail, run.id);
    return this.#tell(run.id);
  }

  requestStop(id: RunId): Run {
    this.#database.prepare('UPDATE runs SET stop_requested = 1 WHERE id = ?').run(id);
    return this.#tell(id);
  }

  markSeen(id: RunId): Run {
    this.#database.prepare('UPDATE runs SET unseen = 0 WHERE id = ?').run(id);
    return this.#tell(id);
  }

  /** A favourite is kept whatever the limits on stored results say. */
  favour(id: RunId, favourite: boolean): Run {
    this.#database.prepare('UPDATE runs SET favourite = ? WHERE id = ?').run(favourite ? 1 : 0, id);
    return this.#tell(id);
  }

  /** Hides ended runs from everyone, and answers how many. They can come back (`restore`) until they are purged. */
  hide(ids: readonly RunId[], removedAt: number): number {
    const hidden = this.#database
      .prepare(
        `UPDATE runs SET removed_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL
           AND ended_at IS NOT NULL RETURNING id`,
      )
      .all(removedAt, JSON.stringify(ids));
    for (const row of hidden) this.#changes.tell({ removed: text(row, 'id') });
    return hidden.length;
  }

  /** Brings hidden runs back; those that are still there. */
  restore(ids: readonly RunId[]): readonly Run[] {
    return this.#database
      .prepare(
        `UPDATE runs SET removed_at = NULL WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NOT NULL
         RETURNING id`,
      )
      .all(JSON.stringify(ids))
      .map((row) => this.#tell(text(row, 'id')));
  }

  /** Drops hidden runs with all that is stored of them; answers which were still hidden. Their files are the caller's. */
  purge(ids: readonly RunId[]): readonly RunId[] {
    return this.#database
      .prepare(`DELETE FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NOT NULL RETURNING id`)
      .all(JSON.stringify(ids))
      .map((row) => text(row, 'id'));
  }

  /** An input is on the server, as these bytes. */
  recordUpload(id: RunId, position: number, stored: Pick<StoredFile, 'fid' | 'expires' | 'sha256'>): void {
    this.#database
      .prepare('UPDATE run_inputs SET fid = ?, fid_expires = ?, sha256 = ? WHERE run_id = ? AND position = ?')
      .run(stored.fid, stored.expires, stored.sha256, id, position);
  }

  /** Makes `owner` carry the run from now on; false when another process was quicker. */
  takeOver(run: Run, owner: string): boolean {
    const { changes } = this.#database
      .prepare('UPDATE runs SET owner = ? WHERE id = ? AND owner = ?')
      .run(owner, run.id, run.owner);
    return changes === 1;
  }

  /** Also one that is hidden: `removedAt` says so. */
  find(id: RunId): Run | null {
    const row = this.#database.prepare('SELECT * FROM runs WHERE id = ?').get(id);
    return row === undefined ? null : this.#read(row);
  }

  /** Oldest first: the order in which they are carried on. */
  unfinished(): readonly Run[] {
    const inputs = this.#database
      .prepare(
        `SELECT * FROM run_inputs WHERE run_id IN (SELECT id FROM runs WHERE ended_at IS NULL)
         ORDER BY run_id, position`,
      )
      .all();
    const byRun = Map.groupBy(inputs, (row) => text(row, 'run_id'));
    return (
      this.#database
        // Left to itself SQLite goes by time, and reads the whole history for the few that are not done.
        .prepare('SELECT * FROM runs INDEXED BY runs_unfinished WHERE ended_at IS NULL ORDER BY created_at, rowid')
        .all()
        .map((row) => readRun(row, (byRun.get(text(row, 'id')) ?? []).map(readInput)))
    );
  }

  #tell(id: RunId): Run {
    const run = this.find(id);
    if (run === null) throw new IllegalMove('The run is gone.');
    this.#changes.tell({ run });
    return run;
  }

  #read(row: Row): Run {
    const inputs = this.#database
      .prepare('SELECT * FROM run_inputs WHERE run_id = ? ORDER BY position')
      .all(text(row, 'id'));
    return readRun(row, inputs.map(readInput));
  }
}
