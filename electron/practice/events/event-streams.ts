import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Session } from '../auth/sessions.ts';
import { flatten } from './structured-clone.ts';

/** A message before its encoding. */
export type StreamMessage = Readonly<Record<string, unknown>>;

/** The most messages kept for a session without an open stream (wire 9.4). */
const KEPT = 1_000;

/** The time between two keep-alives on a stream, in ms (wire 9). */
export const KEEPALIVE = 60_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  Connection: 'keep-alive',
  'Cache-Control': 'no-cache,no-transform',
  'x-no-compression': '1',
} as const;

interface Listener {
  readonly userId: string;
  readonly response: ServerResponse;
}

/**
 * The event streams, one per session, and the messages kept for sessions without one. All are in memory: a restart
 * forgets them.
 */
export class EventStreams {
  readonly #listeners = new Map<string, Listener>();
  readonly #kept = new Map<string, StreamMessage[]>();
  /** The sessions whose streams came over a connection. */
  readonly #heardOver = new WeakMap<Socket, Set<string>>();
  readonly #keepalive: number;

  /** `keepalive` in ms. */
  constructor(keepalive: number) {
    this.#keepalive = keepalive;
  }

  /** Opens the stream of a session. Notifies and ends an older one, then sends the kept messages once. */
  open(session: Session, request: IncomingMessage, response: ServerResponse, welcome: StreamMessage | null): void {
    this.#closeOlder(session, request);
    response.writeHead(200, HEADERS);
    response.write('retry: 3000\n\n');
    if (welcome !== null) write(response, welcome);
    for (const message of this.#kept.get(session.id) ?? []) write(response, message);
    this.#kept.delete(session.id);
    this.#listeners.set(session.id, { userId: session.userId, response });

    const beat = setInterval(() => write(response, { type: 'keepalive', body: {} }), this.#keepalive);
    beat.unref();
    response.on('close', () => clearInterval(beat));
    this.#deafenWith(request.socket, session.id);
  }

  /**
   * Removes by session, not by stream: a second stream of a session gets nothing more when the connection of the first
   * closes. The real server has this flaw (wire 12), so clients must cope with it. Each connection has one listener,
   * however many streams use it in turn.
   */
  #deafenWith(socket: Socket, sessionId: string): void {
    const known = this.#heardOver.get(socket);
    if (known !== undefined) {
      known.add(sessionId);
      return;
    }
    const sessions = new Set([sessionId]);
    this.#heardOver.set(socket, sessions);
    socket.once('close', () => {
      for (const id of sessions) this.#listeners.delete(id);
    });
  }

  /** Sends to one session; keeps the message while no stream is open. */
  toSession(sessionId: string, message: StreamMessage): void {
    const listener = this.#listeners.get(sessionId);
    if (listener !== undefined) {
      write(listener.response, message);
      return;
    }
    const kept = this.#kept.get(sessionId) ?? [];
    kept.push(message);
    if (kept.length > KEPT) kept.shift();
    this.#kept.set(sessionId, kept);
  }

  /** Sends to all open streams of a user. Without one the message is lost. */
  toUser(userId: string, message: StreamMessage): void {
    for (const listener of this.#listeners.values()) {
      if (listener.userId === userId) write(listener.response, message);
    }
  }

  #closeOlder(session: Session, request: IncomingMessage): void {
    const older = this.#listeners.get(session.id);
    if (older === undefined) return;
    const from = `${request.socket.remoteAddress ?? ''} / undefined`;
    const message = `A newer connection was made from ${from}. `;
    write(older.response, { type: 'close', body: { reason: 'new_connection', message } });
    older.response.end();
  }
}

function write(response: ServerResponse, message: StreamMessage): void {
  if (!response.writableEnded) response.write(`id: sse\ndata: ${JSON.stringify(flatten(message))}\n\n`);
}
