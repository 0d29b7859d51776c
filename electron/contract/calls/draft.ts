import { z } from 'zod';
import type { DraftView } from '../views.ts';
import { id, nothing, takes } from './call.ts';

export const DRAFT_CALLS = {
  'draft:add-paths': takes(
    z.strictObject({ paths: z.array(z.string().min(1).max(32_767)).max(1_000) }),
  ).gives<DraftView>(),
  /** A text of one web address becomes a link. */
  'draft:add-text': takes(z.strictObject({ text: z.string().min(1).max(5_000_000) })).gives<DraftView>(),
  'draft:pick-files': nothing.gives<DraftView>(),
  'draft:paste': nothing.gives<DraftView>(),
  'draft:remove': takes(z.strictObject({ attachmentId: id })).gives<DraftView>(),
  'draft:clear': nothing.gives<DraftView>(),
  'draft:edit': takes(
    z.strictObject({
      recipeId: id.nullable().optional(),
      message: z.string().max(5_000_000).optional(),
      mode: z.enum(['together', 'each']).optional(),
    }),
  ).gives<DraftView>(),
  /** Puts the inputs, message and recipe of an earlier run back on the table. */
  'draft:from-run': takes(z.strictObject({ runId: id })).gives<DraftView>(),
} as const;
