/** The web address that the user wrote, with `https://` if the scheme is missing; null if it is not a web address. */
export function linkOf(written: string): string | null {
  const text = written.trim();
  if (text === '' || /\s/u.test(text)) return null;
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `https://${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  // A single word is a valid host, but rarely meant as an address.
  const isHost = url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('[');
  return isHost ? url.href : null;
}
