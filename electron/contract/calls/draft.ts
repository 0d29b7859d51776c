import { z } from 'zod';
import { DRAWN_KINDS, type DraftView, INPUT_KINDS } from '../views.ts';
import { id, nothing, PROTOCOL, takes, textUpTo } from './call.ts';
import { dropped, fileBytes } from './dropped.ts';
import { formKey, formValues } from './form-values.ts';

const text = textUpTo('text');
const attachment = z.strictObject({ attachmentId: id });

const pixels = z.int().min(1).max(1_000_000, PROTOCOL);
const size = z.strictObject({ width: pixels, height: pixels });

export const DRAFT_CALLS = {
  'draft:add': takes(dropped).gives<DraftView>(),
  'draft:pick-files': nothing.gives<DraftView>(),
  'draft:pick-folder': nothing.gives<DraftView>(),
  'draft:paste': nothing.gives<DraftView>(),
  /** Replaces a folder by its files. */
  'draft:open-folder': takes(attachment).gives<DraftView>(),
  /** Inspects a file again, for instance after its drive did not answer. */
  'draft:look-again': takes(attachment).gives<DraftView>(),
  /** Sets the argument under which an attachment is sent when the recipe takes it; null: the recipe decides. */
  'draft:send-as': takes(
    z.strictObject({ attachmentId: id, sendAs: z.enum(INPUT_KINDS).nullable() }),
  ).gives<DraftView>(),
  /** Lets a file fill this field of the form; null: the first that takes it. */
  'draft:fill-field': takes(z.strictObject({ attachmentId: id, field: formKey.nullable() })).gives<DraftView>(),
  /** Lets a file that fills the field `from` fill the field `to` too. */
  'draft:fill-also': takes(z.strictObject({ attachmentId: id, from: formKey, to: formKey })).gives<DraftView>(),
  /** The bytes of a picture, from which the page makes a PNG. `original`: of the picture from which it was made before. */
  'draft:picture': takes(
    z.strictObject({ attachmentId: id, original: z.literal(true).optional() }),
  ).gives<Uint8Array>(),
  /** Replaces a picture by a PNG of it: without `drawn`, of one that not every recipe can open. */
  'draft:convert': takes(
    z.strictObject({
      attachmentId: id,
      png: fileBytes,
      width: pixels,
      height: pixels,
      scaledFrom: size.nullable(),
      drawn: z.enum(DRAWN_KINDS).optional(),
    }),
  ).gives<DraftView>(),
  /** Replaces a PNG by the picture from which it was made. */
  'draft:use-original': takes(attachment).gives<DraftView>(),
  /** Moves an attachment to another position, counted from 0. */
  'draft:move': takes(z.strictObject({ attachmentId: id, to: z.int().min(0) })).gives<DraftView>(),
  'draft:remove': takes(attachment).gives<DraftView>(),
  'draft:clear': nothing.gives<DraftView>(),
  /** Undoes a change and all later ones; null: the last change. */
  'draft:undo': takes(z.strictObject({ step: z.int().nullable() })).gives<DraftView>(),
  /** Undoes the last undo. */
  'draft:redo': nothing.gives<DraftView>(),
  'draft:edit': takes(
    z.strictObject({
      recipeId: id.nullable().optional(),
      message: text.optional(),
      data: text.optional(),
      values: formValues.optional(),
      presetId: id.nullable().optional(),
      mode: z.enum(['together', 'each']).optional(),
    }),
  ).gives<DraftView>(),
  /** Chooses the recipe of a preset and fills in its form. Values that the user wrote come back with `draft:undo`. */
  'draft:use-preset': takes(z.strictObject({ presetId: id })).gives<DraftView>(),
  /** Replaces the draft by the inputs, message and recipe of a run. */
  'draft:from-run': takes(z.strictObject({ runId: id })).gives<DraftView>(),
} as const;
