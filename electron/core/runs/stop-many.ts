import { yieldToOthers } from '../base/clock.ts';
import type { RunId } from '../../contract/views.ts';
import { mapLimit } from '../base/map-limit.ts';
import type { RunEngine } from './engine.ts';

/** Stops that are told to a server at a time. */
const STOPS_AT_ONCE = 4;

/**
 * Asks for the end of many runs. `runIds` in the order in which they were made; the last one is stopped first, so that
 * none of those that wait is sent because one before it made room. One that cannot be stopped does not keep the others
 * from it; the first failure is thrown at the end.
 */
export async function stopMany(engine: Pick<RunEngine, 'stop'>, runIds: readonly RunId[]): Promise<void> {
  const failures: unknown[] = [];
  await mapLimit(runIds.toReversed(), STOPS_AT_ONCE, async (id) => {
    // Each is a write to the disk; a thousand in a row would hold everything else up.
    await yieldToOthers();
    try {
      await engine.stop(id);
    } catch (failure) {
      failures.push(failure);
    }
  });
  if (failures.length > 0) throw failures[0];
}
