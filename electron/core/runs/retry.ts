import type { ProfileId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';

const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;

/** Asks again for profiles whose runs wait, ever more seldom. No timer while nothing waits. */
export class Retry {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #attempt: (profileId: ProfileId) => Promise<boolean>;
  readonly #planned = new Map<ProfileId, () => void>();
  readonly #failures = new Map<ProfileId, number>();

  /** `attempt` answers whether it is done; it must not throw. */
  constructor(clock: Clock, random: () => number, attempt: (profileId: ProfileId) => Promise<boolean>) {
    this.#clock = clock;
    this.#random = random;
    this.#attempt = attempt;
  }

  /** `atLeastMs`: the server asked to be left alone for so long, also by what was planned before. */
  plan(profileId: ProfileId, atLeastMs: number | null = null): void {
    if (atLeastMs === null && this.#planned.has(profileId)) return;
    this.#planned.get(profileId)?.();
    const failures = this.#failures.get(profileId) ?? 0;
    this.#failures.set(profileId, failures + 1);
    const delay = Math.max(Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (1 + this.#random() / 10), atLeastMs ?? 0);
    this.#planned.set(
      profileId,
      this.#clock.after(delay, () => void this.#run(profileId)),
    );
  }

  succeeded(profileId: ProfileId): void {
    this.#failures.delete(profileId);
  }

  cancelAll(): void {
    for (const cancel of this.#planned.values()) cancel();
    this.#planned.clear();
  }

  async #run(profileId: ProfileId): Promise<void> {
    this.#planned.delete(profileId);
    if (!(await this.#attempt(profileId))) this.plan(profileId);
  }
}
