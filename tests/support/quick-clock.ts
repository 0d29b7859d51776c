import type { Clock } from '../../electron/core/base/clock.ts';

/**
 * The real time, in which whoever waits waits only a twentieth as long: what OmniTray does after half a minute of
 * trying again is seen after a second and a half.
 */
export const quickClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms / 20);
    return () => clearTimeout(timer);
  },
};
