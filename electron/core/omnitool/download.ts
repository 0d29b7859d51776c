import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskErrorOf } from '../base/disk-error.ts';
import { requireRoom } from '../base/disk-room.ts';
import { makeFolder, moveIntoPlace } from '../base/durable.ts';
import { OmnitoolError, type OmnitoolErrorCode } from './errors.ts';
import { statusFailure } from './failures.ts';
import type { Http, OpenReply } from './http.ts';

export interface DownloadOptions {
  /** Bytes, as the result told; another size is a broken artifact. */
  readonly expectedSize?: number | undefined;
  /** Bytes; more than this is not fetched. */
  readonly maxBytes?: number | undefined;
  /** Bytes that may still be written, asked before the download and again while it goes on: others write too. */
  readonly mayWrite?: (() => Promise<number>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Downloaded {
  /** Bytes on disk. */
  readonly size: number;
  /** Of those bytes, in hex. */
  readonly sha256: string;
}

const ROUTE = { method: 'GET', path: '/fid/:fid' } as const;

/** An answer that is an error is short; what follows the head of one is not waited for longer than this. */
const ERROR_BODY_MS = 2_000;
const ERROR_BODY_BYTES = 4_096;
/** The room on the disk is looked at again after so many bytes. */
const ROOM_EVERY = 16 * 1_048_576;
/** Node's timers hold no more. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Fetches a file of the server to `targetPath`, which appears whole or not at all (`<targetPath>.part` meanwhile).
 * Sends neither token nor cookie: the file id is the key (wire 5).
 *
 * @throws OmnitoolError `gone`, `artifact-broken`, `too-large`, and those of any call; DiskError
 */
export async function download(
  http: Http,
  fid: string,
  targetPath: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  const path = `/fid/${encodeURIComponent(fid)}`;
  const bound = new AbortController();
  const signal = options.signal === undefined ? bound.signal : AbortSignal.any([options.signal, bound.signal]);
  const reply = await http.open({ method: 'GET', path, route: ROUTE.path, connection: 'own', signal });
  try {
    if (reply.status !== 200) throw await refusalOf(reply);
    const timer = setTimeout(
      () => bound.abort(new DOMException('too slow', 'TimeoutError')),
      longest(reply, http.timeouts.download, options),
    );
    try {
      return await store(reply, targetPath, options);
    } finally {
      clearTimeout(timer);
    }
  } finally {
    reply.end();
  }
}

async function store(reply: OpenReply, targetPath: string, options: DownloadOptions): Promise<Downloaded> {
  const { expectedSize, maxBytes = Infinity, mayWrite = boundless } = options;
  const announced = lengthOf(reply);
  if (Math.max(announced ?? 0, expectedSize ?? 0) > maxBytes) throw failure('too-large', 200, 'limit');
  if (announced !== null && expectedSize !== undefined && announced !== expectedSize)
    throw failure('artifact-broken', 200, 'size');
  const part = `${targetPath}.part`;
  const hash = createHash('sha256');
  const total = announced ?? expectedSize ?? null;
  let size = 0;
  let roomFor = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of reply.chunks()) {
      size += chunk.byteLength;
      if (size > maxBytes) throw failure('too-large', 200, 'limit');
      // At once: a body without an announced length need not have an end.
      if (expectedSize !== undefined && size > expectedSize) throw failure('artifact-broken', 200, 'size');
      if (size > roomFor) {
        await requireRoom(Math.max(chunk.byteLength, (total ?? 0) - size + chunk.byteLength), mayWrite);
        roomFor = size + ROOM_EVERY;
      }
      hash.update(chunk);
      yield chunk;
    }
    if (expectedSize !== undefined && size !== expectedSize) throw failure('artifact-broken', 200, 'size');
  }
  try {
    await makeFolder(dirname(targetPath));
    await requireRoom(total ?? 0, mayWrite);
    await writeTo(part, counted);
    await moveIntoPlace(part, targetPath);
    return { size, sha256: hash.digest('hex') };
  } catch (thrown) {
    // What made the download fail matters more than a part that cannot be removed; the next try writes over it.
    await rm(part, { force: true }).catch(() => undefined);
    throw thrown instanceof OmnitoolError ? thrown : diskErrorOf(thrown);
  }
}

/** The file is closed when this settles, also by a failure: one that is still being opened would appear after its removal. */
async function writeTo(path: string, chunks: () => AsyncGenerator<Buffer>): Promise<void> {
  const file = createWriteStream(path, { flush: true });
  const closed = new Promise<void>((resolve) => file.once('close', () => resolve()));
  try {
    await pipeline(chunks, file);
  } finally {
    await closed;
  }
}

const boundless = (): Promise<number> => Promise.resolve(Infinity);

function longest(reply: OpenReply, grace: number, { expectedSize, maxBytes }: DownloadOptions): number {
  const size = lengthOf(reply) ?? expectedSize ?? maxBytes ?? 0;
  return Math.min(grace + size, LONGEST_TIMER_MS);
}

function lengthOf({ headers }: OpenReply): number | null {
  const value = headers['content-length'];
  return value === undefined || !/^\d+$/.test(value) ? null : Number(value);
}

/**
 * A file whose name the server cannot put in a header answers 500 with the length of the file and a short JSON body
 * (wire 5), so its end never comes. Its first words tell it from a server in trouble.
 */
async function refusalOf(reply: OpenReply): Promise<OmnitoolError> {
  const refusal = statusFailure(reply);
  if (reply.status !== 500) return refusal;
  return (await hasPoisonedName(reply)) ? failure('artifact-broken', 500, 'name') : refusal;
}

async function hasPoisonedName(reply: OpenReply): Promise<boolean> {
  const enough = setTimeout(() => {
    reply.end();
  }, ERROR_BODY_MS);
  let start = '';
  try {
    for await (const chunk of reply.chunks()) {
      start += chunk.toString('latin1');
      if (start.includes('ERR_INVALID_CHAR')) return true;
      if (start.length > ERROR_BODY_BYTES) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof OmnitoolError)) throw thrown;
    // A file shorter than the JSON: more bytes than were announced, which is not HTTP any more.
    return thrown.detail?.startsWith('HPE_') ?? false;
  } finally {
    clearTimeout(enough);
  }
  return false;
}

const failure = (code: OmnitoolErrorCode, status: number, detail: string | null = null): OmnitoolError =>
  new OmnitoolError({ ...ROUTE, code, sent: 'answered', status, detail });
