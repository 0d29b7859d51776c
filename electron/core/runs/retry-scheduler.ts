import { isLiftedBy, type ProfileId } from '../../contract/views.ts';
import { backOffDelay } from '../base/back-off.ts';
import type { LiveRun } from './live-runs.ts';
import type { Stage } from './stage.ts';

const BACK_OFF = { first: 2_000, longest: 60_000, spread: 0.1 };

/** Retries waiting runs: checks each profile once for all its runs, with back-off. No timer runs while none waits. */
export class RetryScheduler {
  readonly #stage: Stage;
  /** Functions that cancel the next check. */
  readonly #planned = new Map<ProfileId, () => void>();
  readonly #failures = new Map<ProfileId, number>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Plans a check for a run that does not continue now. */
  park(run: LiveRun): void {
    if (canBeLifted(run)) this.plan(run.profileId);
  }

  /** Plans checks for all waiting runs. */
  parkAll(): void {
    for (const run of this.#stage.live.all()) this.park(run);
  }

  /** Plans a check of a profile. `atLeastMs`: the pause that its server asked for; it replaces an earlier plan. */
  plan(profileId: ProfileId, atLeastMs: number | null = null): void {
    const { signal, clock, random } = this.#stage;
    if (signal.aborted || (atLeastMs === null && this.#planned.has(profileId))) return;
    this.#planned.get(profileId)?.();
    const failures = (this.#failures.get(profileId) ?? 0) + 1;
    this.#failures.set(profileId, failures);
    const delay = Math.max(backOffDelay(BACK_OFF, failures, random()), atLeastMs ?? 0);
    this.#planned.set(
      profileId,
      clock.after(delay, () => void this.#run(profileId)),
    );
  }

  /** A run of the profile was started: the back-off begins anew. */
  succeeded(profileId: ProfileId): void {
    this.#failures.delete(profileId);
  }

  suspend(): void {
    for (const cancel of this.#planned.values()) cancel();
    this.#planned.clear();
  }

  /** The profile answers again, or has a new token, or was removed. */
  wake(profileId: ProfileId): void {
    const { live, processor, events, signal } = this.#stage;
    if (signal.aborted) return;
    try {
      const isIdle = (run: LiveRun): boolean =>
        run.profileId === profileId &&
        run.state !== 'running' &&
        run.reason !== 'paused' &&
        !isExamined(run) &&
        !processor.isProcessing(run.id);
      events.emit('usable', { profileId, runs: live.all().filter(isIdle) });
    } catch (failure) {
      this.#failed(profileId, failure);
      this.plan(profileId);
    }
  }

  async #run(profileId: ProfileId): Promise<void> {
    this.#planned.delete(profileId);
    if (!(await this.#check(profileId))) this.plan(profileId);
  }

  /** Whether no further check is needed. */
  async #check(profileId: ProfileId): Promise<boolean> {
    const { live, processor, servers, events, signal } = this.#stage;
    if (signal.aborted) return true;
    try {
      const waits = (run: LiveRun): boolean =>
        run.profileId === profileId && !processor.isProcessing(run.id) && canBeLifted(run);
      if (!live.all().some(waits)) {
        // The waiting runs were stopped. The next run finds out how the server is.
        events.emit('usable', { profileId, runs: [] });
        return true;
      }
      const isReady = await servers.check(profileId);
      if (isReady) this.wake(profileId);
      return isReady;
    } catch (failure) {
      this.#failed(profileId, failure);
      return false;
    }
  }

  #failed(profileId: ProfileId, failure: unknown): void {
    this.#stage.events.emit('failed', { message: 'Waiting runs could not be continued.', failure, profileId });
  }
}

/** All that the server knows of the job was compared; the user decides. */
const isExamined = (run: LiveRun): boolean => run.state === 'unconfirmed' && run.candidates !== null;

/**
 * Whether a check can lift what the run waits for. A new token wakes the run (`Servers.onReady`). Running jobs are polled
 * by the JobPoller.
 */
const canBeLifted = (run: LiveRun): boolean =>
  run.state !== 'running' && !isExamined(run) && !isLiftedBy(run.reason, 'new-token', 'resume');
