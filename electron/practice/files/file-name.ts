import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';

/** Bytes from the start of a file that are enough to recognise its type. */
export const SNIFF_BYTES = 4_100;

/** The name and the type that the server gives to an uploaded file. */
export interface NamedFile {
  readonly fileName: string;
  /** With its dot, as in the file name. */
  readonly extension: string;
  readonly mimeType: string;
}

/** Where the server's tables differ from those of `mime` (wire 4, 5, recorded uploads). */
const SERVER_TYPES: Readonly<Record<string, string>> = { wav: 'audio/wave' };
const SNIFFED_TYPES: Readonly<Record<string, string>> = { 'audio/wav': 'audio/wave' };
const SERVER_EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mpga',
  'audio/ogg': 'oga',
  'audio/wave': 'wav',
  'image/jpeg': 'jpeg',
  'text/markdown': 'markdown',
};

/** The longest name kept, in characters. */
const LONGEST = 200;

const typeByName = (name: string): string | null => {
  const extension = extensionOf(name).slice(1).toLowerCase();
  return SERVER_TYPES[extension] ?? (extension === '' ? null : mime.getType(extension));
};

const defaultExtension = (mimeType: string): string =>
  `.${SERVER_EXTENSIONS[mimeType] ?? mime.getExtension(mimeType) ?? 'bin'}`;

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

const withoutExtension = (name: string): string => name.slice(0, name.length - extensionOf(name).length);

/**
 * The name and type of an uploaded file (wire 5). The type follows from the name, otherwise from the content, otherwise
 * it is text. A file with recognised content keeps its extension but loses a second one (`a.tar.gz` -> `a.gz`); others
 * get the usual extension of their type (`x.md` -> `x.markdown`).
 */
export async function nameUpload(givenName: string, start: Uint8Array, declared?: string): Promise<NamedFile> {
  const name = cleaned(givenName);
  const sniffed = await sniff(start);
  const mimeType = declared ?? typeByName(name) ?? sniffed?.mimeType ?? 'text/plain';
  const written = extensionOf(name);
  const extension = sniffed === null ? defaultExtension(mimeType) : written || sniffed.extension;
  const base = sniffed === null || written === '' ? name : name.slice(0, -written.length);
  return { fileName: withoutExtension(base).toLowerCase().slice(0, LONGEST) + extension, extension, mimeType };
}

/** The name of bytes without one: the time and the fid (recorded: `1795457693019_56-w77of0lz5f.png`). */
export async function nameBytes(fid: string, start: Uint8Array, now: number): Promise<NamedFile> {
  const sniffed = await sniff(start);
  const mimeType = sniffed?.mimeType ?? 'text/plain';
  const extension = defaultExtension(mimeType);
  return { fileName: `${now}_${fid.replace(',', '-')}${extension}`, extension, mimeType };
}

/** The name of a text without one: its first 20 characters. */
export function nameText(text: string): NamedFile {
  const base = text
    .slice(0, 20)
    .trim()
    .replace(/[^a-z0-9]/gi, '_')
    .toLowerCase();
  return { fileName: `${base}.txt`, extension: '.txt', mimeType: 'text/plain' };
}

/** The type that the bytes show; null if it is not recognised. XML, and so SVG, counts as text (wire 4). */
async function sniff(start: Uint8Array): Promise<{ mimeType: string; extension: string } | null> {
  const found = await fileTypeFromBuffer(start);
  if (found === undefined || found.mime === 'application/xml') return null;
  return { mimeType: SNIFFED_TYPES[found.mime] ?? found.mime, extension: `.${found.ext}` };
}

/** Whether the bytes are of a known type of file. */
export const isRecognised = async (start: Uint8Array): Promise<boolean> => (await sniff(start)) !== null;

/** Removes folders and quotes. Characters that file systems refuse become underscores. */
function cleaned(name: string): string {
  const last = name.trim().split(/[/\\]/).at(-1) ?? '';
  return Array.from(last.replaceAll('"', ''))
    .map((c) => (c < ' ' || '?<>:*|\u007f'.includes(c) ? '_' : c))
    .join('');
}

/**
 * The form of a name in a response header; null if the server fails on it, for any character above U+00FF (wire 5).
 * Latin-1 letters beyond ASCII become the byte FD (recorded).
 */
export function headerName(fileName: string): string | null {
  if (/[\u0100-\uffff]/.test(fileName)) return null;
  return fileName.replace(/[\u0080-\u00ff]/g, '\u00fd');
}
