/** How the delay between attempts grows; all times in ms. */
export interface BackOff {
  /** The delay after the first failure. It doubles with each further failure. */
  readonly first: number;
  readonly longest: number;
  /** The share of the delay that is added at random, so that many clients do not ask at the same moment. */
  readonly spread?: number;
}

/**
 * The delay before the next attempt, in ms.
 *
 * @param failures failed attempts in a row, from 1
 * @param random from 0 to 1
 */
export const backOffDelay = ({ first, longest, spread = 0 }: BackOff, failures: number, random = 0): number =>
  Math.min(first * 2 ** (failures - 1), longest) * (1 + random * spread);
