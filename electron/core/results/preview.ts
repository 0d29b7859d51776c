import { MAX_BYTES } from '../../contract/limits.ts';
import type { PreviewView } from '../../contract/views.ts';
import { AppError } from '../app/app-error.ts';
import { FileError, fileErrorOf } from '../intake/file-error.ts';
import { readStart } from '../intake/open-file.ts';
import { userFiles } from '../user-files/user-files.ts';

/** What a page is shown of a text file, in bytes. */
const MOST_TEXT = 262_144;

/**
 * The beginning of a file as text, at most 256 KiB of it; `none` where its bytes are no text.
 *
 * @throws AppError `artifact-gone` where it was deleted by hand, `file-unreadable`
 */
export async function previewOf(path: string, name: string): Promise<PreviewView> {
  const { bytes, size } = await read(path, name, MOST_TEXT);
  const truncated = size > bytes.length;
  const text = textOf(bytes, truncated);
  return text === null ? { kind: 'none' } : { kind: 'text', text, truncated, size };
}

/**
 * A whole PDF, by its bytes; null for what is none, and for one larger than any file the server takes.
 *
 * @throws AppError `artifact-gone` where it was deleted by hand, `file-unreadable`
 */
export async function pdfBytes(path: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const { bytes, size } = await read(path, name, MAX_BYTES);
  const isPdf = Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-');
  return isPdf && size <= MAX_BYTES ? bytes : null;
}

async function read(
  path: string,
  name: string,
  most: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly size: number }> {
  try {
    return await userFiles.withFile(path, async (file) => {
      const facts = await file.stat();
      if (facts.kind !== 'file') throw new FileError('file-unreadable', name);
      return { bytes: await readStart(file, Math.min(facts.size, most)), size: facts.size };
    });
  } catch (failure) {
    const error = fileErrorOf(failure, name);
    throw new AppError(error.code === 'file-vanished' ? 'artifact-gone' : error.code, name, { cause: failure });
  }
}

/** UTF-16 where it says so, UTF-8 without NUL otherwise. A character that the cut went through is left out. */
function textOf(bytes: Uint8Array, isCut: boolean): string | null {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  if (utf16 === null && bytes.includes(0)) return null;
  try {
    return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    // The decoder's way of saying no.
    return null;
  }
}
