import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import mime from 'mime';
import { isDesignFile } from '../../contract/file-formats.ts';
import type { AttachmentKind } from '../../contract/views.ts';

/** The kinds that a dropped file can have: everything but text and link, which are pasted. */
export type FileKind = Exclude<AttachmentKind, 'text' | 'link'>;

/** The detected type of a file. */
export interface FileType {
  readonly kind: Exclude<FileKind, 'json'>;
  readonly mime: string | null;
  /** Whether the bytes are text, so that the file can be JSON. */
  readonly text: boolean;
}

/** Container formats: their bytes identify the container only, the file name identifies the contents. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  'application/zip': /^(application|model)\//,
  'application/x-cfb': /^application\//,
  'application/xml': /^(application|model)\//,
  'application/gzip': /^application\//,
  'application/ogg': /^(application|audio|video)\//,
};

/** Detects the type of a file by its first bytes and, when they are not conclusive, by its name. */
export async function typeOf(start: Uint8Array, name: string): Promise<FileType> {
  const byBytes = await typeOfBytes(start);
  const byName = mime.getType(name);
  const text = isText(start);
  const type = text ? textType(byBytes, byName, start) : mediaType(byBytes, byName);
  return { kind: kindOfType(type), mime: type, text };
}

/** Guesses the type of a file by its name when its bytes are not available. */
export function typeOfName(name: string): FileType {
  const type = mime.getType(name);
  return { kind: kindOfType(type), mime: type, text: false };
}

async function typeOfBytes(start: Uint8Array): Promise<string | null> {
  const type = (await fileTypeFromBuffer(start))?.mime.split(';')[0] ?? null;
  return type === 'image/x-icon' && !isIcon(start) ? null : type;
}

/** Icons and most TGA pictures begin with the same four bytes. The first entry of the icon tells them apart. */
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
  // WebM with and without pictures begins with the same bytes; only the name says that it is audio.
  if (byBytes === 'video/webm' && byName === 'audio/webm') return byName;
  return byBytes;
}

/**
 * Whether the bytes would have been recognised if the name were right. Pictures only: audio can begin with any bytes.
 */
const isKnownByBytes = (byName: string | null): boolean =>
  byName !== null &&
  byName.startsWith('image/') &&
  (supportedMimeTypes.has(byName) || byName === 'image/vnd.microsoft.icon' || byName === 'image/svg+xml');

/**
 * A text file is not media, whatever its name says: `.ts` is TypeScript as well as a video stream. SVG is text and a
 * picture.
 */
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

/** Accepts UTF-8 without NUL bytes and UTF-16 with a byte order mark. The last character may be incomplete. */
function isText(start: Uint8Array): boolean {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return true;
  if (start.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    // The decoder throws on invalid bytes.
    return false;
  }
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
