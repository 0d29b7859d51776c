/** The web address somebody wrote, with its scheme where that was left out; null where it is none. */
export function linkOf(written: string): string | null {
  const text = written.trim();
  if (text === '' || /\s/u.test(text)) return null;
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `https://${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  // A word alone is a host, but hardly ever meant as one.
  const isHost = url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('[');
  return isHost ? url.href : null;
}
