import { fileURLToPath } from 'node:url';

/** The path behind a `file:` address of this machine; null for every other text, also for files of other machines. */
export function pathOfFileAddress(address: string): string | null {
  const url = URL.parse(address);
  // `localhost` is this machine too (RFC 8089); the parser has already made it empty.
  if (url?.protocol !== 'file:' || url.host !== '') return null;
  try {
    return fileURLToPath(url);
  } catch {
    // An escaped slash, or no drive letter on Windows: it names no file.
    return null;
  }
}
