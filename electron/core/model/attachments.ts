import { artifactAddress } from '../../contract/artifact-address.ts';
import type { UnsavedFile } from '../../contract/calls/dropped.ts';
import { MAX_BYTES } from '../../contract/limits.ts';
import type { AttachmentId, AttachmentProblem, AttachmentView } from '../../contract/views.ts';
import { jsonLossOf } from '../../contract/json-loss.ts';
import { isCommonPicture, isDrawnPicture, isTableFile } from '../../contract/file-formats.ts';
import { EXCERPT_SOURCE, excerptOf } from '../base/excerpt.ts';
import { changesOf } from './changes.ts';
import { typeOfName } from './file-kind.ts';
import type { Attachment, InspectedFile } from './attachment.ts';
import { dataProblemOf } from './data-error.ts';

const EXCERPT_LENGTH = 200;
const ADDRESS_LENGTH = 2_048;

/** Makes an attachment of an inspected file. */
export function fileAttachment(id: AttachmentId, { json, ...file }: InspectedFile): Attachment {
  return {
    id,
    ...file,
    text: json,
    sendAs: null,
    field: null,
    madeFrom: null,
    loss: json === null ? null : jsonLossOf(json),
  };
}

/** The fields of an attachment that only files have, and those that most pasted ones leave empty. */
const PASTED = {
  ...{ path: null, realPath: null, text: null, mtimeMs: null, mime: null, sendAs: null, field: null, problem: null },
  ...{ madeFrom: null, notData: null, sha256: null, loss: null, folder: null },
} as const;

/** Makes an attachment of a pasted text. A text that is one web address becomes a link. */
export function textAttachment(id: AttachmentId, pasted: string): Attachment {
  const address = webAddress(pasted);
  const text = address ?? pasted;
  const [kind, name] = address === null ? (['text', 'Text'] as const) : (['link', new URL(address).host] as const);
  const size = Buffer.byteLength(text);
  return { ...PASTED, id, kind, name, text, size, mime: 'text/plain', problem: tooLarge(text) };
}

/** A text goes into the body of the start, which has the same size limit as a file. */
const tooLarge = (text: string): AttachmentProblem | null => (Buffer.byteLength(text) > MAX_BYTES ? 'too-large' : null);

/** Makes an attachment of a file without a path that is larger than the server takes. It is shown with its problem. */
export function tooLargeAttachment(id: AttachmentId, { name, size }: Pick<UnsavedFile, 'name' | 'size'>): Attachment {
  const { kind, mime } = typeOfName(name);
  return { ...PASTED, id, kind, name: name === '' ? 'Unnamed file' : name, size, mime, problem: 'too-large' };
}

/** Makes an attachment of hand-written JSON. Returns null for blank text. */
export function dataAttachment(id: AttachmentId, text: string): Attachment | null {
  if (text.trim() === '') return null;
  const problem = tooLarge(text) ?? dataProblemOf(text);
  const size = Buffer.byteLength(text);
  return { ...PASTED, id, kind: 'json', name: 'Data', text, size, mime: 'application/json', problem };
}

/** Returns what the screens may see. It has no path: a page does not need one. */
export function toView(attachment: Attachment): AttachmentView {
  const { id, kind, name, size, mime, sendAs, field, problem, text, folder } = attachment;
  const isPasted = kind === 'text' || kind === 'link';
  return {
    id,
    kind,
    name,
    size,
    mime,
    sendAs,
    field,
    excerpt: isPasted && text !== null ? excerptOf(text, EXCERPT_LENGTH) : null,
    problem,
    picture: pictureOf(attachment),
    convertible: isConvertible(attachment),
    changes: changesOf({ ...attachment, serverName: null }),
    folder,
    isTable: isTable(attachment),
  };
}

/** Spreadsheets copy cells as lines with tabs. */
export const isTable = ({ name, mime, text, path }: Attachment): boolean =>
  path === null ? /\S\t[^\n]*\n\s*\S/.test(text?.slice(0, EXCERPT_SOURCE) ?? '') : isTableFile(mime, name);

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

function webAddress(pasted: string): string | null {
  const text = pasted.trim();
  if (text.length > ADDRESS_LENGTH || !/^https?:\/\/\S+$/i.test(text)) return null;
  const url = URL.parse(text);
  return url === null || url.hostname === '' ? null : text;
}
