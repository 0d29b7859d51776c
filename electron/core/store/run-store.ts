import { isEnded, type ProfileId, type RunId, type RunState } from '../../contract/views.ts';
import { spanBetween } from '../../contract/formats.ts';
import type { Clock } from '../base/clock.ts';
import { Listeners } from '../base/emitter.ts';
import { mayMove, type MoveFacts, type NextOf } from '../model/run-states.ts';
import type { Run, RunIn } from '../model/run.ts';
import { inTransaction } from './database.ts';
import { text } from './row.ts';
import { insertRuns } from './run-insert.ts';
import { idsOf, readRun } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/** How long, in ms, the job of a run that was given up may still be mistaken for the job of another run. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

/** A transition that run-states.ts does not allow, or that another process made first. Always a defect of this program. */
export class IllegalMove extends Error {}

export type RunChange = { readonly run: Run } | { readonly removed: RunId };

/** Runs and their inputs. Each method returns after its change is on the disk and the listeners were called. */
export class RunStore {
  readonly #database: StoreDatabase;
  readonly #clock: Clock;
  readonly #changes = new Listeners<RunChange>();
  /** The monotonic time at which this process started each running run. */
  readonly #begun = new Map<RunId, number>();

  constructor(database: StoreDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  onChange(listener: (change: RunChange) => void): () => void {
    return this.#changes.add(listener);
  }

  add(run: RunIn<'queued'>): void {
    this.addAll([run]);
  }

  /**
   * Stores all of these runs, or none.
   *
   * @param also writes what belongs to them, with the same write to the disk
   */
  addAll(runs: readonly RunIn<'queued' | 'uploading'>[], also: () => void = () => undefined): void {
    for (const run of insertRuns(this.#database, runs, also)) this.#changes.emit({ run });
  }

  /** Stores a run that another client started; the next step is to fetch its result. */
  addExternal(run: RunIn<'collecting'>): void {
    for (const stored of insertRuns(this.#database, [run])) this.#changes.emit({ run: stored });
  }

  /**
   * Moves a run to another state. The stored state must still be that of `run`.
   *
   * @param also writes what belongs to the move, with the same write to the disk
   * @throws IllegalMove
   */
  move<From extends RunState>(run: RunIn<From>, to: NextOf<From>, facts: MoveFacts = {}, also?: () => void): Run {
    if (also === undefined) this.#moved(run, to, facts);
    else
      inTransaction(this.#database, () => {
        also();
        this.#moved(run, to, facts);
      });
    if (to === 'running') this.#begun.set(run.id, this.#clock.monotonic());
    else this.#begun.delete(run.id);
    return this.#emit(run.id);
  }

  #moved(run: Run, to: RunState, facts: MoveFacts): void {
    if (!mayMove(run.state, to)) throw new IllegalMove(`A run cannot go from ${run.state} to ${to}.`);
    const now = this.#clock.now();
    const isEnd = isEnded({ state: to });
    const changes = this.#database.change(
      `UPDATE runs SET state = ?, since = ?, reason = ?, reason_detail = ?,
           started_at = coalesce(?, started_at), took_ms = coalesce(?, took_ms), job_id = coalesce(?, job_id), outcome = coalesce(?, outcome),
           jobs_before = CASE WHEN ? IN ('starting', 'unconfirmed', 'failed') THEN coalesce(?, jobs_before) END,
           session_kept = CASE WHEN ? = 'uploading' THEN 1 ELSE session_kept END,
           ended_at = ?, unseen = ?, blocks_seen = coalesce(?, blocks_seen) WHERE id = ? AND state = ?`,
      to,
      now,
      facts.reason ?? null,
      facts.reasonDetail ?? null,
      facts.startedAt ?? null,
      to === 'collecting' ? this.#tookMs(run, now) : null,
      facts.jobId ?? null,
      facts.outcome ?? null,
      to,
      facts.jobsBefore === undefined ? null : JSON.stringify(facts.jobsBefore),
      to,
      isEnd ? now : null,
      isEnd ? 1 : 0,
      facts.blocksSeen === undefined ? null : JSON.stringify(facts.blocksSeen),
      run.id,
      run.state,
    );
    if (changes !== 1) throw new IllegalMove(`The run is no longer ${run.state}.`);
  }

  /** Measured by the monotonic clock when this process started the run, else by the wall clock. */
  #tookMs({ id, startedAt }: Run, now: number): number | null {
    const begun = this.#begun.get(id);
    if (begun !== undefined) return Math.max(1, Math.round(this.#clock.monotonic() - begun));
    return spanBetween(startedAt ?? now, now);
  }

  /** Stores why a run stays in its state. */
  explain(run: Run, reason: Run['reason'], reasonDetail: string | null = null): Run {
    if (run.reason === reason && run.reasonDetail === reasonDetail) return run;
    this.#database.change('UPDATE runs SET reason = ?, reason_detail = ? WHERE id = ?', reason, reasonDetail, run.id);
    return this.#emit(run.id);
  }

  requestStop(id: RunId): Run {
    this.#database.change('UPDATE runs SET stop_requested = 1 WHERE id = ?', id);
    return this.#emit(id);
  }

  markSeen(id: RunId): Run {
    this.#database.change('UPDATE runs SET unseen = 0 WHERE id = ?', id);
    return this.#emit(id);
  }

  /** The limits on stored results never remove a favourite. */
  favour(id: RunId, favourite: boolean): Run {
    this.#database.change('UPDATE runs SET favourite = ? WHERE id = ?', favourite ? 1 : 0, id);
    return this.#emit(id);
  }

  /** Hides ended runs from all lists and returns how many. `restore` brings them back until they are purged. */
  hide(ids: readonly RunId[], removedAt: number): number {
    const hidden = this.#database.rows(
      `UPDATE runs SET removed_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL
           AND ended_at IS NOT NULL RETURNING id`,
      removedAt,
      JSON.stringify(ids),
    );
    for (const row of hidden) this.#changes.emit({ removed: text(row, 'id') });
    return hidden.length;
  }

  /** Shows hidden runs again. Returns those that still exist and can be read. */
  restore(ids: readonly RunId[]): readonly Run[] {
    const restored = this.#database
      .rows(
        `UPDATE runs SET removed_at = NULL WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NOT NULL
         RETURNING id`,
        JSON.stringify(ids),
      )
      .flatMap((row) => this.find(text(row, 'id')) ?? []);
    for (const run of restored) this.#changes.emit({ run });
    return restored;
  }

  /** Deletes the rows of hidden runs and returns their ids. The caller deletes their files. */
  purge(ids: readonly RunId[]): readonly RunId[] {
    return this.#database
      .rows(
        `DELETE FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NOT NULL RETURNING id`,
        JSON.stringify(ids),
      )
      .map((row) => text(row, 'id'));
  }

  /** Replaces the failures of a run. */
  noteFailures(id: RunId, failures: Run['failures']): Run {
    this.#database.change('UPDATE runs SET failures = ? WHERE id = ?', JSON.stringify(failures), id);
    return this.#emit(id);
  }

  /** Stores which jobs on the server can belong to this unconfirmed run; null: unknown. */
  noteCandidates(id: RunId, candidates: readonly string[] | null): Run {
    const stored = candidates === null ? null : JSON.stringify(candidates);
    this.#database.change('UPDATE runs SET candidates = ? WHERE id = ?', stored, id);
    return this.#emit(id);
  }

  /** Moves queued runs to `waiting`, with the reason. One write to the disk for all. */
  hold(ids: readonly RunId[], reason: NonNullable<Run['reason']>, reasonDetail: string | null): void {
    this.#moveAll(ids, 'queued', 'waiting', reason, reasonDetail);
  }

  /** Moves waiting runs back to the queue. */
  release(ids: readonly RunId[]): void {
    this.#moveAll(ids, 'waiting', 'queued', null, null);
  }

  #moveAll<From extends RunState>(
    ids: readonly RunId[],
    from: From,
    to: NextOf<From>,
    reason: Run['reason'],
    reasonDetail: string | null,
  ): void {
    if (ids.length === 0) return;
    const moved = this.#database.rows(
      `UPDATE runs SET state = ?, since = ?, reason = ?, reason_detail = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND state = ? RETURNING id`,
      to,
      this.#clock.now(),
      reason,
      reasonDetail,
      JSON.stringify(ids),
      from,
    );
    for (const row of moved) this.#emit(text(row, 'id'));
  }

