import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** Looks until there is something. Throws with `what()` when nothing came in time. */
export async function until<T>(
  look: () => T | null | Promise<T | null>,
  patienceMs: number,
  what: () => string,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(what());
    await pause(LOOK_EVERY_MS);
  }
}
