import { z } from 'zod';
import type { BatchOrder, BatchProgressView, BatchRowView, BatchView, RunId } from '../views.ts';
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
} as const;
