/** Helpers that declare a call. */
import { z } from 'zod';
import { isLimitName, type LimitName, LIMITS } from '../limits.ts';

interface Call<Schema extends z.ZodType, Answer> {
  readonly request: Schema;
  /** Carries the answer's type; there is no value. */
  readonly answer?: Answer;
}

export const takes = <Schema extends z.ZodType>(request: Schema) => ({
  gives: <Answer>(): Call<Schema, Answer> => ({ request }),
});

export const nothing = takes(z.undefined());

/**
 * The message of limits that only a defective page exceeds: ids, and lists that the page itself cuts. The message of every
 * other limit is its name in limits.ts.
 */
export const PROTOCOL = 'protocol';

export const id = z.string().min(1).max(128, PROTOCOL);

/** A text with a limit of its own. */
export const textUpTo = (name: LimitName) => z.string().max(LIMITS[name], name);

/** A list with a limit of its own. */
export const listUpTo = <Item extends z.ZodType>(item: Item, name: LimitName) => z.array(item).max(LIMITS[name], name);

/** The limit that a request exceeds; null when it is invalid for another reason. */
export function limitMet({ issues }: z.ZodError): LimitName | null {
  const met = issues.map(({ message }) => message).find((message) => isLimitName(message));
  return met ?? null;
}
