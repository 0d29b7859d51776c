import { describe, expect, it } from 'vitest';
import { END_STATES, isEnded, RUN_STATES } from '../../../electron/contract/views.ts';
import { TRANSITIONS, mayMove } from '../../../electron/core/model/run-states.ts';

const reachableFrom = (start: keyof typeof TRANSITIONS): ReadonlySet<string> => {
  const seen = new Set<string>([start]);
  for (const state of seen) for (const next of TRANSITIONS[state as keyof typeof TRANSITIONS]) seen.add(next);
  return seen;
};

describe('the states of a run', () => {
  it('can leave every state except the final ones', () => {
    for (const state of RUN_STATES) expect(TRANSITIONS[state].length > 0, state).toBe(!isEnded({ state }));
  });

  it('are all reachable from queued', () => {
    expect([...reachableFrom('queued')].sort()).toEqual([...RUN_STATES].sort());
  });

  it('never return from a possibly sent start to a state that sends', () => {
    for (const state of ['unconfirmed', 'running', 'collecting'] as const) {
      for (const sending of ['queued', 'waiting', 'uploading', 'starting']) {
        expect([...reachableFrom(state)], `${state} to ${sending}`).not.toContain(sending);
      }
    }
  });

  it('are done, empty or lost only after the result was requested', () => {
    for (const end of END_STATES.filter((state) => state !== 'failed' && state !== 'stopped')) {
      const before = RUN_STATES.filter((state) => mayMove(state, end));
      expect(before, end).toEqual(['collecting']);
    }
  });
});
