import { parse } from 'node:path';
import type { Attachment } from '../model/attachment.ts';
import { isConvertible, isShown } from '../model/attachments.ts';
import { attachmentOf } from './draft-items.ts';
import { FileError } from '../base/file-error.ts';
import { hashFile } from '../user-files/hash-file.ts';
import type { PastedFiles } from './pasted-files.ts';
import type { MadeFrom } from '../model/made-from.ts';

/** A PNG that the page made of a picture. */
export interface DrawnPng extends Pick<MadeFrom, 'width' | 'height' | 'scaledFrom' | 'drawn'> {
  readonly png: Uint8Array;
}

/**
 * Stores the PNG of a picture as a file and returns it as an attachment that remembers the original; null when the
 * picture needs no PNG. A drawing on a PNG that was made here remembers the first picture.
 *
 * @throws AppError `disk-full`, `disk-refused`
 */
export async function pngOf(files: PastedFiles, picture: Attachment, drawn: DrawnPng): Promise<Attachment | null> {
  const { path: from, name, mime, size, sendAs, field } = picture;
  const { png, ...facts } = drawn;
  if (from === null || !(facts.drawn === undefined ? isConvertible(picture) : isShown(picture))) return null;
  const first = picture.madeFrom ?? { path: from, name, mime, size, sha256: await sumOf(from) };
  const path = await files.keep(`${parse(first.name).name}.png`, png);
  return attachmentOf({ path, madeFrom: { ...first, ...facts }, sendAs, field });
}

/** Inspects the picture from which a PNG was made; null for every other attachment. */
export async function originalOf({ madeFrom, sendAs, field }: Attachment): Promise<Attachment | null> {
  return madeFrom === null ? null : attachmentOf({ path: madeFrom.path, name: madeFrom.name, sendAs, field });
}

async function sumOf(path: string): Promise<string | null> {
  try {
    return (await hashFile(path)).sha256;
  } catch (failure) {
    if (failure instanceof FileError) return null;
    throw failure;
  }
}
