import { backOffDelay } from '../../base/back-off.ts';
import type { Clock } from '../../base/clock.ts';
import type { Job } from '../../omnitool/schemas.ts';
import { isOver } from './job-registry.ts';
import type { LiveRun } from '../live-runs.ts';
import type { JobOutcome } from '../../model/run.ts';

const FASTEST_MS = 250;
const SLOWEST_MS = 10_000;
const BACK_OFF = { first: 2_000, longest: 30_000 };
/** The delay while the event stream reports every running job, so that polling only finds what it missed, in ms. */
const WITH_EVENTS_MS = 30_000;
/** The longest time that a job may be stopping, in ms. A block that never returns keeps it in that state (wire 6). */
const STOPPING_MS = 10 * 60_000;

/** A job is polled again when it is a seventh older: short jobs are seen to end soon, and long ones cost little. */
const AGE_SHARE = 1 / 7;

/**
 * The delay before the next poll, in ms. `age` is that of the youngest running job. A tenth of jitter keeps many
 * clients from asking at the same moment.
 */
export function pollDelay(age: number, failures: number, random: number): number {
  const plain =
    failures > 0 ? backOffDelay(BACK_OFF, failures) : Math.min(Math.max(age * AGE_SHARE, FASTEST_MS), SLOWEST_MS);
  return jittered(plain, random);
}

const jittered = (ms: number, random: number): number => Math.round(ms * (1 + (random - 0.5) / 5));

/** What a JobPoller works with. The callbacks after `listJobs` must not throw. */
export interface PollerOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** The running runs of this process. */
  running(): readonly LiveRun[];
  /** Whether the event stream is open and has reported that job, so that it will report its end. */
  isReported(run: LiveRun): boolean;
  listJobs(): Promise<readonly Job[]>;
  /** The job has ended, or the server no longer knows it (`unknown`). */
  ended(run: LiveRun, outcome: JobOutcome): void;
  /** The run should stop, and the server does not know that. */
  unheard(run: LiveRun): void;
  /** A poll failed, or succeeded (null). */
  polled(failure: unknown): void;
}

/**
 * Polls all running jobs of one profile with one request at a time. While nothing runs there is no timer and no
 * request.
 *
 * Ages are sums of the poller's own delays, because the clock may jump.
 */
export class JobPoller {
  readonly #options: PollerOptions;
  #cancelTimer: (() => void) | null = null;
  #isPolling = false;
  #pollAgain = false;
  /** The next poll was put off because of the stream. Further events do not put it off again: one job may be silent. */
  #isSlowedDown = false;
  /** A poll was requested: nothing puts it off. */
  #isDue = false;
  #suspended = false;
  #failures = 0;
  /** How long the youngest job has been polled, in ms. */
  #age = 0;
  /** The sum of all delays of this poller, in ms. */
  #waited = 0;
  /** When the jobs that were stopping at the last poll began to, by `#waited`. */
  #stoppingSince: ReadonlyMap<string, number> = new Map();

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** A job has just started. */
  started(): void {
    this.#age = 0;
    this.pollSoon();
  }

  /** Polls soon, unless the stream reports all running jobs. */
  pollSoon(): void {
    if (this.#isPolling) this.#pollAgain = true;
    else if (this.#isAllReported()) this.#scheduleSlow();
    else this.#schedule(FASTEST_MS);
  }

  /** Polls now: the stream may have missed something, or a stop must be sent. */
  pollNow(): void {
    if (this.#isPolling) this.#pollAgain = true;
    else if (!this.#isDue) {
      this.#isDue = true;
      this.#schedule(FASTEST_MS);
    }
  }

  /** The stream has reported one more job. When it has reported all, the next poll is put off. */
  slowDown(): void {
    const isWaiting = !this.#isPolling && this.#cancelTimer !== null && this.#failures === 0;
    if (this.#isSlowedDown || this.#isDue || !isWaiting || !this.#isAllReported()) return;
    this.#scheduleSlow();
  }

  /** Cancels the timer before the machine sleeps or the program ends. */
  suspend(): void {
    this.#suspended = true;
    this.#isDue = false;
    this.#cancel();
  }

  /** After sleep: one poll within `delayMs`, then as usual (platform N1). */
  resume(delayMs: number): void {
    this.#suspended = false;
    this.#schedule(delayMs);
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#isSlowedDown = false;
  }

  #schedule(delayMs: number): void {
    this.#cancel();
    if (this.#suspended) return;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#age += delayMs;
      this.#waited += delayMs;
      void this.#poll();
    });
  }

  async #poll(): Promise<void> {
    this.#cancel();
    this.#isPolling = true;
    this.#pollAgain = false;
    this.#isDue = false;
    // A run that started after the request can be absent from the answer.
    let asked: readonly LiveRun[] = [];
    try {
      asked = this.#options.running();
      if (asked.length === 0) return;
      const jobs = await this.#options.listJobs();
      this.#failures = 0;
      if (this.#suspended) return;
      this.#options.polled(null);
      this.#compare(asked, jobs);
    } catch (failure) {
      this.#failures += 1;
      if (!this.#suspended) this.#options.polled(failure);
    } finally {
      this.#isPolling = false;
      if (asked.length > 0 || this.#failures > 0) this.#scheduleNext();
    }
  }

  /** A method, because a poll may have been requested while one was under way. */
  #mustPollAgain(): boolean {
    return this.#pollAgain;
  }

  #compare(asked: readonly LiveRun[], jobs: readonly Job[]): void {
    const states = new Map(jobs.map((job) => [job.id, job.state]));
    const stoppingSince = new Map<string, number>();
    for (const run of asked) {
      const state = run.jobId === null ? undefined : states.get(run.jobId);
      if (state === undefined) this.#options.ended(run, 'unknown');
      else if (isOver(state)) this.#options.ended(run, state);
      else if (run.stopRequested && state === 'running') this.#options.unheard(run);
      else if (state === 'forceStop') {
        const since = this.#stoppingSince.get(run.id) ?? this.#waited;
        // Its block may never return, and the server does not report that, so the run ends after a while.
        if (this.#waited - since >= STOPPING_MS) this.#options.ended(run, 'stopped');
        else stoppingSince.set(run.id, since);
      }
    }
    this.#stoppingSince = stoppingSince;
  }

  #isAllReported(): boolean {
    return this.#options.running().every((run) => this.#options.isReported(run));
  }

  #scheduleNext(): void {
    if (this.#mustPollAgain()) this.#schedule(FASTEST_MS);
    else if (this.#failures === 0 && this.#isAllReported()) this.#scheduleSlow();
    else this.#schedule(pollDelay(this.#age, this.#failures, this.#options.random()));
  }

  #scheduleSlow(): void {
    this.#schedule(jittered(WITH_EVENTS_MS, this.#options.random()));
    this.#isSlowedDown = true;
  }
}
