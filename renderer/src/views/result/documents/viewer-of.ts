import type { ArtifactView } from '../../../lib/contract.ts';

/** How a file can be shown in the page. */
export type Viewer = 'pdf' | 'table' | 'data' | 'markdown' | 'text';

/** Types that are text although their family does not say so. */
const TEXTS =
  /^application\/(?:(?:[\w.+-]+\+)?(?:xml|json|yaml)|x-yaml|yaml|toml|sql|javascript|x-javascript|x-sh|typescript|rtf)$/;

/** Texts that servers call by no type, or by that of something else (`.ts` is a video stream as well). */
const TEXT_NAMES =
  /\.(?:txt|log|ini|conf|cfg|toml|ya?ml|xml|html?|css|scss|m?[jt]sx?|svelte|vue|py|rb|rs|go|java|kt|swift|c|h|cpp|hpp|cs|php|lua|r|sh|bash|ps1|bat|sql|tex|srt|vtt|diff|patch)$/i;

/** By its name where that is known, otherwise by its type; null for a file that cannot be shown. */
export function viewerOf({ name, mime, url }: Pick<ArtifactView, 'name' | 'mime' | 'url'>): Viewer | null {
  if (url === null) return null;
  if (mime === 'application/pdf') return 'pdf';
  const isText = mime.startsWith('text/') || TEXTS.test(mime);
  // Its bytes say that it is something else.
  if (!isText && mime !== 'application/octet-stream') return null;
  if (/\.(?:csv|tsv)$/i.test(name) || mime === 'text/csv' || mime === 'text/tab-separated-values') return 'table';
  if (/\.json$/i.test(name) || mime === 'application/json') return 'data';
  if (/\.(?:md|markdown)$/i.test(name) || mime === 'text/markdown') return 'markdown';
  return isText || TEXT_NAMES.test(name) ? 'text' : null;
}
