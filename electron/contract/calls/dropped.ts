import { z } from 'zod';
import { MAX_BYTES } from '../limits.ts';

/** A file that is on no disk: a picture dragged out of a web page, say. */
export interface UnsavedFile {
  readonly name: string;
  readonly size: number;
  /** null where they are more than the server takes. */
  readonly bytes: Uint8Array | null;
}

/** What one drop brings. */
export interface Dropped {
  readonly paths: readonly string[];
  readonly unsaved: readonly UnsavedFile[];
  /** A text of one web address becomes a link. */
  readonly texts: readonly string[];
}

/** No more than the server takes of one file. */
export const fileBytes: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength <= MAX_BYTES);

const unsaved = z.strictObject({
  name: z.string().max(1_024),
  size: z.int().min(0),
  bytes: fileBytes.nullable(),
});

export const dropped: z.ZodType<Dropped> = z.strictObject({
  paths: z.array(z.string().min(1).max(32_767)).max(5_000),
  unsaved: z.array(unsaved).max(100),
  texts: z.array(z.string().min(1).max(5_000_000)).max(100),
});
