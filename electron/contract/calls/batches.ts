import { z } from 'zod';
import type { BatchOrder, BatchProgressView, BatchRowView, BatchView, RunId, SavedView } from '../views.ts';
import { id, PROTOCOL, takes } from './call.ts';

const batch = z.strictObject({ batchId: id });
/** The longest key of a column: the key of a field with its prefix. */
const order: z.ZodType<BatchOrder> = z.union([
  z.enum(['given', 'state', 'took', 'answer']),
  z.templateLiteral(['column:', z.string().max(1_100, PROTOCOL)]),
]);

export const BATCHES_CALLS = {
  /** What differs between the runs of a batch. Its texts are cut; the runs themselves come by `batches:rows`. */
  'batches:view': takes(batch).gives<BatchView>(),
  /** How many runs of a batch are in which state. */
  'batches:progress': takes(batch).gives<BatchProgressView>(),
  /** A page of runs. Left out: those that are not of this batch, or were removed. */
  'batches:rows': takes(batch.extend({ runIds: z.array(id).min(1).max(200, PROTOCOL) })).gives<
    readonly BatchRowView[]
  >(),
  /** All runs of a batch, sorted. */
  'batches:order': takes(batch.extend({ by: order, isDown: z.boolean() })).gives<readonly RunId[]>(),
  /** Lets the user choose a file and writes all runs to it. Answers its path; null when the user cancelled. */
  'batches:save-csv': takes(batch).gives<{ readonly savedAs: string | null }>(),
  /** Lets the user choose a folder and makes a folder in it with all runs and a CSV. The event `batch:saving` tells how far it is. */
  'batches:export': takes(batch).gives<SavedView>(),
  /** Ends that after the current run. What was exported stays. */
  'batches:stop-export': takes(batch).gives<null>(),
} as const;
