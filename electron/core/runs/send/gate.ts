import type { ProfileId, RunReason } from '../../../contract/views.ts';

/** Why nothing can be sent just now. */
export interface Hold {
  readonly reason: RunReason;
  readonly detail: string | null;
}

const PAUSED: Hold = { reason: 'paused', detail: null };

/** What keeps runs from being sent: the user's pause, for all, and what is wrong with a profile, for its own. */
export class Gate {
  readonly #held = new Map<ProfileId, Hold>();
  #paused = false;

  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
  }

  hold(profileId: ProfileId, hold: Hold): void {
    this.#held.set(profileId, hold);
  }

  lift(profileId: ProfileId): void {
    this.#held.delete(profileId);
  }

  /** null: it may be sent. */
  holdOf(profileId: ProfileId): Hold | null {
    return this.#paused ? PAUSED : (this.#held.get(profileId) ?? null);
  }
}
