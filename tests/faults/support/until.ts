import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for any real step on a loaded machine; a condition that holds is seen at once. */
const PATIENCE_MS = 40_000;

/** Waits until a condition holds; says `otherwise` when it never does. */
export async function until(holds: () => boolean, otherwise: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(otherwise());
    await pause(5);
  }
}
