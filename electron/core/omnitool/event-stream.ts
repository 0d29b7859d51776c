import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { CookieJar } from 'tough-cookie';
import { readClone } from './clone.ts';
import { OmnitoolError } from './errors.ts';
import { isHtml, statusFailure } from './failures.ts';
import type { Http, OpenReply } from './http.ts';
import { readMessage } from './messages.ts';
import type { ServerEvent } from './server-event.ts';
import type { RunSession } from './session.ts';
import { Turns } from './turns.ts';

/** The events of a session. Can be iterated once. */
export interface EventStream {
  /**
   * Ends when the server ends the stream, and after `close` once the bytes received by then were read.
   *
   * @throws OmnitoolError when the connection breaks; `timed-out` after too long without a byte
   */
  events(): AsyncIterable<ServerEvent>;
  /**
   * Resolves when the connection is closed, not before: a stream that is opened on the same session while the older
   * connection is still open goes silent when that one closes (wire 9.5, 12). May be called more than once.
   */
  close(): Promise<void>;
}

/** Two missed keepalives of one a minute: the stream is dead (wire 9.5). In ms. */
export const SILENCE_LIMIT_MS = 130_000;

/** Characters of one message. Texts may have many MB (wire 4); files are not part of it. */
const MAX_MESSAGE = 16_777_216;

/** Characters that are parsed at once: some dozen small messages. */
const MOST_AT_ONCE = 2_048;

/** The route of the event stream (wire 9). */
export const EVENTS_ROUTE = '/api/v1/mercenaries/listen';

/** Which stream `OmnitoolServer.listen` opens. */
export interface ListenOptions {
  /** The session of a run. Without it, the session that all other calls share. */
  readonly session?: RunSession | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a single byte after which the stream counts as dead. */
  readonly deafAfterMs?: number | undefined;
}

/** The server, the session and the limits of a stream. */
export interface OpenStreamOptions {
  /** Only the cookie counts here (wire 1). */
  readonly jar: CookieJar;
  /** Milliseconds without a byte after which the stream is closed. */
  readonly deafAfterMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the event stream of a session, on its own connection.
 *
 * @throws OmnitoolError also for a reply that is not an event stream
 */
export async function openEventStream(http: Http, options: OpenStreamOptions): Promise<SessionStream> {
  const { jar, deafAfterMs: idle, signal } = options;
  const reply = await http.open({
    method: 'GET',
    // Suppresses the server's welcome message (wire 9).
    path: `${EVENTS_ROUTE}?reconnect=1`,
    route: EVENTS_ROUTE,
    headers: { accept: 'text/event-stream' },
    jar,
    connection: 'own',
    idle,
    signal,
  });
  const refusal = refusalOf(reply);
  if (refusal === null) return new SessionStream(reply);
  reply.end();
  throw refusal;
}

function refusalOf(reply: OpenReply): OmnitoolError | null {
  const { method, route: path, status, headers } = reply;
  if (status !== 200) return statusFailure(reply);
  if (/^\s*text\/event-stream\s*(;|$)/i.test(headers['content-type'] ?? '')) return null;
  const [code, detail] = isHtml(headers) ? (['not-omnitool', 'html'] as const) : (['bad-reply', 'type'] as const);
  return new OmnitoolError({ code, method, path, sent: 'answered', status, detail });
}

/** The stream of one session. Reads from the network only as fast as the events are consumed. */
export class SessionStream implements EventStream {
  readonly #reply: OpenReply;
  readonly #messages = new Messages();
  readonly #reading: AsyncGenerator<ServerEvent>;
  #closing: Promise<void> | null = null;

  constructor(reply: OpenReply) {
    this.#reply = reply;
    this.#reading = this.#read();
  }

  /** Messages that could not be read, so far. */
  get skipped(): number {
    return this.#messages.skipped;
  }

  /** Characters so far, in complete messages and in the current one. */
  get received(): number {
    return this.#messages.received;
  }

  /** Whether a message is partly received. */
  get isInMessage(): boolean {
    return this.#messages.isInMessage;
  }

  events(): AsyncIterable<ServerEvent> {
    return this.#reading;
  }

  close(): Promise<void> {
    this.#closing ??= this.#reply.hangUp();
    return this.#closing;
  }

  async *#read(): AsyncGenerator<ServerEvent> {
    const decoder = new TextDecoder();
    const turns = new Turns();
    try {
      for await (const chunk of this.#reply.chunks()) {
        const text = decoder.decode(chunk, { stream: true });
        for (let from = 0; from < text.length; from += MOST_AT_ONCE) {
          yield* this.#messages.take(text.slice(from, from + MOST_AT_ONCE));
          await turns.next();
        }
      }
    } catch (failure) {
      // Errors of a connection that is being closed do not matter.
      if (this.#closing === null) throw failure;
    } finally {
      await this.close();
    }
  }
}

/** Splits the text of a stream into messages and parses them. An unreadable message is counted and skipped. */
class Messages {
  readonly #parser: EventSourceParser;
  #events: ServerEvent[] = [];
  #isTooLong = false;
  #tail = '';
  received = 0;
  skipped = 0;

  constructor() {
    this.#parser = createParser({
      maxBufferSize: MAX_MESSAGE,
      onEvent: ({ data }) => this.#read(data),
      onError: ({ type }) => {
        this.#isTooLong ||= type === 'max-buffer-size-exceeded';
      },
    });
  }

  /** A message ends with an empty line. */
  get isInMessage(): boolean {
    return this.#tail !== '' && !/(\n\n|\r\r|\n\r\n)$/.test(this.#tail);
  }

  /** The events that this text completes. */
  take(text: string): readonly ServerEvent[] {
    this.received += text.length;
    this.#tail = `${this.#tail}${text}`.slice(-4);
    this.#events = [];
    this.#parser.feed(text);
    if (this.#isTooLong) {
      // The rest of a skipped message comes as lines without a field name, which the parser ignores.
      this.#parser.reset();
      this.#isTooLong = false;
      this.skipped += 1;
    }
    return this.#events;
  }

  #read(data: string): void {
    const clone = readClone(data);
    const events = clone === null ? null : readMessage(clone.value);
    if (events === null) this.skipped += 1;
    else this.#events.push(...events);
  }
}
