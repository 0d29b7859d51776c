import { beforeEach } from 'vitest';

/**
 * At the top of a describe or of a file: leaves its tests out where this machine lacks what they need, which the run
 * says at its end (left-out-reporter.ts). null: nothing is lacking.
 */
export function needs(lacking: string | null): void {
  beforeEach(({ skip }) => {
    if (lacking !== null) skip(lacking);
  });
}
