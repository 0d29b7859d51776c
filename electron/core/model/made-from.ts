import { z } from 'zod';
import type { MadeFromView } from '../../contract/views.ts';

/** The picture that a PNG was made of: what the receipt says of it, and where it is, to be used after all. */
export const madeFromSchema = z.object({
  path: z.string(),
  name: z.string(),
  mime: z.string().nullable(),
  size: z.number(),
  /** In hex; null where the file could not be read once more. */
  sha256: z.string().nullable(),
  /** Pixels of the PNG. */
  width: z.number(),
  height: z.number(),
  /** Pixels of the picture where it was drawn at another size; null where they are the same. */
  scaledFrom: z.object({ width: z.number(), height: z.number() }).nullable(),
});

export type MadeFrom = z.output<typeof madeFromSchema>;

/** What is shown of it: a page needs a name, not a place on the disk. */
export const madeFromView = ({ name, mime, size, sha256, width, height, scaledFrom }: MadeFrom): MadeFromView => ({
  ...{ name, mime, size, sha256, width, height, scaledFrom },
});
