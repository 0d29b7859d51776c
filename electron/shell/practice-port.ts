import type { PracticePort } from '../core/connection/connection.ts';

/** Starts the practice server once, when it is first needed. It runs until the program ends. */
export function practicePort(start: () => Promise<{ readonly origin: string; readonly token: string }>): PracticePort {
  let started: ReturnType<typeof start> | null = null;
  return {
    start: async () => {
      started ??= start();
      try {
        return await started;
      } catch (failure) {
        started = null;
        throw failure;
      }
    },
  };
}
