import { artifactAddress } from '../../contract/artifact-address.ts';
import type { UnsavedFile } from '../../contract/calls/dropped.ts';
import { MAX_BYTES } from '../../contract/limits.ts';
import type { AttachmentId, AttachmentProblem, AttachmentView } from '../../contract/views.ts';
import { jsonLossOf } from '../../contract/json-loss.ts';
import { isCommonPicture, isDrawnPicture } from '../../contract/file-formats.ts';
import { changesOf } from './changes.ts';
import { typeOfName } from './file-kind.ts';
import type { Attachment, InspectedFile } from './attachment.ts';
import { dataProblemOf } from './data-error.ts';

const EXCERPT_LENGTH = 200;
const ADDRESS_LENGTH = 2_048;

/** Makes an attachment of an inspected file. */
export function fileAttachment(id: AttachmentId, { json, ...file }: InspectedFile): Attachment {
  return { id, ...file, text: json, sendAs: null, madeFrom: null, loss: json === null ? null : jsonLossOf(json) };
}

/** Makes an attachment of a pasted text. A text that is one web address becomes a link. */
export function textAttachment(id: AttachmentId, pasted: string): Attachment {
  const address = webAddress(pasted);
  const text = address ?? pasted;
  return {
    id,
    kind: address === null ? 'text' : 'link',
    name: address === null ? 'Text' : new URL(address).host,
    path: null,
    realPath: null,
    text,
    size: Buffer.byteLength(text),
    mtimeMs: null,
    mime: 'text/plain',
    sendAs: null,
    problem: tooLarge(text),
    ...NO_FILE,
    folder: null,
  };
}

const NO_FILE = { madeFrom: null, notData: null, sha256: null, loss: null } as const;

/** A text goes into the body of the start, which has the same size limit as a file. */
const tooLarge = (text: string): AttachmentProblem | null => (Buffer.byteLength(text) > MAX_BYTES ? 'too-large' : null);

/** Makes an attachment of a file without a path that is larger than the server takes. It is shown with its problem. */
export function tooLargeAttachment(id: AttachmentId, { name, size }: Pick<UnsavedFile, 'name' | 'size'>): Attachment {
  const { kind, mime } = typeOfName(name);
  return {
    ...{ id, kind, name: name === '' ? 'Unnamed file' : name, size, mime, problem: 'too-large', folder: null },
    ...{ path: null, realPath: null, text: null, mtimeMs: null, sendAs: null, ...NO_FILE },
  };
}

/** Makes an attachment of hand-written JSON. Returns null for blank text. */
export function dataAttachment(id: AttachmentId, written: string): Attachment | null {
  if (written.trim() === '') return null;
  return {
    ...{ id, kind: 'json', name: 'Data', size: Buffer.byteLength(written), mime: 'application/json', folder: null },
    ...{ path: null, realPath: null, text: written, mtimeMs: null, sendAs: null, ...NO_FILE },
    problem: tooLarge(written) ?? dataProblemOf(written),
  };
}

/** Returns what the screens may see. It has no path: a page does not need one. */
export function toView(attachment: Attachment): AttachmentView {
  const { id, kind, name, size, mime, sendAs, problem, text, folder } = attachment;
  const isPasted = kind === 'text' || kind === 'link';
  return {
    id,
    kind,
    name,
    size,
    mime,
    sendAs,
    excerpt: isPasted && text !== null ? excerptOf(text) : null,
    problem,
    picture: pictureOf(attachment),
    convertible: isConvertible(attachment),
    changes: changesOf({ ...attachment, serverName: null }),
    folder,
  };
}

/** Whether a page may show the picture: its bytes are a known picture type and it has at most 32 MiB. */
export function isShown({ kind, path, size, mime, problem }: Attachment): boolean {
  const isPicture = kind === 'image' && (isCommonPicture(mime) || isDrawnPicture(mime));
  return isPicture && path !== null && size <= MAX_BYTES && problem === null;
}

/** Whether the app can make a PNG of it for recipes that open only common picture types. */
export const isConvertible = (attachment: Attachment): boolean =>
  isShown(attachment) && isDrawnPicture(attachment.mime);

const pictureOf = (attachment: Attachment): string | null =>
  isShown(attachment) ? artifactAddress('draft', attachment.id) : null;

function excerptOf(text: string): string {
  const line = text
    .slice(0, EXCERPT_LENGTH * 4)
    .trim()
    .replace(/\s+/g, ' ');
  const characters = Array.from(line);
  return characters.length <= EXCERPT_LENGTH ? line : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}

function webAddress(pasted: string): string | null {
  const text = pasted.trim();
  if (text.length > ADDRESS_LENGTH || !/^https?:\/\/\S+$/i.test(text)) return null;
  const url = URL.parse(text);
  return url === null || url.hostname === '' ? null : text;
}
