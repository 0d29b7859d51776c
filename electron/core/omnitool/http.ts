import { once } from 'node:events';
import { Agent as HttpAgent, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { getCACertificates } from 'node:tls';
import got, { type Got, type Request, type StreamOptions } from 'got';
import type { CookieJar } from 'tough-cookie';
import { OmnitoolError, type Sent } from './errors.ts';
import { failureOf, type Attempt } from './failures.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts';

export interface HttpOptions {
  readonly origin: string;
  /** PEM of a private authority to trust as well as the usual ones. */
  readonly certificateAuthority?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The path with placeholders for ids, for errors. */
  readonly route: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A fresh iterable for each call: nothing here is ever sent twice. */
  readonly body?: Buffer | AsyncIterable<Uint8Array>;
  readonly token?: string | null;
  readonly jar?: CookieJar;
  /** Milliseconds to the first byte of the reply. */
  readonly response?: number;
  /** Milliseconds for the whole body of the reply. */
  readonly read?: number;
  /** Milliseconds of silence after which the connection counts as dead; usually `Timeouts.idle`. */
  readonly idle?: number;
  /**
   * `own`: a connection for this call alone. For a start, because a request lost on a connection the server was just
   * closing cannot be told from one that arrived; for artifacts, because a broken one spoils its connection; for an
   * event stream, because it has to be known when it is gone (wire 12).
   */
  readonly connection?: 'kept' | 'own';
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A reply whose body still has to be read. Whoever holds it must call `end`. */
export interface OpenReply extends Omit<Reply, 'body'> {
  /** Throws what `Http.send` throws. */
  chunks(): AsyncIterable<Buffer>;
  /** Closes the connection unless the body was read to its end. */
  end(): void;
  /** Takes leave: resolves when the server has let go of the connection too, or has had its time to. */
  hangUp(): Promise<void>;
}

/** Idle connections are closed early: after a sleep or a network change they are dead and cost a whole time-out. */
const IDLE_CONNECTION_MS = 20_000;
/** How long the other side may take to let go of a connection before it is cut. */
const HANG_UP_MS = 1_000;

/**
 * HTTP with one server. Follows no redirect (so that the token goes nowhere else), repeats nothing (whoever asked
 * knows whether that is safe), puts a limit on all waiting and on every reply held in memory.
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
      // Nothing is compressed by this server (wire 5); a limit on bytes received is then a limit on memory.
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
   * One request, one whole reply of any status.
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

  /** One request, and its reply as it comes in. */
  async open(call: Call): Promise<OpenReply> {
    const { method, route } = call;
    const attempt: MutableAttempt = { method, route, sent: 'no', status: null };
    const signals = [this.#closed.signal, call.signal].filter((signal) => signal !== undefined);
    if (signals.some((signal) => signal.aborted)) throw new OmnitoolError({ ...cancelled, method, path: route });
    const stream = this.#client.stream(`${this.#origin}${call.path}`, this.#options(call, AbortSignal.any(signals)));
    // Errors are met where the stream is awaited or read; this keeps one in between from ending the process.
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

  /** Cancels what is under way and ends every connection. */
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

/** Notes how far a request got. Its head is written as soon as the connection stands, TLS included. */
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
        // Whoever stops reading still has to take leave, in its own way.
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
    // Bytes left unread would hide the goodbye of the other side.
    stream.resume();
    const enough = setTimeout(() => socket.destroy(), HANG_UP_MS);
    await gone.promise;
    clearTimeout(enough);
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
