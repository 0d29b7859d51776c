import { createHash } from 'node:crypto';
import type { ExternalJobId, ExternalJobView, ProfileId } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Clock } from '../../base/clock.ts';
import { Listeners } from '../../base/emitter.ts';
import type { RunStore } from '../../store/run-store.ts';
import { type BlockNames, readableFailures } from '../../model/block-names.ts';
import type { JobSnapshot } from '../run-events.ts';
import { isOver } from './job-registry.ts';
import { progressOf } from './job-tracker.ts';
import { externalRun } from '../../model/external-run.ts';
import type { JobOutcome, Run, RunIn } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';

/** Events of our own job may come before its id is stored (wire 9.2), by this process or the terminal; in ms. */
const MAYBE_OURS_MS = 1_500;
/** How long an ended job is shown, in ms: as long as the server lists it (wire 6). */
const SHOWN_MS = 20 * 60_000;
const MOST_SHOWN = 50;
/** Milliseconds between two events about the list. */
const CHANGE_MS = 200;

/** What an ExternalJobs is built from. */
export interface ExternalJobsOptions {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly names: BlockNames;
  readonly clock: Clock;
  readonly owner: string;
  /** Starts to fetch the result of a run. */
  collect(run: RunIn<'collecting'>): void;
  /** The name and address of a profile; null when it was removed. */
  profile(profileId: ProfileId): { readonly name: string; readonly address: string } | null;
}

interface External {
  readonly id: ExternalJobId;
  job: JobSnapshot;
  endedAt: number | null;
  isShown: boolean;
}

/** Jobs of the same user that this machine did not start: from Omnitool's page, or from another machine. */
export class ExternalJobs {
  readonly #options: ExternalJobsOptions;
  readonly #jobs = new Map<string, External>();
  readonly #changes = new Listeners<readonly ExternalJobView[]>();
  readonly #ends = new Listeners<ExternalJobView>();
  readonly #timers = new Set<() => void>();
  #cancelTimer: (() => void) | null = null;

  constructor(options: ExternalJobsOptions) {
    this.#options = options;
  }

  onChange(listener: (runs: readonly ExternalJobView[]) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Calls `listener` once when a job that was seen running has ended. */
  onEnd(listener: (run: ExternalJobView) => void): () => void {
    return this.#ends.add(listener);
  }

  /** Newest first. */
  list(): readonly ExternalJobView[] {
    const since = this.#options.clock.now() - SHOWN_MS;
    return [...this.#jobs.values()]
      .filter(({ isShown, endedAt }) => isShown && (endedAt === null || endedAt > since))
      .map((found) => this.#view(found))
      .reverse();
  }

  /** Takes in what the event stream reports about a job. */
  update(job: JobSnapshot): void {
    const known = this.#jobs.get(job.jobId);
    if (known === undefined) {
      this.#add(job);
      return;
    }
    const justEnded = known.endedAt === null && isOver(job.state);
    known.job = job;
    if (justEnded) known.endedAt = this.#options.clock.now();
    if (!known.isShown) return;
    this.#emitSoon();
    if (justEnded) this.#ends.emit(this.#view(known));
  }

  /**
   * Stores an ended job as a run, and fetches its result.
   *
   * @throws AppError `not-found` when it is not known or has nothing to show; `run-under-way`; the server's failures
   */
  async open(id: ExternalJobId): Promise<Run> {
    const { store, servers, clock, owner } = this.#options;
    const found = [...this.#jobs.values()].find((one) => one.id === id);
    const profile = found === undefined ? null : this.#options.profile(found.job.profileId);
    if (found === undefined || profile === null) throw new AppError('not-found', 'This run');
    const { job } = found;
    if (found.endedAt === null) throw new AppError('run-under-way');
    const server = await servers.serverFor(job.profileId);
    // Chat messages went to the session of the other client; only the output can be fetched (wire 9.4).
    const results = await server.results(job.jobId);
    if (results === null && job.failures.length === 0) throw new AppError('external-job-empty', job.recipeName);
    const known = store.ofJob(job.jobId);
    if (known !== null) return known;
    const run = externalRun(
      {
        profile: { id: job.profileId, origin: profile.address, name: profile.name },
        jobId: job.jobId,
        recipeId: job.recipeId,
        recipeName: job.recipeName,
        outcome: outcomeOf(job),
        failures: this.#view(found).failures,
        seenAt: job.firstHeardAt,
        owner,
      },
      clock.now(),
    );
    store.addExternal(run);
    this.#options.collect(run);
    this.#jobs.delete(job.jobId);
    this.#changes.emit(this.list());
    return run;
  }

  close(): void {
    for (const cancel of this.#timers) cancel();
    this.#cancelTimer?.();
  }

  #add(job: JobSnapshot): void {
    const { clock } = this.#options;
    const endedAt = isOver(job.state) ? clock.now() : null;
    this.#jobs.set(job.jobId, { id: idOf(job), job, endedAt, isShown: false });
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > MOST_SHOWN && oldest !== undefined) this.#jobs.delete(oldest);
    const cancel = clock.after(MAYBE_OURS_MS, () => {
      this.#timers.delete(cancel);
      this.#show(job.jobId);
    });
    this.#timers.add(cancel);
  }

  /** A job sends many events a second, and each event of ours holds the whole list, so changes are combined. */
  #emitSoon(): void {
    this.#cancelTimer ??= this.#options.clock.after(CHANGE_MS, () => {
      this.#cancelTimer = null;
      this.#changes.emit(this.list());
    });
  }

  #show(jobId: string): void {
    const found = this.#jobs.get(jobId);
    if (found === undefined) return;
    if (this.#options.store.ofJob(jobId) !== null) {
      this.#jobs.delete(jobId);
      return;
    }
    found.isShown = true;
    this.#changes.emit(this.list());
    if (found.endedAt !== null) this.#ends.emit(this.#view(found));
  }

  #view({ id, job, endedAt }: External): ExternalJobView {
    const { names } = this.#options;
    return {
      id,
      profileId: job.profileId,
      serverName: this.#options.profile(job.profileId)?.name ?? '',
      recipeId: job.recipeId,
      recipeName: job.recipeName,
      state: stateOf(job.state),
      seenAt: job.firstHeardAt,
      endedAt,
      progress: endedAt === null ? progressOf(names, job.profileId, job, null) : null,
      failures: readableFailures(names, job.profileId, job.recipeId, job.failures),
    };
  }
}

/** Stays the same after a restart, so that a notification of the job still works (a UUID of version 8, RFC 9562). */
function idOf({ profileId, jobId }: JobSnapshot): ExternalJobId {
  const bytes = createHash('sha256')
    .update(JSON.stringify([profileId, jobId]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function stateOf(state: string): ExternalJobView['state'] {
  switch (state) {
    case 'success':
      return 'succeeded';
    case 'error':
      return 'failed';
    case 'stopped':
      return 'stopped';
    case 'forceStop':
      return 'stopping';
    default:
      return 'running';
  }
}

const outcomeOf = ({ state }: JobSnapshot): JobOutcome => (isOver(state) ? state : 'unknown');
