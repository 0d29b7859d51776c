import { z } from 'zod';
import type { LimitName } from '../limits.ts';
import { LIMITS } from '../limits.ts';
import { listUpTo, textUpTo } from './call.ts';

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
  .refine(({ byteLength }) => byteLength <= LIMITS['file-bytes'], 'file-bytes' satisfies LimitName);

const unsaved = z.strictObject({
  name: textUpTo('file-name'),
  size: z.int().min(0),
  bytes: fileBytes.nullable(),
});

export const dropped: z.ZodType<Dropped> = z.strictObject({
  paths: listUpTo(textUpTo('path').min(1), 'paths'),
  unsaved: listUpTo(unsaved, 'unsaved'),
  texts: listUpTo(textUpTo('text').min(1), 'texts'),
});
