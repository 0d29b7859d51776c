import type { DatabaseSync } from 'node:sqlite';
import type { RunId, RunState } from '../../contract/views.ts';
import type { Clock } from '../clock.ts';
import { Listeners } from '../listeners.ts';
import type { StoredFile } from '../omnitool/upload.ts';
import type { MoveFacts, NextOf } from '../runs/life.ts';
import { isEnd, mayMove } from '../runs/life.ts';
import type { Run, RunIn } from '../runs/run.ts';
import { inTransaction } from './database.ts';
import type { Row } from './row.ts';
import { text } from './row.ts';
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
    this.#insert(run);
    this.#tell(run.id);
  }

  /** Takes in a run that was begun elsewhere, at the point where its result is to be fetched. */
  addFound(run: RunIn<'collecting'>): void {
    this.#insert(run);
    this.#tell(run.id);
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
           jobs_before = coalesce(?, jobs_before),
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
        facts.jobsBefore === undefined ? null : JSON.stringify(facts.jobsBefore),
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

  /** An input is on the server, as these bytes. */
  recordUpload(id: RunId, position: number, stored: Pick<StoredFile, 'fid' | 'expires' | 'sha256'>): void {
    this.#database
      .prepare('UPDATE run_inputs SET fid = ?, fid_expires = ?, sha256 = ? WHERE run_id = ? AND position = ?')
      .run(stored.fid, stored.expires, stored.sha256, id, position);
  }

  /** Whether the keychain may hold the cookie of the run's session. */
  noteSession(id: RunId, kept: boolean): void {
    this.#database.prepare('UPDATE runs SET session_kept = ? WHERE id = ?').run(kept ? 1 : 0, id);
  }

  /** Ended runs whose cookie may still be in the keychain. */
  endedWithSession(): readonly RunId[] {
    const rows = this.#database.prepare('SELECT id FROM runs WHERE session_kept = 1 AND ended_at IS NOT NULL').all();
    return rows.map((row) => text(row, 'id'));
  }

  /** All that the run's session had to tell was read. */
  markDrained(id: RunId): Run {
    this.#database.prepare('UPDATE runs SET drained = 1 WHERE id = ?').run(id);
    return this.#tell(id);
  }

  /** Replaces what is known of why a run fails. */
  noteFailures(id: RunId, failures: Run['failures']): Run {
    this.#database.prepare('UPDATE runs SET failures = ? WHERE id = ?').run(JSON.stringify(failures), id);
    return this.#tell(id);
  }

  /** Which jobs on the server may be this unconfirmed run's; null: not known any more. */
  noteCandidates(id: RunId, candidates: readonly string[] | null): Run {
    const stored = candidates === null ? null : JSON.stringify(candidates);
    this.#database.prepare('UPDATE runs SET candidates = ? WHERE id = ?').run(stored, id);
    return this.#tell(id);
  }

  /** Makes `owner` carry the run from now on; false when another process was quicker. */
  takeOver(run: Run, owner: string): boolean {
    const { changes } = this.#database
      .prepare('UPDATE runs SET owner = ? WHERE id = ? AND owner = ?')
      .run(owner, run.id, run.owner);
    return changes === 1;
  }

  remove(id: RunId): void {
    const { changes } = this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id);
    if (changes === 1) this.#changes.tell({ removed: id });
  }

  find(id: RunId): Run | null {
    const row = this.#database.prepare('SELECT * FROM runs WHERE id = ?').get(id);
    return row === undefined ? null : this.#read(row);
  }

  /** The run that a job of the server is, whichever process carries it. */
  ofJob(jobId: string): Run | null {
    const row = this.#database.prepare('SELECT * FROM runs WHERE job_id = ?').get(jobId);
    return row === undefined ? null : this.#read(row);
  }

  /** Newest first. */
  recent(limit: number): readonly Run[] {
    const rows = this.#database.prepare('SELECT * FROM runs ORDER BY created_at DESC, rowid DESC LIMIT ?').all(limit);
    return rows.map((row) => this.#read(row));
  }

  /** Oldest first: the order in which they are carried on. */
  unfinished(): readonly Run[] {
    const rows = this.#database.prepare('SELECT * FROM runs WHERE ended_at IS NULL ORDER BY created_at, rowid').all();
    return rows.map((row) => this.#read(row));
  }

  #insert(run: Run): void {
    inTransaction(this.#database, () => {
      this.#database
        .prepare(
          `INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, takes, message, state, since,
             created_at, owner, batch_id, started_at, job_id, outcome, failures, drained)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
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
      const insert = this.#database.prepare(
        `INSERT INTO run_inputs (run_id, position, kind, name, path, text, size, mtime_ms, mime)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const input of run.inputs) {
        insert.run(
          run.id,
          input.position,
          input.kind,
          input.name,
          input.path,
          input.text,
          input.size,
          input.mtimeMs,
          input.mime,
        );
      }
    });
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
