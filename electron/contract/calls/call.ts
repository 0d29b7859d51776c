/** How a call is declared. */
import { z } from 'zod';

interface Call<Schema extends z.ZodType, Answer> {
  readonly request: Schema;
  /** Carries the answer's type; there is no value. */
  readonly answer?: Answer;
}

export const takes = <Schema extends z.ZodType>(request: Schema) => ({
  gives: <Answer>(): Call<Schema, Answer> => ({ request }),
});

export const nothing = takes(z.undefined());
export const id = z.string().min(1).max(128);
