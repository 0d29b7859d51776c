import { z } from 'zod';
import type { ResultView } from '../views.ts';
import { id, takes } from './call.ts';

export const RESULTS_CALLS = {
  'results:view': takes(z.strictObject({ runId: id })).gives<ResultView>(),
  'results:copy-text': takes(
    z.strictObject({ runId: id, part: z.enum(['text', 'object', 'message']), position: z.int().min(0) }),
  ).gives<null>(),
  /** Asks where to, then copies. The answer is the chosen file's name, null when the user changed their mind. */
  'results:save': takes(z.strictObject({ runId: id, position: z.int().min(0) })).gives<{
    readonly savedAs: string | null;
  }>(),
  'results:save-all': takes(z.strictObject({ runId: id })).gives<{
    readonly folder: string | null;
    readonly files: number;
  }>(),
  'results:reveal': takes(z.strictObject({ runId: id, position: z.int().min(0).nullable() })).gives<null>(),
} as const;
