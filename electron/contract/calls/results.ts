import { z } from 'zod';
import type { PreviewView, ResultView } from '../views.ts';
import { id, takes } from './call.ts';

const artifact = z.strictObject({ runId: id, position: z.int().min(0) });

export const RESULTS_CALLS = {
  'results:view': takes(z.strictObject({ runId: id })).gives<ResultView>(),
  /** The beginning of a text file; `none` for a file that is no text. */
  'results:preview': takes(artifact).gives<PreviewView>(),
  /** The bytes of a PDF; null for other files and for one that is too large to be shown. */
  'results:bytes': takes(artifact).gives<Uint8Array<ArrayBuffer> | null>(),
  'results:copy-text': takes(
    z.strictObject({ runId: id, part: z.enum(['text', 'object', 'message']), position: z.int().min(0) }),
  ).gives<null>(),
  /** Asks where to, then copies. The answer is the chosen file's name, null when the user changed their mind. */
  'results:save': takes(artifact).gives<{ readonly savedAs: string | null }>(),
  'results:save-all': takes(z.strictObject({ runId: id })).gives<{
    readonly folder: string | null;
    readonly files: number;
  }>(),
  'results:reveal': takes(z.strictObject({ runId: id, position: z.int().min(0).nullable() })).gives<null>(),
} as const;