  /** Those of `jobIds` that are jobs of runs of a profile, removed runs included. */
  jobsOfRuns(profileId: ProfileId, jobIds: readonly string[]): readonly string[] {
    return this.#database
      .rows(
        'SELECT job_id FROM runs WHERE profile_id = ? AND job_id IN (SELECT value FROM json_each(?))',
        profileId,
        JSON.stringify(jobIds),
      )
      .map((row) => text(row, 'job_id'));
  }

  /** Runs of a profile whose start was sent and whose job is unknown, including those that were given up lately. */
  unanswered(profileId: ProfileId): readonly Pick<Run, 'id' | 'jobsBefore'>[] {
    return this.#database.readAll(
      'runs',
      `SELECT id, jobs_before FROM runs WHERE profile_id = ? AND job_id IS NULL
         AND (state IN ('starting', 'unconfirmed') OR (state = 'failed' AND reason = 'given-up' AND ended_at > ?))`,
      // The server itself forgets a job 20 minutes after its end (wire 6).
      [profileId, this.#clock.now() - GIVEN_UP_MS],
      (row) => ({ id: text(row, 'id'), jobsBefore: idsOf(row, 'jobs_before') }),
    );
  }

  /** Makes `owner` the process that continues the run. Returns false when another process was quicker. */
  takeOver(run: Run, owner: string): boolean {
    const changes = this.#database.change(
      'UPDATE runs SET owner = ? WHERE id = ? AND owner = ?',
      owner,
      run.id,
      run.owner,
    );
    return changes === 1;
  }

  /** Whether the list has this run, readable or not. */
  has(id: RunId): boolean {
    return this.#database.first('SELECT 1 FROM runs WHERE id = ? AND removed_at IS NULL', id) !== undefined;
  }

  /** Finds also a hidden run (`removedAt`). Null when there is none or it cannot be read. */
  find(id: RunId): Run | null {
    return this.#find('SELECT * FROM runs WHERE id = ?', id);
  }

  /** The run that a job of the server belongs to, in whichever process. */
  ofJob(jobId: string): Run | null {
    return this.#find('SELECT * FROM runs WHERE job_id = ?', jobId);
  }

  /** Oldest first: the order in which they are continued. */
  unfinished(): readonly Run[] {
    const inputs = this.#database.rows(
      `SELECT * FROM run_inputs WHERE run_id IN (SELECT id FROM runs WHERE ended_at IS NULL)
       ORDER BY run_id, position`,
    );
    const byRun = Map.groupBy(inputs, (row) => row.run_id);
    return this.#database.readAll(
      'runs',
      // Without the hint SQLite reads the whole history in the order of time.
      'SELECT * FROM runs INDEXED BY runs_unfinished WHERE ended_at IS NULL ORDER BY listed_at, rowid',
      [],
      (row) => readRun(row, byRun.get(row.id) ?? []),
    );
  }

  #emit(id: RunId): Run {
    const run = this.find(id);
    if (run === null) throw new IllegalMove('The run is gone.');
    this.#changes.emit({ run });
    return run;
  }

  #find(sql: string, value: string): Run | null {
    return this.#database.readOne('runs', sql, [value], (row) =>
      readRun(row, this.#database.rows('SELECT * FROM run_inputs WHERE run_id = ? ORDER BY position', text(row, 'id'))),
    );
  }
}
