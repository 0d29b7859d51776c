import type { ProfileId, RunId, RunState } from '../../contract/views.ts';
import { isEnded } from '../../contract/views.ts';
import { spanBetween } from '../../contract/formats.ts';
import type { Clock } from '../base/clock.ts';
import { Listeners } from '../base/emitter.ts';
import type { MoveFacts, NextOf } from '../model/run-states.ts';
import { mayMove } from '../model/run-states.ts';
import type { Run, RunIn } from '../model/run.ts';
import { text } from './row.ts';
import { insertRuns } from './run-insert.ts';
import { idsOf, readRun } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/** For so long a run that was given up may have left a job behind that could be taken for another's. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

/** A move that life.ts does not know, or that another process has overtaken. Always a defect, never the user's doing. */
export class IllegalMove extends Error {}

export type RunChange = { readonly run: Run } | { readonly removed: RunId };

/** Runs and their inputs. Every change is on disk when a method returns, and told to the listeners after. */
export class RunStore {
  readonly #database: StoreDatabase;
  readonly #clock: Clock;
  readonly #changes = new Listeners<RunChange>();
  /** When this process saw each running run begin. */
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

  /** All of them, or none: a batch is never half there. */
  addAll(runs: readonly RunIn<'queued'>[]): void {
    for (const run of insertRuns(this.#database, runs)) this.#changes.emit({ run });
  }

  /** Takes in a run that was begun elsewhere, at the point where its result is to be fetched. */
  addExternal(run: RunIn<'collecting'>): void {
    for (const stored of insertRuns(this.#database, [run])) this.#changes.emit({ run: stored });
  }

  /**
   * Moves a run along one arrow of its life. The row must still be in the state the caller saw.
   *
   * @throws IllegalMove
   */
  move<From extends RunState>(run: RunIn<From>, to: NextOf<From>, facts: MoveFacts = {}): Run {
    if (!mayMove(run.state, to)) throw new IllegalMove(`A run cannot go from ${run.state} to ${to}.`);
    const now = this.#clock.now();
    const isEnd = isEnded({ state: to });
    const changes = this.#database.change(
      `UPDATE runs SET state = ?, since = ?, reason = ?, reason_detail = ?,
           started_at = coalesce(?, started_at), took_ms = coalesce(?, took_ms), job_id = coalesce(?, job_id), outcome = coalesce(?, outcome),
           jobs_before = CASE WHEN ? IN ('starting', 'unconfirmed', 'failed') THEN coalesce(?, jobs_before) END,
           ended_at = ?, unseen = ? WHERE id = ? AND state = ?`,
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
      isEnd ? now : null,
      isEnd ? 1 : 0,
      run.id,
      run.state,
    );
    if (changes !== 1) throw new IllegalMove(`The run is no longer ${run.state}.`);
    if (to === 'running') this.#begun.set(run.id, this.#clock.monotonic());
    else this.#begun.delete(run.id);
    return this.#tell(run.id);
  }

  /** By the monotonic clock where this process saw the run begin, else by the wall clock. */
  #tookMs({ id, startedAt }: Run, now: number): number | null {
    const begun = this.#begun.get(id);
    if (begun !== undefined) return Math.max(1, Math.round(this.#clock.monotonic() - begun));
    return spanBetween(startedAt ?? now, now);
  }

  /** Says why a run stays where it is. */
  explain(run: Run, reason: Run['reason'], reasonDetail: string | null = null): Run {
    if (run.reason === reason && run.reasonDetail === reasonDetail) return run;
    this.#database.change('UPDATE runs SET reason = ?, reason_detail = ? WHERE id = ?', reason, reasonDetail, run.id);
    return this.#tell(run.id);
  }

  requestStop(id: RunId): Run {
    this.#database.change('UPDATE runs SET stop_requested = 1 WHERE id = ?', id);
    return this.#tell(id);
  }

  markSeen(id: RunId): Run {
    this.#database.change('UPDATE runs SET unseen = 0 WHERE id = ?', id);
    return this.#tell(id);
  }

  /** A favourite is kept whatever the limits on stored results say. */
  favour(id: RunId, favourite: boolean): Run {
    this.#database.change('UPDATE runs SET favourite = ? WHERE id = ?', favourite ? 1 : 0, id);
    return this.#tell(id);
  }

  /** Hides ended runs from everyone, and answers how many. They can come back (`restore`) until they are purged. */
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

  /** Brings hidden runs back; those that are still there and can be read. */
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

  /** Drops hidden runs with all that is stored of them; answers which were still hidden. Their files are the caller's. */
  purge(ids: readonly RunId[]): readonly RunId[] {
    return this.#database
      .rows(
        `DELETE FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NOT NULL RETURNING id`,
        JSON.stringify(ids),
      )
      .map((row) => text(row, 'id'));
  }

  /** Replaces what is known of why a run fails. */
  noteFailures(id: RunId, failures: Run['failures']): Run {
    this.#database.change('UPDATE runs SET failures = ? WHERE id = ?', JSON.stringify(failures), id);
    return this.#tell(id);
  }

  /** Which jobs on the server may be this unconfirmed run's; null: not known any more. */
  noteCandidates(id: RunId, candidates: readonly string[] | null): Run {
    const stored = candidates === null ? null : JSON.stringify(candidates);
    this.#database.change('UPDATE runs SET candidates = ? WHERE id = ?', stored, id);
    return this.#tell(id);
  }

  /** Queued runs that cannot be sent just now wait, and say why. One write to the disk, however many there are. */
  hold(ids: readonly RunId[], reason: NonNullable<Run['reason']>, reasonDetail: string | null): void {
    this.#moveAll(ids, 'queued', 'waiting', reason, reasonDetail);
  }

  /** Waiting runs have their turn again. */
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
    for (const row of moved) this.#tell(text(row, 'id'));
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

  /** Runs of a profile whose start was sent and whose job is not known, those that were given up among them. */
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

  /** Makes `owner` carry the run from now on; false when another process was quicker. */
  takeOver(run: Run, owner: string): boolean {
    const changes = this.#database.change(
      'UPDATE runs SET owner = ? WHERE id = ? AND owner = ?',
      owner,
      run.id,
      run.owner,
    );
    return changes === 1;
  }

  /** Whether there is such a run in the list, also one that cannot be read. */
  has(id: RunId): boolean {
    return this.#database.first('SELECT 1 FROM runs WHERE id = ? AND removed_at IS NULL', id) !== undefined;
  }

  /** Also one that is hidden: `removedAt` says so. null for one that is not there or cannot be read. */
  find(id: RunId): Run | null {
    return this.#find('SELECT * FROM runs WHERE id = ?', id);
  }

  /** The run that a job of the server is, whichever process carries it. */
  ofJob(jobId: string): Run | null {
    return this.#find('SELECT * FROM runs WHERE job_id = ?', jobId);
  }

  /** Oldest first: the order in which they are carried on. */
  unfinished(): readonly Run[] {
    const inputs = this.#database.rows(
      `SELECT * FROM run_inputs WHERE run_id IN (SELECT id FROM runs WHERE ended_at IS NULL)
       ORDER BY run_id, position`,
    );
    const byRun = Map.groupBy(inputs, (row) => row.run_id);
    return this.#database.readAll(
      'runs',
      // Left to itself SQLite goes by time, and reads the whole history for the few that are not done.
      'SELECT * FROM runs INDEXED BY runs_unfinished WHERE ended_at IS NULL ORDER BY listed_at, rowid',
      [],
      (row) => readRun(row, byRun.get(row.id) ?? []),
    );
  }

  #tell(id: RunId): Run {
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
