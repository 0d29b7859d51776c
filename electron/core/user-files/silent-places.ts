import { sep } from 'node:path';

/** How long a place that does not answer is left alone before one more call tries it, in ms. */
const TRY_AGAIN_MS = 15_000;

/** Threads that one place may hold at a time. After that it is only known to be back by one of them that returns. */
const MOST_STUCK = 3;

interface Place {
  stuck: number;
  /** Until when calls are refused at once; null: it answers again. */
  silentUntil: number | null;
}

/** The folders, mostly roots of network drives, that a call did not come back from. Times are of a monotonic clock, in ms. */
export class SilentPlaces {
  readonly #places = new Map<string, Place>();

  /** Whether a call there would hang as well. Now and then one is let through, to find out. */
  refuses(path: string, now: number): boolean {
    for (const [place, state] of this.#places) {
      if (state.silentUntil === null || !isUnder(path, place)) continue;
      if (now < state.silentUntil || state.stuck >= MOST_STUCK) return true;
      state.silentUntil = now + TRY_AGAIN_MS;
    }
    return false;
  }

  isSilent(path: string): boolean {
    return [...this.#places].some(([place, { silentUntil }]) => silentUntil !== null && isUnder(path, place));
  }

  /** A thread is stuck there. */
  add(place: string, now: number): void {
    const stuck = (this.#places.get(place)?.stuck ?? 0) + 1;
    this.#places.set(place, { stuck, silentUntil: now + TRY_AGAIN_MS });
  }

  /** A thread that was stuck there came back. */
  cameBack(place: string): void {
    const state = this.#places.get(place);
    if (state === undefined) return;
    state.stuck -= 1;
    state.silentUntil = null;
    if (state.stuck <= 0) this.#places.delete(place);
  }

  /** A call under these paths was answered. */
  answered(paths: readonly string[]): void {
    for (const [place, state] of this.#places) {
      if (!paths.some((path) => isUnder(path, place))) continue;
      state.silentUntil = null;
      if (state.stuck === 0) this.#places.delete(place);
    }
  }
}

export const isUnder = (path: string, place: string): boolean =>
  path === place || path.startsWith(place.endsWith(sep) ? place : place + sep);
