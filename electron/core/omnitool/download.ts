import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../base/clock.ts';
import { diskErrorOf } from '../base/disk-error.ts';
import { requireSpace } from '../base/disk-space.ts';
import { makeFolder, moveIntoPlace } from '../base/durable.ts';
import { OmnitoolError, type OmnitoolErrorCode } from './errors.ts';
import { statusFailure } from './failures.ts';
import type { Http, OpenReply } from './http.ts';

/** What to download, and within which limits. */
export interface DownloadOptions {
  /** The expected size in bytes, from the result. Another size means a broken artifact. */
  readonly expectedSize?: number | undefined;
  /** Bytes. A larger file is not downloaded. */
  readonly maxBytes?: number | undefined;
  /**
   * Bytes that may still be written. Asked before the download and again during it, because other programs write too.
   */
  readonly mayWrite?: (() => Promise<number>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A complete file on the disk. */
export interface Downloaded {
  /** Bytes on disk. */
  readonly size: number;
  /** Of those bytes, in hex. */
  readonly sha256: string;
}

const ROUTE = { method: 'GET', path: '/fid/:fid' } as const;

/** The longest wait for the body of an error reply, in ms. It is short. */
const ERROR_BODY_MS = 2_000;
const ERROR_BODY_BYTES = 4_096;
/** The free space on the disk is checked again after this many bytes. */
const ROOM_EVERY = 16 * 1_048_576;
/** The longest delay of Node's timers, in ms. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Downloads a file of the server to `targetPath`. The file appears there when it is complete; until then it is
 * `<targetPath>.part`. Sends neither token nor cookie: the file id is the key (wire 5).
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
    const cancel = systemClock.after(longest(reply, http.timeouts.download, options), () =>
      bound.abort(new DOMException('too slow', 'TimeoutError')),
    );
    try {
      return await store(reply, targetPath, options);
    } finally {
      cancel();
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
      // Without an announced length the body need not end, so the limit is enforced while it is read.
      if (expectedSize !== undefined && size > expectedSize) throw failure('artifact-broken', 200, 'size');
      if (size > roomFor) {
        await requireSpace(Math.max(chunk.byteLength, (total ?? 0) - size + chunk.byteLength), mayWrite);
        roomFor = size + ROOM_EVERY;
      }
      hash.update(chunk);
      yield chunk;
    }
    if (expectedSize !== undefined && size !== expectedSize) throw failure('artifact-broken', 200, 'size');
  }
  try {
    await makeFolder(dirname(targetPath));
    await requireSpace(total ?? 0, mayWrite);
    await writeTo(part, counted);
    await moveIntoPlace(part, targetPath);
    return { size, sha256: hash.digest('hex') };
  } catch (thrown) {
    // The reason of the failed download matters more than a leftover part; the next try overwrites it.
    await rm(part, { force: true }).catch(() => undefined);
    throw thrown instanceof OmnitoolError ? thrown : diskErrorOf(thrown);
  }
}

/**
 * Waits until the file is closed, also after a failure: a file that is still being opened would appear after its
 * removal.
 */
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
 * When the server cannot put a file name in a header, it answers 500 with the length of the file and a short JSON body
 * (wire 5), so the body never ends. Its first bytes tell it from a failing server.
 */
async function refusalOf(reply: OpenReply): Promise<OmnitoolError> {
  const refusal = statusFailure(reply);
  if (reply.status !== 500) return refusal;
  return (await hasPoisonedName(reply)) ? failure('artifact-broken', 500, 'name') : refusal;
}

async function hasPoisonedName(reply: OpenReply): Promise<boolean> {
  const cancel = systemClock.after(ERROR_BODY_MS, () => reply.end());
  let start = '';
  try {
    for await (const chunk of reply.chunks()) {
      start += chunk.toString('latin1');
      if (start.includes('ERR_INVALID_CHAR')) return true;
      if (start.length > ERROR_BODY_BYTES) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof OmnitoolError)) throw thrown;
    // The file is shorter than the JSON: the body has more bytes than announced, which is invalid HTTP.
    return thrown.detail?.startsWith('HPE_') ?? false;
  } finally {
    cancel();
  }
  return false;
}

const failure = (code: OmnitoolErrorCode, status: number, detail: string | null = null): OmnitoolError =>
  new OmnitoolError({ ...ROUTE, code, sent: 'answered', status, detail });
