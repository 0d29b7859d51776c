import { z } from 'zod';
import { DRAWN_KINDS, type MadeFromView } from '../../contract/views.ts';

/** The picture from which a PNG was made: facts for the receipt, and its path for "Use original". */
export const madeFromSchema = z.object({
  path: z.string(),
  name: z.string(),
  mime: z.string().nullable(),
  size: z.number(),
  /** In hex; null when the file could not be read a second time. */
  sha256: z.string().nullable(),
  /** Size of the PNG in pixels. */
  width: z.number(),
  height: z.number(),
  /** Size of the picture when the PNG has another one; null when they are equal. */
  scaledFrom: z.object({ width: z.number(), height: z.number() }).nullable(),
  drawn: z.enum(DRAWN_KINDS).optional(),
});

/** The picture from which a PNG was made. */
export type MadeFrom = z.output<typeof madeFromSchema>;

/** Returns what a page may see: the name, but not the path. */
export const madeFromView = ({
  name,
  mime,
  size,
  sha256,
  width,
  height,
  scaledFrom,
  drawn,
}: MadeFrom): MadeFromView => ({
  ...{ name, mime, size, sha256, width, height, scaledFrom, drawn },
});
