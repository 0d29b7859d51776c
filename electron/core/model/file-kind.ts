import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import mime from 'mime';
import { isDesignFile } from '../../contract/file-formats.ts';
import type { AttachmentKind } from '../../contract/views.ts';

/** What a dropped file can be: a file is never pasted text and never a link. */
export type FileKind = Exclude<AttachmentKind, 'text' | 'link'>;

export interface FileType {
  readonly kind: Exclude<FileKind, 'json'>;
  readonly mime: string | null;
  /** Readable as text, so that it may be JSON. */
  readonly text: boolean;
}

/** What wraps other formats: the bytes name the wrapping only, the name knows what is inside. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  'application/zip': /^(application|model)\//,
  'application/x-cfb': /^application\//,
  'application/xml': /^(application|model)\//,
  'application/gzip': /^application\//,
  'application/ogg': /^(application|audio|video)\//,
};

/** What a file is, from its first bytes, and where they do not say, from its name. */
export async function typeOf(start: Uint8Array, name: string): Promise<FileType> {
  const byBytes = await typeOfBytes(start);
  const byName = mime.getType(name);
  const text = isText(start);
  const type = text ? textType(byBytes, byName, start) : mediaType(byBytes, byName);
  return { kind: kindOfType(type), mime: type, text };
}

/** What a file of that name would be, when its bytes cannot be had. */
export function typeOfName(name: string): FileType {
  const type = mime.getType(name);
  return { kind: kindOfType(type), mime: type, text: false };
}

async function typeOfBytes(start: Uint8Array): Promise<string | null> {
  const type = (await fileTypeFromBuffer(start))?.mime.split(';')[0] ?? null;
  return type === 'image/x-icon' && !isIcon(start) ? null : type;
}

/** The four bytes that icons begin with are also those of most TGA pictures: its first entry tells them apart. */
function isIcon(start: Uint8Array): boolean {
  if (start.length < 22) return false;
  const head = new DataView(start.buffer, start.byteOffset, 22);
  const entries = head.getUint16(4, true);
  return (
    entries > 0 &&
    head.getUint8(9) === 0 &&
    head.getUint32(14, true) > 0 &&
    head.getUint32(18, true) >= 6 + 16 * entries
  );
}

function mediaType(byBytes: string | null, byName: string | null): string | null {
  if (byBytes === null) return isKnownByBytes(byName) ? 'application/octet-stream' : byName;
  if (byName !== null && WRAPPERS[byBytes]?.test(byName) === true) return byName;
  // The bytes of WebM are the same with and without pictures; only the name says that it is sound alone.
  if (byBytes === 'video/webm' && byName === 'audio/webm') return byName;
  return byBytes;
}

/** Whether it would have been told by its bytes, were it what its name says. Of pictures only: a sound may begin with anything. */
const isKnownByBytes = (byName: string | null): boolean =>
  byName !== null &&
  byName.startsWith('image/') &&
  (supportedMimeTypes.has(byName) || byName === 'image/vnd.microsoft.icon' || byName === 'image/svg+xml');

/** A text is not media whatever its name says: `.ts` is TypeScript as well as a video stream. SVG is a text and a picture. */
function textType(byBytes: string | null, byName: string | null, start: Uint8Array): string {
  if (byName === 'image/svg+xml' || byBytes === 'image/svg+xml') {
    return /<svg[\s>]/i.test(decode(start)) ? 'image/svg+xml' : 'text/plain';
  }
  if (byBytes !== null && WRAPPERS[byBytes] === undefined) return byBytes;
  if (byName !== null && /^(text|application)\//.test(byName) && byName !== 'application/octet-stream') return byName;
  return byBytes ?? 'text/plain';
}

function kindOfType(type: string | null): FileType['kind'] {
  if (isDesignFile(type)) return 'document';
  const family = type?.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}

/** UTF-8 without NUL bytes, or UTF-16 that says so. The last character may be cut. */
function isText(start: Uint8Array): boolean {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return true;
  if (start.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    // The decoder's way of saying no.
    return false;
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
