import { once } from 'node:events';
import { Agent as HttpAgent, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { getCACertificates } from 'node:tls';
import got, { type Got, type Request, type StreamOptions } from 'got';
import type { CookieJar } from 'tough-cookie';
import { systemClock } from '../base/clock.ts';
import { OmnitoolError, type Sent } from './errors.ts';
import { failureOf, type Attempt } from './failures.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts';

/** How one server is reached. */
export interface HttpOptions {
  readonly origin: string;
  /** PEM of a private certificate authority that is trusted in addition to the usual ones. */
  readonly certificateAuthority?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

/** One request. Times are in milliseconds, sizes in bytes. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The path with placeholders for ids, for errors. */
  readonly route: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A new iterable for each call, because no request is sent twice. */
  readonly body?: Buffer | AsyncIterable<Uint8Array>;
  readonly token?: string | null;
  readonly jar?: CookieJar;
  /** Milliseconds to the first byte of the reply. */
  readonly response?: number;
  /** Milliseconds for the whole body of the reply. */
  readonly read?: number;
  /** Milliseconds of silence after which the connection counts as dead. `Timeouts.idle` by default. */
  readonly idle?: number;
  /**
   * `own`: a separate connection for this call. For a start, because a request lost on a connection that the server was
   * just closing looks like one that arrived; for artifacts, because a broken one spoils its connection; for an event
   * stream, because its end must be known (wire 12).
   */
  readonly connection?: 'kept' | 'own';
  readonly signal?: AbortSignal | undefined;
}

/** A reply of any status, with its whole body in memory. */
export interface Reply {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A reply whose body is not read yet. The owner must call `end`. */
export interface OpenReply extends Omit<Reply, 'body'> {
  /** Throws the errors of `Http.send`. */
  chunks(): AsyncIterable<Buffer>;
  /** Closes the connection unless the body was read to its end. */
  end(): void;
  /** Resolves when the server has closed its side too, or after `HANG_UP_MS`. */
  hangUp(): Promise<void>;
}

/** Idle connections are closed early: after a sleep or a network change they are dead and would cost a time-out. */
const IDLE_CONNECTION_MS = 20_000;
/** How long the server may take to close a connection before it is cut, in ms. */
const HANG_UP_MS = 1_000;

/**
 * HTTP with one server. Follows no redirect, so that the token is sent nowhere else. Repeats no request: only the
 * caller knows whether that is safe. Limits every wait and the size of every reply in memory.
 */
export class Http {
  readonly timeouts: Timeouts;
  readonly #origin: string;
  readonly #client: Got;
  readonly #closed = new AbortController();
  readonly #kept = { http: new HttpAgent(KEEP), https: new HttpsAgent(KEEP) };
  readonly #own = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

  constructor({ origin, certificateAuthority, timeouts }: HttpOptions) {
    this.#origin = origin;
    this.timeouts = { ...DEFAULT_TIMEOUTS, ...timeouts };
    this.#client = got.extend({
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      // The server compresses nothing (wire 5), so a limit on received bytes is also a limit on memory.
      decompress: false,
      ignoreInvalidCookies: true,
      headers: { 'user-agent': 'omnitray', 'accept-encoding': 'identity' },
      https:
        certificateAuthority === undefined
          ? {}
          : { certificateAuthority: [...getCACertificates('default'), certificateAuthority] },
    });
  }

  /**
   * Sends one request and reads its whole reply, whatever its status.
   *
   * @throws OmnitoolError also for a reply over `maxReply` bytes (`bad-reply`, detail `size`)
   */
  async send(call: Call, maxReply: number): Promise<Reply> {
    const reply = await this.open({ read: this.timeouts.reply, ...call });
    try {
      return { ...factsOf(reply), body: await collect(reply, maxReply) };
    } finally {
      reply.end();
    }
  }

  /** Sends one request and returns its reply as a stream. */
  async open(call: Call): Promise<OpenReply> {
    const { method, route } = call;
    const attempt: MutableAttempt = { method, route, sent: 'no', status: null };
    const signals = [this.#closed.signal, call.signal].filter((signal) => signal !== undefined);
    if (signals.some((signal) => signal.aborted)) throw new OmnitoolError({ ...cancelled, method, path: route });
    const stream = this.#client.stream(`${this.#origin}${call.path}`, this.#options(call, AbortSignal.any(signals)));
    // The error is handled where the stream is awaited or read. This listener only keeps it from ending the process.
    stream.on('error', () => undefined);
    stream.once('request', (request: ClientRequest) => {
      follow(request, attempt);
    });
    try {
      await once(stream, 'response');
      return openReply(stream, attempt);
    } catch (thrown) {
      stream.destroy();
      throw failureOf(thrown, attempt);
    }
  }

  /** Cancels all requests and closes every connection. */
  close(): void {
    this.#closed.abort();
    for (const agent of [this.#kept.http, this.#kept.https, this.#own.http, this.#own.https]) agent.destroy();
  }

  #options(call: Call, signal: AbortSignal): StreamOptions {
    const { connect, idle, response: usual } = this.timeouts;
    const response = call.response ?? usual;
    const bearer = call.token == null ? {} : { authorization: `Bearer ${call.token}` };
    return {
      method: call.method,
      headers: { ...call.headers, ...bearer },
      agent: call.connection === 'own' ? this.#own : this.#kept,
      signal,
      timeout: {
        lookup: connect,
        connect,
        secureConnect: connect,
        response,
        socket: call.idle ?? Math.max(idle, response),
        ...(call.read === undefined ? {} : { read: call.read }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.jar === undefined ? {} : { cookieJar: call.jar }),
    };
  }
}

const KEEP = { keepAlive: true, timeout: IDLE_CONNECTION_MS, maxSockets: 16 } as const;
const cancelled = { code: 'cancelled', sent: 'no' } as const;

type MutableAttempt = { -readonly [Key in keyof Attempt]: Attempt[Key] };

/** Notes how far a request got. Its head is written as soon as the connection is open, TLS included. */
function follow(request: ClientRequest, attempt: MutableAttempt): void {
  const reach = (sent: Sent): void => {
    attempt.sent = sent;
  };
  request.once('socket', (socket) => {
    if (request.reusedSocket || !socket.connecting) reach('maybe');
    else socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', () => reach('maybe'));
  });
  request.once('response', ({ statusCode }) => {
    reach('answered');
    attempt.status = statusCode ?? null;
  });
}

function openReply(stream: Request, attempt: Attempt): OpenReply {
  const { response } = stream;
  if (response === undefined) throw failureOf(null, attempt);
  return {
    method: attempt.method,
    route: attempt.route,
    status: response.statusCode,
    headers: response.headers,
    async *chunks() {
      try {
        // A reader that stops early must close the connection itself.
        yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      } catch (thrown) {
        throw failureOf(thrown, attempt);
      }
    },
    end: () => {
      stream.destroy();
    },
    hangUp: () => hangUp(stream, response.socket),
  };
}

async function hangUp(stream: Request, socket: Socket): Promise<void> {
  if (!socket.closed) {
    const gone = Promise.withResolvers<undefined>();
    socket.once('close', () => gone.resolve(undefined));
    if (!socket.destroyed) socket.end();
    // Unread bytes would hide the end of the connection.
    stream.resume();
    const cancel = systemClock.after(HANG_UP_MS, () => socket.destroy());
    await gone.promise;
    cancel();
  }
  stream.destroy();
}

const factsOf = ({ method, route, status, headers }: OpenReply): Omit<Reply, 'body'> => ({
  method,
  route,
  status,
  headers,
});

async function collect(reply: OpenReply, maxReply: number): Promise<Buffer> {
  const { method, route: path, status } = reply;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply.chunks()) {
    size += chunk.byteLength;
    if (size > maxReply)
      throw new OmnitoolError({ code: 'bad-reply', method, path, sent: 'maybe', status, detail: 'size' });
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}
