import { describe, expect, it } from 'vitest';
import { END_STATES, RUN_STATES } from '../../../electron/contract/views.ts';
import { TRANSITIONS, isEnd, mayMove } from '../../../electron/core/model/run-states.ts';

const reachableFrom = (start: keyof typeof TRANSITIONS): ReadonlySet<string> => {
  const seen = new Set<string>([start]);
  for (const state of seen) for (const next of TRANSITIONS[state as keyof typeof TRANSITIONS]) seen.add(next);
  return seen;
};

describe('the life of a run', () => {
  it('can leave every state that is not an end, and no end', () => {
    for (const state of RUN_STATES) expect(TRANSITIONS[state].length > 0, state).toBe(!isEnd(state));
  });

  it('reaches every state from queued', () => {
    expect([...reachableFrom('queued')].sort()).toEqual([...RUN_STATES].sort());
  });

  it('never leads from a start that may have reached the server back to one that would send it again', () => {
    for (const state of ['unconfirmed', 'running', 'collecting'] as const) {
      for (const sending of ['queued', 'waiting', 'uploading', 'starting']) {
        expect([...reachableFrom(state)], `${state} to ${sending}`).not.toContain(sending);
      }
    }
  });

  it('is done, empty or lost only after the result was asked for', () => {
    for (const end of END_STATES.filter((state) => state !== 'failed' && state !== 'stopped')) {
      const before = RUN_STATES.filter((state) => mayMove(state, end));
      expect(before, end).toEqual(['collecting']);
    }
  });
});
