import type { Clock } from '../clock.ts';
import type { Job } from '../omnitool/schemas.ts';
import type { JobOutcome, RunIn } from './run.ts';

const FASTEST_MS = 250;
const SLOWEST_MS = 10_000;
const FIRST_FAILURE_MS = 2_000;
const SLOWEST_AFTER_FAILURE_MS = 30_000;

/** A job is asked after again once it is a seventh older: what is quick is seen at once, what is slow costs little. */
const AGE_SHARE = 1 / 7;

/**
 * How long to wait before the next look, in ms. `age` is that of the youngest running job. A tenth of jitter keeps
 * many clients from asking at the same moment.
 */
export function pollDelay(age: number, failures: number, random: number): number {
  const jitter = 1 + (random - 0.5) / 5;
  const plain =
    failures > 0
      ? Math.min(FIRST_FAILURE_MS * 2 ** (failures - 1), SLOWEST_AFTER_FAILURE_MS)
      : Math.min(Math.max(age * AGE_SHARE, FASTEST_MS), SLOWEST_MS);
  return Math.round(plain * jitter);
}

export interface WatcherPorts {
  readonly clock: Clock;
  readonly random: () => number;
  /** The runs that this process carries and that are running, as they are stored now. */
  running(): readonly RunIn<'running'>[];
  listJobs(): Promise<readonly Job[]>;
  /** The server says it ended, or no longer knows it (`unknown`). */
  ended(run: RunIn<'running'>, outcome: JobOutcome): void;
  /** It was asked to stop, and the server does not know that. */
  unheard(run: RunIn<'running'>): void;
  /** A look failed (null: it did not). Must not throw. */
  looked(failure: unknown): void;
}

/**
 * Looks after all running jobs of one profile with one request at a time. Does nothing while nothing runs: there is
 * no timer then, and no request.
 */
export class Watcher {
  readonly #ports: WatcherPorts;
  #cancelTimer: (() => void) | null = null;
  #looking = false;
  #lookAgain = false;
  #suspended = false;
  #failures = 0;

  constructor(ports: WatcherPorts) {
    this.#ports = ports;
  }

  /** Something started, or somebody wants to know: look soon. */
  poke(): void {
    if (this.#looking) this.#lookAgain = true;
    else this.#schedule(FASTEST_MS);
  }

  /** The machine goes to sleep, or the program ends: no timer stays behind. */
  suspend(): void {
    this.#suspended = true;
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
  }

  #schedule(delayMs: number): void {
    this.#cancel();
    if (!this.#suspended) this.#cancelTimer = this.#ports.clock.after(delayMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#cancelTimer = null;
    this.#looking = true;
    this.#lookAgain = false;
    // Only runs that were running before the question was asked can be missing from its answer.
    let asked: readonly RunIn<'running'>[] = [];
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
      if (asked.length > 0 || this.#failures > 0)
        this.#schedule(this.#mustLookAgain() ? FASTEST_MS : this.#nextDelay(asked));
    }
  }

  /** Somebody poked while a look was under way. */
  #mustLookAgain(): boolean {
    return this.#lookAgain;
  }

  #compare(asked: readonly RunIn<'running'>[], jobs: readonly Job[]): void {
    const states = new Map(jobs.map((job) => [job.id, job.state]));
    for (const run of asked) {
      const state = run.jobId === null ? undefined : states.get(run.jobId);
      if (state === undefined) this.#ports.ended(run, 'unknown');
      else if (isOutcome(state)) this.#ports.ended(run, state);
      else if (run.stopRequested && state === 'running') this.#ports.unheard(run);
    }
  }

  #nextDelay(asked: readonly RunIn<'running'>[]): number {
    const { clock, random } = this.#ports;
    const youngest = Math.max(0, ...asked.map((run) => run.since));
    return pollDelay(Math.max(0, clock.now() - youngest), this.#failures, random());
  }
}

/** Every other state is on the way: `forceStop` still works on its block, `ready` has not begun (wire 6). */
const isOutcome = (state: string): state is JobOutcome => ['success', 'error', 'stopped'].includes(state);
