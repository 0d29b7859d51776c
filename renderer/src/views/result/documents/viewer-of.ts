import { type ArtifactView, isTableFile } from '../../../lib/contract.ts';

/** The ways in which the page can show a file. */
export type Viewer = 'pdf' | 'table' | 'data' | 'markdown' | 'text';

/** Text formats outside the media type `text/*`. */
const TEXTS =
  /^application\/(?:(?:[\w.+-]+\+)?(?:xml|json|yaml)|x-yaml|yaml|toml|sql|javascript|x-javascript|x-sh|typescript|rtf)$/;

/** Names of text files for which servers send no type or a wrong one (`.ts` is also a video stream). */
const TEXT_NAMES =
  /\.(?:txt|log|ini|conf|cfg|toml|ya?ml|xml|html?|css|scss|m?[jt]sx?|svelte|vue|py|rb|rs|go|java|kt|swift|c|h|cpp|hpp|cs|php|lua|r|sh|bash|ps1|bat|sql|tex|srt|vtt|diff|patch)$/i;

/** Decides by the file's name if it is known, otherwise by its type; null for a file that cannot be shown. */
export function viewerOf({ name, mime, url }: Pick<ArtifactView, 'name' | 'mime' | 'url'>): Viewer | null {
  if (url === null) return null;
  if (mime === 'application/pdf') return 'pdf';
  const isText = mime.startsWith('text/') || TEXTS.test(mime);
  // The type, found from the file's bytes, contradicts its name.
  if (!isText && mime !== 'application/octet-stream') return null;
  if (isTableFile(mime, name)) return 'table';
  if (/\.json$/i.test(name) || mime === 'application/json') return 'data';
  if (/\.(?:md|markdown)$/i.test(name) || mime === 'text/markdown') return 'markdown';
  return isText || TEXT_NAMES.test(name) ? 'text' : null;
}
