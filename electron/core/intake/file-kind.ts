import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';
import type { AttachmentKind } from '../../contract/views.ts';

/** What a dropped file can be: a file is never pasted text and never a link. */
export type FileKind = Exclude<AttachmentKind, 'text' | 'link'>;

export interface FileType {
  readonly kind: Exclude<FileKind, 'json'>;
  readonly mime: string | null;
  /** Readable as text, so that it may be JSON. */
  readonly text: boolean;
}

/** The pictures the server's blocks can open (wire 4: an SVG becomes a text file, others fail the run). */
const SERVER_PICTURES = ['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp'];

/** Other pictures that a page can draw, so that it can make a PNG of them. */
const DRAWN_PICTURES = [
  'image/bmp',
  'image/x-ms-bmp',
  'image/avif',
  'image/svg+xml',
  'image/x-icon',
  'image/vnd.microsoft.icon',
];

/** What wraps other formats: the bytes name the wrapping only, the name knows what is inside. */
const WRAPPERS = ['application/zip', 'application/x-cfb', 'application/xml', 'application/ogg', 'application/gzip'];

export const isServerPicture = (type: string | null): boolean => type !== null && SERVER_PICTURES.includes(type);

export const isDrawnPicture = (type: string | null): boolean => type !== null && DRAWN_PICTURES.includes(type);

/** What a file is, from its first bytes, and where they do not say, from its name. */
export async function typeOf(start: Uint8Array, name: string): Promise<FileType> {
  const byBytes = (await fileTypeFromBuffer(start))?.mime.split(';')[0] ?? null;
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

function mediaType(byBytes: string | null, byName: string | null): string | null {
  if (byBytes === null || (WRAPPERS.includes(byBytes) && byName !== null)) return byName;
  // The bytes of WebM are the same with and without pictures; only the name says that it is sound alone.
  if (byBytes === 'video/webm' && byName === 'audio/webm') return byName;
  return byBytes;
}

/** A text is not media whatever its name says: `.ts` is TypeScript as well as a video stream. SVG is a text and a picture. */
function textType(byBytes: string | null, byName: string | null, start: Uint8Array): string {
  if (byName === 'image/svg+xml' || byBytes === 'image/svg+xml') {
    return /<svg[\s>]/i.test(decode(start)) ? 'image/svg+xml' : 'text/plain';
  }
  if (byBytes !== null && !WRAPPERS.includes(byBytes)) return byBytes;
  if (byName !== null && /^(text|application)\//.test(byName) && byName !== 'application/octet-stream') return byName;
  return byBytes ?? 'text/plain';
}

function kindOfType(type: string | null): FileType['kind'] {
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
