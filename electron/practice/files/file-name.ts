import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';

/** Bytes from the start of a file that are enough to tell what it is. */
export const SNIFF_BYTES = 4_100;

/** The name and the type that the server gives to an uploaded file. */
export interface NamedFile {
  readonly fileName: string;
  /** With its dot, as it stands at the end of the file name. */
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
 * What an uploaded file will be called and typed as (wire 5). The type comes from the name, else from the content,
 * else it is text. Content that is recognised keeps the extension as it was written but loses a second one
 * (`a.tar.gz` -> `a.gz`); other content gets the usual extension of its type (`x.md` -> `x.markdown`).
 */
export async function nameUpload(givenName: string, start: Uint8Array): Promise<NamedFile> {
  const name = cleaned(givenName);
  const sniffed = await sniff(start);
  const mimeType = typeByName(name) ?? sniffed?.mimeType ?? 'text/plain';
  const written = extensionOf(name);
  const extension = sniffed === null ? defaultExtension(mimeType) : written || sniffed.extension;
  const base = sniffed === null || written === '' ? name : name.slice(0, -written.length);
  return { fileName: withoutExtension(base).toLowerCase().slice(0, LONGEST) + extension, extension, mimeType };
}

/** Bytes that came without a name: the time and the fid (recorded: `1795457693019_56-w77of0lz5f.png`). */
export async function nameBytes(fid: string, start: Uint8Array, now: number): Promise<NamedFile> {
  const sniffed = await sniff(start);
  const mimeType = sniffed?.mimeType ?? 'text/plain';
  const extension = defaultExtension(mimeType);
  return { fileName: `${now}_${fid.replace(',', '-')}${extension}`, extension, mimeType };
}

/** A text that came without a name is called by its first 20 characters. */
export function nameText(text: string): NamedFile {
  const base = text
    .slice(0, 20)
    .trim()
    .replace(/[^a-z0-9]/gi, '_')
    .toLowerCase();
  return { fileName: `${base}.txt`, extension: '.txt', mimeType: 'text/plain' };
}

/** What the bytes say they are, null when they say nothing. XML, and so SVG, counts as text (wire 4). */
async function sniff(start: Uint8Array): Promise<{ mimeType: string; extension: string } | null> {
  const found = await fileTypeFromBuffer(start);
  if (found === undefined || found.mime === 'application/xml') return null;
  return { mimeType: SNIFFED_TYPES[found.mime] ?? found.mime, extension: `.${found.ext}` };
}

/** Whether bytes of unknown origin are a kind of file at all. */
export const isRecognised = async (start: Uint8Array): Promise<boolean> => (await sniff(start)) !== null;

/** Path parts and quotes go, what no file system takes becomes an underscore. */
function cleaned(name: string): string {
  const last = name.trim().split(/[/\\]/).at(-1) ?? '';
  return Array.from(last.replaceAll('"', ''))
    .map((c) => (c < ' ' || '?<>:*|\u007f'.includes(c) ? '_' : c))
    .join('');
}

/**
 * A name as it can stand in a response header, null when the server fails on it: any character above U+00FF (wire 5).
 * The Latin-1 letters beyond ASCII come out as the byte FD (recorded).
 */
export function headerName(fileName: string): string | null {
  if (/[\u0100-\uffff]/.test(fileName)) return null;
  return fileName.replace(/[\u0080-\u00ff]/g, '\u00fd');
}
