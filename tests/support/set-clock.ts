import { type Clock, systemClock } from '../../electron/core/base/clock.ts';

/** The real time, with a wall clock that a test can set: what ends at a certain time ends when the test wants it to. */
export interface SetClock extends Clock {
  /** Sets the wall clock forward by that many ms. Timers do not look at it. */
  forward(ms: number): void;
}

export function openSetClock(): SetClock {
  let ahead = 0;
  return {
    monotonic: () => performance.now(),
    now: () => systemClock.now() + ahead,
    after: (ms, task) => systemClock.after(ms, task),
    forward: (ms) => {
      ahead += ms;
    },
  };
}
