import { fileURLToPath } from 'node:url';

/** The path in a `file:` address of this machine; null for other texts and for files of other machines. */
export function pathOfFileAddress(address: string): string | null {
  const url = URL.parse(address);
  // `localhost` is this machine too (RFC 8089); the parser turns it into an empty host.
  if (url?.protocol !== 'file:' || url.host !== '') return null;
  try {
    return fileURLToPath(url);
  } catch {
    // It names no file: an escaped slash, or no drive letter on Windows.
    return null;
  }
}
