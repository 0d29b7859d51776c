/**
 * All calls of a window: the name, the schema of the request and the type of the answer. The types of the handlers, of
 * `window.omnitray` and of the page's bridge follow from this table.
 */
import type { z } from 'zod';
import { APP_CALLS } from './calls/app.ts';
import { CONNECTION_CALLS } from './calls/connection.ts';
import { PRESETS_CALLS } from './calls/presets.ts';
import { RECIPES_CALLS } from './calls/recipes.ts';
import { DRAFT_CALLS } from './calls/draft.ts';
import { RUNS_CALLS } from './calls/runs.ts';
import { BATCHES_CALLS } from './calls/batches.ts';
import { EXTERNAL_JOBS_CALLS } from './calls/external-jobs.ts';
import { RESULTS_CALLS } from './calls/results.ts';
import { SETTINGS_CALLS } from './calls/settings.ts';
import { STORAGE_CALLS } from './calls/storage.ts';
import { TABLES_CALLS } from './calls/tables.ts';

export const CALLS = {
  ...APP_CALLS,
  ...CONNECTION_CALLS,
  ...RECIPES_CALLS,
  ...PRESETS_CALLS,
  ...DRAFT_CALLS,
  ...RUNS_CALLS,
  ...BATCHES_CALLS,
  ...EXTERNAL_JOBS_CALLS,
  ...RESULTS_CALLS,
  ...SETTINGS_CALLS,
  ...STORAGE_CALLS,
  ...TABLES_CALLS,
} as const;

export type CallName = keyof typeof CALLS;
export type RequestOf<Name extends CallName> = z.output<(typeof CALLS)[Name]['request']>;
export type AnswerOf<Name extends CallName> = NonNullable<(typeof CALLS)[Name]['answer']> | NullAnswer<Name>;

/** `NonNullable` drops the null of calls that answer with nothing; this puts it back. */
type NullAnswer<Name extends CallName> = null extends (typeof CALLS)[Name]['answer'] ? null : never;

export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(CALLS, name);
