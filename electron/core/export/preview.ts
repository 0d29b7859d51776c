import { MAX_BYTES } from '../../contract/limits.ts';
import type { TextEncoding } from '../../contract/text-encodings.ts';
import type { PreviewView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { FileError, fileErrorOf } from '../base/file-error.ts';
import { readStart } from '../user-files/open-file.ts';
import { decodeText } from './text-encoding.ts';
import { userFiles } from '../user-files/user-files.ts';

/** What a page is shown of a text file, in bytes. */
const MOST_TEXT = 262_144;

/**
 * The beginning of a file as text, at most 256 KiB of it; `none` where its bytes are no text. Read as `chosen` where that
 * is given, and as what it most likely is otherwise.
 *
 * @throws AppError `artifact-gone` where it was deleted by hand, `file-unreadable`
 */
export async function previewOf(path: string, name: string, chosen: TextEncoding | null = null): Promise<PreviewView> {
  const { bytes, size } = await read(path, name, MOST_TEXT);
  const truncated = size > bytes.length;
  const decoded = await decodeText(bytes, truncated, chosen);
  return decoded === null ? { kind: 'none' } : { kind: 'text', ...decoded, truncated, size };
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
