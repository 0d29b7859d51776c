import { z } from 'zod';
import { type LimitName, LIMITS } from '../limits.ts';
import { listUpTo, textUpTo } from './call.ts';

/** A file that is not on a disk, for instance a picture dragged from a web page. */
export interface UnsavedFile {
  readonly name: string;
  readonly size: number;
  /** Null when there are more than the server accepts. */
  readonly bytes: Uint8Array | null;
}

/** The content of one drop. */
export interface Dropped {
  readonly paths: readonly string[];
  readonly unsaved: readonly UnsavedFile[];
  /** A text that is one web address becomes a link. */
  readonly texts: readonly string[];
}

/** At most the largest file that the server accepts. */
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
