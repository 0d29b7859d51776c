import { sep } from 'node:path';

/** How long a silent place is left alone before one more call tries it, in ms. */
const TRY_AGAIN_MS = 15_000;

/** Threads that one place may block at a time. After that, only the return of one of them shows that it is back. */
const MOST_STUCK = 3;

interface Place {
  stuck: number;
  /** Until when calls are refused at once; null: it answers again. */
  silentUntil: number | null;
}

/** The folders, mostly roots of network drives, in which a call hangs. Times are of a monotonic clock, in ms. */
export class SilentPlaces {
  readonly #places = new Map<string, Place>();

  /** Whether a call there would probably hang too. Now and then one is let through to find out. */
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

  /** A thread hangs there. */
  add(place: string, now: number): void {
    const stuck = (this.#places.get(place)?.stuck ?? 0) + 1;
    this.#places.set(place, { stuck, silentUntil: now + TRY_AGAIN_MS });
  }

  /** A thread that hung there returned. */
  cameBack(place: string): void {
    const state = this.#places.get(place);
    if (state === undefined) return;
    state.stuck -= 1;
    state.silentUntil = null;
    if (state.stuck <= 0) this.#places.delete(place);
  }

  /** A call under these paths returned. */
  answered(paths: readonly string[]): void {
    for (const [place, state] of this.#places) {
      if (!paths.some((path) => isUnder(path, place))) continue;
      state.silentUntil = null;
      if (state.stuck === 0) this.#places.delete(place);
    }
  }
}

/** Whether a path is the place itself or below it. */
export const isUnder = (path: string, place: string): boolean =>
  path === place || path.startsWith(place.endsWith(sep) ? place : place + sep);
