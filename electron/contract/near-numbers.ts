import type { ControlOf } from './views/forms.ts';

/**
 * The allowed numbers nearest to one: that number itself when it is allowed, a limit that it exceeds, or the steps below and
 * above it, the smaller first. Empty when none of them is within the limits.
 */
export function numbersNear({ min, max, step, isWhole }: ControlOf<'number'>, number: number): readonly number[] {
  const start = min ?? 0;
  const unit = step ?? (isWhole ? 1 : null);
  const isInside = (each: number): boolean => each >= (min ?? -Infinity) && each <= (max ?? Infinity);
  if (min !== null && number < min) return [min].filter(isInside);
  if (unit === null || unit <= 0) return [max === null ? number : Math.min(number, max)].filter(isInside);
  if (max !== null && number > max)
    return [tidy(start + Math.floor(tidy((max - start) / unit)) * unit)].filter(isInside);
  const steps = tidy((number - start) / unit);
  const near = new Set([Math.floor(steps), Math.ceil(steps)].map((count) => tidy(start + count * unit)));
  return [...near].filter(isInside);
}

/** Without the digits that steps such as 0.1 add in binary. */
export const tidy = (number: number): number => Number(number.toPrecision(12));
