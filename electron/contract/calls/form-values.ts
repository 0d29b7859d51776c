import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { FormValues } from '../views.ts';
import { PROTOCOL } from './call.ts';

/** The key of a field. */
export const formKey = z.string().max(1_000, PROTOCOL);

/** What a form is filled in with. A form has at most 1,000 fields. */
export const formValues: z.ZodType<FormValues> = z
  .record(formKey, z.json())
  .refine((values) => Object.keys(values).length <= 1_000 && JSON.stringify(values).length <= LIMITS.text, PROTOCOL);
