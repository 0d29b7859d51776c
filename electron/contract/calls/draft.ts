import { z } from 'zod';
import type { DraftView } from '../views.ts';
import { INPUT_KINDS } from '../views.ts';
import { id, nothing, PROTOCOL, takes, textUpTo } from './call.ts';
import { dropped, fileBytes } from './dropped.ts';

const text = textUpTo('text');
const attachment = z.strictObject({ attachmentId: id });

const pixels = z.int().min(1).max(1_000_000, PROTOCOL);
const size = z.strictObject({ width: pixels, height: pixels });

export const DRAFT_CALLS = {
  'draft:add': takes(dropped).gives<DraftView>(),
  'draft:pick-files': nothing.gives<DraftView>(),
  'draft:pick-folder': nothing.gives<DraftView>(),
  'draft:paste': nothing.gives<DraftView>(),
  /** Puts the files in a folder in its place. */
  'draft:open-folder': takes(attachment).gives<DraftView>(),
  /** Looks once more at a file whose drive did not answer. */
  'draft:look-again': takes(attachment).gives<DraftView>(),
  /** Sends an attachment under this argument wherever the recipe takes it; null: as the recipe decides. */
  'draft:send-as': takes(
    z.strictObject({ attachmentId: id, sendAs: z.enum(INPUT_KINDS).nullable() }),
  ).gives<DraftView>(),
  /** A picture that not every recipe can open, for the page to draw. */
  'draft:picture': takes(attachment).gives<Uint8Array>(),
  /** Puts a PNG in the place of such a picture; the page drew it. */
  'draft:convert': takes(
    z.strictObject({ attachmentId: id, png: fileBytes, width: pixels, height: pixels, scaledFrom: size.nullable() }),
  ).gives<DraftView>(),
  /** Puts the picture that a PNG was made of back in its place. */
  'draft:use-original': takes(attachment).gives<DraftView>(),
  /** Gives an attachment another place among the others, counted from 0. */
  'draft:move': takes(z.strictObject({ attachmentId: id, to: z.int().min(0) })).gives<DraftView>(),
  'draft:remove': takes(attachment).gives<DraftView>(),
  'draft:clear': nothing.gives<DraftView>(),
  /** Brings back what was there before a change and all that came after it; null: before the last one. */
  'draft:undo': takes(z.strictObject({ step: z.int().nullable() })).gives<DraftView>(),
  /** Undoes the last undo. */
  'draft:redo': nothing.gives<DraftView>(),
  'draft:edit': takes(
    z.strictObject({
      recipeId: id.nullable().optional(),
      message: text.optional(),
      data: text.optional(),
      mode: z.enum(['together', 'each']).optional(),
    }),
  ).gives<DraftView>(),
  /** Puts the inputs, message and recipe of an earlier run back on the table. */
  'draft:from-run': takes(z.strictObject({ runId: id })).gives<DraftView>(),
} as const;
