import type { EventStreams } from '../events/event-streams.ts';
import { headerName } from '../files/file-name.ts';
import { type FileRecord, withoutExpiry } from '../files/file-record.ts';
import type { FileStore } from '../files/file-store.ts';
import { makeThumbnail, type ThumbnailSize, thumbnailSize, wantsThumbnail } from '../files/thumbnail.ts';
import { RefusedUpload, storeUpload } from '../files/upload.ts';
import { json, notOk, type Reply } from '../http/reply.ts';
import type { Call, Route, SignedInCall } from '../http/router.ts';
import { fileToast } from '../jobs/job-events.ts';

const NO_CACHE = { 'cache-control': 'no-cache, no-store, must-revalidate' } as const;

/** The number of unknown ids and of thumbnails that are remembered. */
const REMEMBERED = { misses: 1_000, thumbnails: 100 } as const;

/** Uploading and downloading files (wire 5). */
export function fileRoutes(files: FileStore, streams: EventStreams): readonly Route[] {
  const counter = new FileCounter(files);
  return [
    { method: 'POST', pattern: /^\/fid$/, access: 'cookie', handle: (call) => upload(files, streams, call) },
    { method: 'GET', pattern: /^\/fid\/([^/]+)$/, access: 'open', handle: (call) => counter.serve(call) },
  ];
}

async function upload(files: FileStore, streams: EventStreams, { request, session }: SignedInCall): Promise<Reply> {
  if (!/^multipart\/form-data;.*boundary=/i.test(request.headers['content-type'] ?? '')) return notOk();
  try {
    const records = await storeUpload(request, files);
    for (const record of records) streams.toUser(session.userId, fileToast(record.fileName));
    return json(200, records);
  } catch (problem) {
    if (problem instanceof RefusedUpload) return notOk();
    throw problem;
  }
}

/** Sends files. Remembers earlier requests, because the second reply differs (wire 5). */
class FileCounter {
  readonly #files: FileStore;
  readonly #missed = new Set<string>();
  readonly #thumbnails = new Map<string, Uint8Array>();

  constructor(files: FileStore) {
    this.#files = files;
  }

  async serve(call: Call): Promise<Reply | null> {
    const { query } = call;
    const fid = (call.parameters[0] ?? '').replace(/\.[^.]*$/, '');
    const record = this.#files.find(fid);
    if (query.get('obj') === 'true') {
      return record === null ? json(404, { error: 'File not found' }, NO_CACHE) : json(200, withoutExpiry(record));
    }
    if (record === null) return this.#missing(fid);
    if (wantsThumbnail(query)) {
      const size = thumbnailSize(query);
      if (size === null)
        return json(422, {
          error: `Invalid resize options provided.${JSON.stringify({ download: false, ...Object.fromEntries(query) })}`,
        });
      if (record.fileType === 'image') return this.#thumbnail(call, record, size);
    }
    return handOut(call, record, null, this.#files);
  }

  #missing(fid: string): Reply {
    const reason = this.#missed.has(fid) ? 'missCache' : `cdn.get(): no record found for ${fid}`;
    if (this.#missed.size < REMEMBERED.misses) this.#missed.add(fid);
    return json(410, { exists: false, reason }, NO_CACHE);
  }

  /** From the second request on, a thumbnail comes from a cache without its name and type (wire 5). */
  async #thumbnail(call: Call, record: FileRecord, size: ThumbnailSize): Promise<Reply | null> {
    const key = `${record.fid} ${size.width} ${size.height} ${size.fit}`;
    const cached = this.#thumbnails.get(key);
    if (cached !== undefined) {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(cached.length) };
      return { status: 200, headers, body: cached };
    }
    const made = makeThumbnail(await this.#files.read(record), size);
    if (made !== null && this.#thumbnails.size < REMEMBERED.thumbnails) this.#thumbnails.set(key, made);
    return handOut(call, record, made, this.#files);
  }
}

/** Sends the file, or `bytes` instead. */
function handOut(call: Call, record: FileRecord, bytes: Uint8Array | null, files: FileStore): Reply | null {
  const download = call.query.get('download') === 'true';
  const start = {
    ...(download && { 'content-description': 'File Transfer' }),
    'content-length': String(bytes?.length ?? record.size),
    'content-type': download ? 'application/octet-stream' : record.mimeType,
  };
  const name = headerName(record.fileName);
  if (name === null) return breakOff(call, start);
  // Before the length. After it, Node would read a Latin-1 name as UTF-8 and refuse it.
  const headers = {
    'content-disposition': `${download ? 'attachment' : 'inline'}; filename="${name}"`,
    ...start,
    'content-transfer-encoding': 'binary',
    ...(!download && { 'cache-control': 'public, max-age=86400, immutable' }),
  };
  return { status: 200, headers, body: bytes ?? files.stream(record) };
}

/**
 * The server fails on a name beyond Latin-1 after it has set the length of the file: status 500 with another
 * body, without the headers of other replies (wire 5, 12). Clients hang or lose their connection.
 */
function breakOff({ response }: Call, headers: Readonly<Record<string, string>>): null {
  response.writeHead(500, headers);
  response.end(
    JSON.stringify({
      statusCode: 500,
      code: 'ERR_INVALID_CHAR',
      error: 'Internal Server Error',
      message: 'Invalid character in header content ["content-disposition"]',
    }),
  );
  return null;
}
