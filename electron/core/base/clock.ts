import { setImmediate as immediate, setTimeout as timeout } from 'node:timers/promises';

/** The time as the core sees it. Tests pass a clock of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since an arbitrary moment. It is never set back, but may stop while the machine sleeps. */
  monotonic(): number;
  /** Runs `task` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The clock of this machine. Only this file uses timers and `Date.now()`, so that tests can control the time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Runs `task` every `ms` milliseconds. Returns a function that ends it. */
export function every(ms: number, task: () => void): () => void {
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
}

/** As `Clock.after`, but does not keep the process alive. */
export function afterIfAlive(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms).unref();
  return () => clearTimeout(timer);
}

/** Resolves after `ms` milliseconds. Does not keep the process alive. */
export const pause = (ms: number): Promise<void> => timeout(ms, undefined, { ref: false });

/** Lets the event loop handle other work before the caller continues. */
export const yieldToOthers = (): Promise<void> => immediate();
