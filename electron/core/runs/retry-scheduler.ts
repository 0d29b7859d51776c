import type { ProfileId, RunReason } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import type { LiveRun, LiveRuns } from './live-runs.ts';
import { Retry } from './retry.ts';
import type { Servers } from '../model/servers.ts';

export interface WaitingPorts {
  readonly live: LiveRuns;
  readonly servers: Servers;
  readonly clock: Clock;
  readonly random: () => number;
  /** Somebody is at work on the run just now. */
  isCarried(run: LiveRun): boolean;
  /** The profile can be used (again): these of its runs have their turn. */
  takeUp(profileId: ProfileId, runs: readonly LiveRun[]): void;
  /** Must not throw. */
  failed(profileId: ProfileId, failure: unknown): void;
}

/** The runs that wait: what they wait for is asked after, one question for all of a profile, and they go on by themselves. */
export class RetryScheduler {
  readonly #ports: WaitingPorts;
  readonly #retry: Retry;
  #closed = false;

  constructor(ports: WaitingPorts) {
    this.#ports = ports;
    this.#retry = new Retry(ports.clock, ports.random, (profileId) => this.#tryAgain(profileId));
  }

  /** The run does not go on just now. */
  park(run: LiveRun): void {
    if (!this.#closed && canBeLifted(run)) this.#retry.plan(run.profileId);
  }

  /** Asks for all that wait, some time from now. */
  parkAll(): void {
    for (const run of this.#ports.live.all()) this.park(run);
  }

  /** Something of this profile is to be tried again; not before `atLeastMs` where the server asked for that. */
  plan(profileId: ProfileId, atLeastMs: number | null = null): void {
    if (!this.#closed) this.#retry.plan(profileId, atLeastMs);
  }

  succeeded(profileId: ProfileId): void {
    this.#retry.succeeded(profileId);
  }

  suspend(): void {
    this.#retry.cancelAll();
  }

  close(): void {
    this.#closed = true;
    this.#retry.cancelAll();
  }

  /** The profile answers again, or has a new token, or is gone. */
  wake(profileId: ProfileId): void {
    if (this.#closed) return;
    try {
      const idle = this.#ports.live
        .all()
        .filter(
          (run) =>
            run.profileId === profileId &&
            run.state !== 'running' &&
            run.reason !== 'paused' &&
            !isLookedInto(run) &&
            !this.#ports.isCarried(run),
        );
      this.#ports.takeUp(profileId, idle);
    } catch (failure) {
      // A database that cannot be written just now.
      this.#ports.failed(profileId, failure);
      this.#retry.plan(profileId);
    }
  }

  async #tryAgain(profileId: ProfileId): Promise<boolean> {
    if (this.#isClosed()) return true;
    const { live, servers } = this.#ports;
    try {
      const waits = (run: LiveRun): boolean =>
        run.profileId === profileId && !this.#ports.isCarried(run) && canBeLifted(run);
      if (!live.all().some(waits)) {
        // Whoever waited was stopped. What comes next finds out for itself how the server is.
        this.#ports.takeUp(profileId, []);
        return true;
      }
      const ready = await servers.check(profileId);
      if (ready) this.wake(profileId);
      return ready || this.#isClosed();
    } catch (failure) {
      this.#ports.failed(profileId, failure);
      return this.#isClosed();
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

/** Reasons that only the user can lift: asking again would change nothing, a new token wakes the run (Servers.onReady). */
const NEEDS_USER: readonly (RunReason | null)[] = ['token-expired', 'token-refused', 'token-absent', 'paused'];

/** What there is to know of its job is known; the rest is the user's. */
const isLookedInto = (run: LiveRun): boolean => run.state === 'unconfirmed' && run.candidates !== null;

/** Does not go on just now for a reason that asking again can lift. Those that run have their watcher. */
const canBeLifted = (run: LiveRun): boolean =>
  run.state !== 'running' && !isLookedInto(run) && !NEEDS_USER.includes(run.reason);
