import { inputPicture } from '../history/input-pictures.ts';
import { isDrawable } from '../user-files/picture-size.ts';
import { artifactPath } from '../model/artifact-path.ts';
import { ARTIFACT_SCHEME } from '../../contract/artifact-address.ts';
import { isShown } from '../model/attachments.ts';
import type { Core } from './core.ts';

type Served = { readonly path: string; readonly mime: string } | null;

/**
 * The file behind an address that the page loads: `omnitray-artifact://result/<run>/<position>`,
 * `.../input/<run>/<position>`, `.../draft/<attachment>` or `.../recipe/<recipe>`. Null for every other address. Null
 * too for a picture that would need gigabytes of memory to draw, unless the address has `?large`.
 */
export async function servedFile(core: Core, address: string): Promise<Served> {
  const url = URL.parse(address);
  if (url?.protocol !== `${ARTIFACT_SCHEME}:`) return null;
  const found = await fileOf(core, url);
  if (found === null || !found.mime.startsWith('image/') || url.searchParams.has('large')) return found;
  return (await isDrawableHere(found.path)) ? found : null;
}

/** If the file cannot be read here, the code that serves it reports why. */
const isDrawableHere = (path: string): Promise<boolean> => isDrawable(path).catch(() => true);

async function fileOf(core: Core, url: URL): Promise<Served> {
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [first = '', second = ''] = parts;
  if (url.host === 'result' && parts.length === 2) return resultFile(core, first, second);
  if (url.host === 'input' && parts.length === 2) return inputFile(core, first, second);
  if (url.host === 'draft' && parts.length === 1) return draftFile(core, first);
  if (url.host === 'recipe' && parts.length === 1) return core.catalogue.picture(first);
  return null;
}

function resultFile(core: Core, runId: string, position: string): Served {
  const artifact = /^\d{1,9}$/.test(position) ? core.results.artifact(runId, Number(position)) : null;
  const path = artifact === null ? null : artifactPath(core.folderOf(runId), artifact);
  return artifact === null || path === null ? null : { path, mime: artifact.mime };
}

/** The file as it was sent; null when it has changed and no copy was kept. */
async function inputFile(core: Core, runId: string, position: string): Promise<Served> {
  const input = core.runs.find(runId)?.inputs.find((each) => String(each.position) === position);
  return input === undefined ? null : inputPicture(input, core.folderOf(runId));
}

function draftFile(core: Core, attachmentId: string): Served {
  const attachment = core.draft.attachment(attachmentId);
  if (attachment?.path == null || !isShown(attachment)) return null;
  return { path: attachment.path, mime: attachment.mime ?? 'image/png' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A malformed escape matches no file.
    return '';
  }
}
