import type { Clock } from '../../base/clock.ts';
import type { Job } from '../../omnitool/schemas.ts';
import { isOver } from './job-registry.ts';
import type { LiveRun } from '../live-runs.ts';
import type { JobOutcome } from '../../model/run.ts';

const FASTEST_MS = 250;
const SLOWEST_MS = 10_000;
const FIRST_FAILURE_MS = 2_000;
const SLOWEST_AFTER_FAILURE_MS = 30_000;
/** While the event stream tells of every job that runs, looking is only a net under it. */
const WITH_EVENTS_MS = 30_000;
/** How long a job may go on stopping. A block that never returns keeps it so for ever (wire 6). */
const STOPPING_MS = 10 * 60_000;

/** A job is asked after again once it is a seventh older: what is quick is seen at once, what is slow costs little. */
const AGE_SHARE = 1 / 7;

/**
 * How long to wait before the next look, in ms. `age` is that of the youngest running job. A tenth of jitter keeps
 * many clients from asking at the same moment.
 */
export function pollDelay(age: number, failures: number, random: number): number {
  const plain =
    failures > 0
      ? Math.min(FIRST_FAILURE_MS * 2 ** (failures - 1), SLOWEST_AFTER_FAILURE_MS)
      : Math.min(Math.max(age * AGE_SHARE, FASTEST_MS), SLOWEST_MS);
  return jittered(plain, random);
}

const jittered = (ms: number, random: number): number => Math.round(ms * (1 + (random - 0.5) / 5));

export interface WatcherPorts {
  readonly clock: Clock;
  readonly random: () => number;
  /** The runs that this process carries and that are running, as they are stored now. */
  running(): readonly LiveRun[];
  /** Whether the event stream is open and has told of that job, so that it will tell of its end. */
  isHeard(run: LiveRun): boolean;
  listJobs(): Promise<readonly Job[]>;
  /** The server says it ended, or no longer knows it (`unknown`). */
  ended(run: LiveRun, outcome: JobOutcome): void;
  /** It was asked to stop, and the server does not know that. */
  unheard(run: LiveRun): void;
  /** A look failed (null: it did not). Must not throw. */
  looked(failure: unknown): void;
}

/**
 * Looks after all running jobs of one profile with one request at a time. Does nothing while nothing runs: there is
 * no timer then, and no request.
 *
 * Ages are counted from the watcher's own waiting, never from the clock on the wall, which may jump.
 */
export class JobPoller {
  readonly #ports: WatcherPorts;
  #cancelTimer: (() => void) | null = null;
  #looking = false;
  #lookAgain = false;
  /** The next look is the net under the stream. Further news does not put it off again: one job may be silent. */
  #isRelaxed = false;
  /** A look was asked for: nothing puts it off. */
  #isDue = false;
  #suspended = false;
  #failures = 0;
  /** How long the youngest job has been looked after, in ms. */
  #age = 0;
  /** How long this watcher has waited in all, in ms. */
  #waited = 0;
  /** When the jobs that were stopping at the last look began to, by `#waited`. Made anew by each look. */
  #stoppingSince: ReadonlyMap<string, number> = new Map();

  constructor(ports: WatcherPorts) {
    this.#ports = ports;
  }

  /** A job has just started. */
  started(): void {
    this.#age = 0;
    this.pollSoon();
  }

  /** Somebody wants to know: look soon. */
  pollSoon(): void {
    if (this.#looking) this.#lookAgain = true;
    else if (this.#isAllHeard()) this.#scheduleNet();
    else this.#schedule(FASTEST_MS);
  }

  /** The stream can no longer be relied on, or something is to be told: look now. */
  pollNow(): void {
    if (this.#looking) this.#lookAgain = true;
    else if (!this.#isDue) {
      this.#isDue = true;
      this.#schedule(FASTEST_MS);
    }
  }

  /** The stream has told of one more job: where it has told of all, the next look can wait. */
  slowDown(): void {
    const isWaiting = !this.#looking && this.#cancelTimer !== null && this.#failures === 0;
    if (this.#isRelaxed || this.#isDue || !isWaiting || !this.#isAllHeard()) return;
    this.#scheduleNet();
  }

  /** The machine goes to sleep, or the program ends: no timer stays behind. */
  suspend(): void {
    this.#suspended = true;
    this.#isDue = false;
    this.#cancel();
  }

  /** Woke up: one look within `delayMs`, then as usual (PLATFORM N1). */
  resume(delayMs: number): void {
    this.#suspended = false;
    this.#schedule(delayMs);
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#isRelaxed = false;
  }

  #schedule(delayMs: number): void {
    this.#cancel();
    if (this.#suspended) return;
    this.#cancelTimer = this.#ports.clock.after(delayMs, () => {
      this.#age += delayMs;
      this.#waited += delayMs;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#cancel();
    this.#looking = true;
    this.#lookAgain = false;
    this.#isDue = false;
    // Only runs that were running before the question was asked can be missing from its answer.
    let asked: readonly LiveRun[] = [];
    try {
      asked = this.#ports.running();
      if (asked.length === 0) return;
      const jobs = await this.#ports.listJobs();
      this.#failures = 0;
      if (this.#suspended) return;
      this.#ports.looked(null);
      this.#compare(asked, jobs);
    } catch (failure) {
      this.#failures += 1;
      if (!this.#suspended) this.#ports.looked(failure);
    } finally {
      this.#looking = false;
      if (asked.length > 0 || this.#failures > 0) this.#scheduleNext();
    }
  }

  /** Somebody poked while a look was under way. */
  #mustLookAgain(): boolean {
    return this.#lookAgain;
  }

  #compare(asked: readonly LiveRun[], jobs: readonly Job[]): void {
    const states = new Map(jobs.map((job) => [job.id, job.state]));
    const stoppingSince = new Map<string, number>();
    for (const run of asked) {
      const state = run.jobId === null ? undefined : states.get(run.jobId);
      if (state === undefined) this.#ports.ended(run, 'unknown');
      else if (isOver(state)) this.#ports.ended(run, state);
      else if (run.stopRequested && state === 'running') this.#ports.unheard(run);
      else if (state === 'forceStop') {
        const since = this.#stoppingSince.get(run.id) ?? this.#waited;
        // Its block may never come back. The server will not say so; after a while the run ends without it.
        if (this.#waited - since >= STOPPING_MS) this.#ports.ended(run, 'stopped');
        else stoppingSince.set(run.id, since);
      }
    }
    this.#stoppingSince = stoppingSince;
  }

  #isAllHeard(): boolean {
    return this.#ports.running().every((run) => this.#ports.isHeard(run));
  }

  #scheduleNext(): void {
    if (this.#mustLookAgain()) this.#schedule(FASTEST_MS);
    else if (this.#failures === 0 && this.#isAllHeard()) this.#scheduleNet();
    else this.#schedule(pollDelay(this.#age, this.#failures, this.#ports.random()));
  }

  #scheduleNet(): void {
    this.#schedule(jittered(WITH_EVENTS_MS, this.#ports.random()));
    this.#isRelaxed = true;
  }
}
