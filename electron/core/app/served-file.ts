import { artifactPath, ARTIFACT_SCHEME } from '../results/result-view.ts';
import { isShown } from '../intake/attachments.ts';
import type { Core } from './core.ts';

interface ServedFile {
  readonly path: string;
  readonly mime: string;
}

/**
 * The file behind an address that a page shows: `omnitray-artifact://result/<run>/<position>`,
 * `omnitray-artifact://draft/<attachment>` or `omnitray-artifact://recipe/<recipe>`. Null for everything else: an address can name nothing that is not ours.
 */
export function servedFile(core: Core, address: string): ServedFile | null {
  const url = URL.parse(address);
  if (url?.protocol !== `${ARTIFACT_SCHEME}:`) return null;
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [first = '', second = ''] = parts;
  if (url.host === 'result' && parts.length === 2) return resultFile(core, first, second);
  if (url.host === 'draft' && parts.length === 1) return draftFile(core, first);
  if (url.host === 'recipe' && parts.length === 1) return core.catalogue.picture(first);
  return null;
}

function resultFile(core: Core, runId: string, position: string): ReturnType<typeof servedFile> {
  const artifact = core.results.find(runId).artifacts.find((each) => String(each.position) === position);
  const path = artifact === undefined ? null : artifactPath(core.folderOf(runId), artifact);
  return artifact === undefined || path === null ? null : { path, mime: artifact.mime };
}

function draftFile(core: Core, attachmentId: string): ReturnType<typeof servedFile> {
  const attachment = core.draft.attachment(attachmentId);
  if (attachment?.path == null || !isShown(attachment)) return null;
  return { path: attachment.path, mime: attachment.mime ?? 'image/png' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken escape names nothing.
    return '';
  }
}
