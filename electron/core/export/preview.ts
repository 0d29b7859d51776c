import { MAX_BYTES } from '../../contract/limits.ts';
import type { TextEncoding } from '../../contract/text-encodings.ts';
import type { PreviewView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { FileError, fileErrorOf } from '../base/file-error.ts';
import { readStart } from '../user-files/open-file.ts';
import { decodeText } from '../base/text-encoding.ts';
import { userFiles } from '../user-files/user-files.ts';

/** Most bytes of a text file that a page gets. */
const MOST_TEXT = 262_144;

/**
 * Returns the beginning of a file as text, at most 256 KiB; `none` when its bytes are not text. Decodes it as `chosen`
 * when given, otherwise in the most likely encoding.
 *
 * @throws AppError `artifact-gone` when the user deleted it, `file-unreadable`
 */
export async function previewOf(path: string, name: string, chosen: TextEncoding | null = null): Promise<PreviewView> {
  const { bytes, size } = await read(path, name, MOST_TEXT);
  const truncated = size > bytes.length;
  const decoded = await decodeText(bytes, truncated, chosen);
  return decoded === null ? { kind: 'none' } : { kind: 'text', ...decoded, truncated, size };
}

/**
 * Returns the bytes of a PDF; null for another type and for a file larger than the server takes.
 *
 * @throws AppError `artifact-gone` when the user deleted it, `file-unreadable`
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
