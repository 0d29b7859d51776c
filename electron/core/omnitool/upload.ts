import { createHash, randomBytes } from 'node:crypto';
import { fileErrorCodeOf } from '../base/file-error.ts';
import { userFiles } from '../user-files/user-files.ts';
import { toAsciiName } from './ascii-name.ts';
import { OmnitoolError, type OmnitoolErrorCode } from './errors.ts';
import { errnoOf } from '../base/errno.ts';
import type { Reply } from './http.ts';
import { jsonOrNull, readReply } from './replies.ts';
import { uploadReply } from './schemas.ts';

const CHUNK = 262_144;

/** A file on the disk that is to be uploaded. */
export interface UploadSource {
  readonly path: string;
  /** The user's name of the file; the server gets an ASCII form. */
  readonly name: string;
  /** Bytes, as last inspected. A file of another size is not sent. */
  readonly size: number;
}

/** How an upload reports its progress and is cancelled. */
export interface UploadOptions {
  /** Bytes that were handed to the network, out of the size of the file. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A file on the server. */
export interface StoredFile {
  readonly fid: string;
  readonly fileName: string;
  readonly size: number;
  readonly mimeType: string;
  /** Milliseconds since 1970; the server keeps uploads for 7 days (wire 5). */
  readonly expires: number | null;
  /** Of the bytes that were sent, in hex. */
  readonly sha256: string;
}

/** The body of an upload and what is known of it. */
export interface UploadBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Of the file, in hex; null until all of it was read. */
  sha256(): string | null;
}

/** The server that receives the files. */
export const UPLOAD = '/fid';

const ROUTE = { method: 'POST', path: UPLOAD } as const;

/**
 * One file as multipart/form-data, read from the disk while it is sent, so that memory stays flat. The length is
 * announced. When the file turns out to have another size, sending stops before the last boundary, so that the server
 * never stores a part of it.
 */
export function uploadBody(source: UploadSource, onProgress?: UploadOptions['onProgress']): UploadBody {
  const boundary = `omnitray-${randomBytes(18).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${toAsciiName(source.name)}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const hash = createHash('sha256');
  let sha256: string | null = null;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield head;
    let sent = 0;
    for await (const chunk of fileChunks(source)) {
      hash.update(chunk);
      yield chunk;
      sent += chunk.byteLength;
      onProgress?.(sent, source.size);
    }
    sha256 = hash.digest('hex');
    yield tail;
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.byteLength + source.size + tail.byteLength),
    },
    body: body(),
    sha256: () => sha256,
  };
}

async function* fileChunks({ path, size }: UploadSource): AsyncGenerator<Uint8Array> {
  const file = await onDisk(() => userFiles.open(path));
  // The next chunk is read while the last one is sent. Three buffers in rotation avoid garbage that would grow to the
  // size of a large file.
  const readAt = (position: number, into: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> => {
    const reading = onDisk(() => file.read(position, into));
    // A rejection that no caller awaits must not end the process.
    reading.catch(() => undefined);
    return reading;
  };
  let [ahead, free] = [readAt(0, new ArrayBuffer(CHUNK)), [new ArrayBuffer(CHUNK), new ArrayBuffer(CHUNK)] as const];
  try {
    for (let read = 0; ;) {
      const chunk = await ahead;
      read += chunk.byteLength;
      if (read > size || (chunk.byteLength === 0 && read < size)) throw unsent('file-changed', 'size');
      if (chunk.byteLength === 0) return;
      ahead = readAt(read, free[0]);
      free = [free[1], chunk.buffer];
      yield chunk;
    }
  } finally {
    await Promise.allSettled([ahead]);
    await file.close();
  }
}

async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    throw unsent(fileErrorCodeOf(thrown), errnoOf(thrown));
  }
}

const unsent = (code: OmnitoolErrorCode, detail: string | null): OmnitoolError =>
  new OmnitoolError({ ...ROUTE, code, sent: 'no', detail });

/**
 * Checks the server's reply to an upload.
 *
 * @throws OmnitoolError `upload-refused` (wire 5: `500 {"ok":false}`), `upload-incomplete` when it did not store
 * exactly this one file in full (it answers `200 []` to a body that it did not understand)
 */
export function readUpload(reply: Reply, source: UploadSource, sha256: string | null): StoredFile {
  if (reply.status === 500 && jsonOrNull(reply) !== null) throw refused(reply, 'upload-refused', null);
  const [stored, ...others] = readReply(reply, uploadReply);
  if (stored === undefined || others.length > 0) throw refused(reply, 'upload-incomplete', 'count');
  if (stored.size !== source.size || sha256 === null) throw refused(reply, 'upload-incomplete', 'size');
  const { fid, fileName, size, mimeType, expires } = stored;
  return { fid, fileName, size, mimeType, expires, sha256 };
}

const refused = ({ status }: Reply, code: OmnitoolErrorCode, detail: string | null): OmnitoolError =>
  new OmnitoolError({ ...ROUTE, code, sent: 'answered', status, detail });
