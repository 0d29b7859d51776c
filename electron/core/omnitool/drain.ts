import type { Clock } from '../base/clock.ts';
import type { SessionStream } from './event-stream.ts';
import type { ServerEvent } from './server-event.ts';
import type { OmnitoolServer, RunSession } from './server.ts';

/**
 * How long a session may be silent before its stream is closed, in ms. Silence alone does not mean the end: see
 * `Drained.complete`.
 */
export interface DrainLimits {
  /** Before the first message of the session: it may have no messages left. */
  readonly first: number;
  /** After the first message and before the end of the job: more messages follow. */
  readonly more: number;
  /**
   * After the end of the job no more messages are sent (wire 9.2); this is for messages that were overtaken. 0: do not
   * wait.
   */
  readonly settle: number;
}

/** Which session to read, until which end. */
export interface DrainOptions {
  /** The job whose end is waited for. Null when its id is unknown: then the end of any job counts. */
  readonly jobId: string | null;
  /** Null: follows the stream until `limit` is called. */
  readonly patience: DrainLimits | null;
  /**
   * Called for each event, with the number of unreadable messages so far. The server sends each event once (wire 12),
   * so the next one is read only after the returned promise has resolved.
   */
  readonly onEvent: (event: ServerEvent, skipped: number) => void | Promise<void>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** How the reading of a session ended. */
export interface Drained {
  /**
   * Whether the end of the job was received. Without it, messages may be missing. It is not received after a restart of
   * the server, which forgets its queue, nor when an earlier stream of the session received it.
   */
  readonly complete: boolean;
  /** Messages that could not be read. With one of them, the answer may be incomplete. */
  readonly skipped: number;
}

/** The usual value of `Patience.settle`, in ms. */
export const SETTLE_MS = 20;

/**
 * One stream of a run's session, from its opening until its connection is closed: first the messages that the server
 * kept for the session, then new ones as they come. It ends soon after the end of the job, or when the session is
 * silent for longer than the limit. Bytes that arrive inside a message count as activity, however long the message
 * takes.
 */
export class SessionDrain {
  /** Rejects with the errors of `listen` and its stream (OmnitoolError), and with those of `onEvent`. */
  readonly over: Promise<Drained>;
  /**
   * Resolves when all events of the job were read; never without the end of the job. The server may take longer to
   * close the connection, which matters only to the next stream of the session.
   */
  readonly whole: Promise<void>;
  readonly #options: DrainOptions;
  #patience: DrainLimits | null;
  #stream: SessionStream | null = null;
  #isClosed = false;
  #complete = false;
  #setWhole = (): void => undefined;
  #hasHeard = false;
  /** An event is being processed, for as long as that takes. */
  #isTaking = false;
  #cancelTimer = (): void => undefined;

  constructor(server: OmnitoolServer, session: RunSession, options: DrainOptions) {
    this.#options = options;
    this.#patience = options.patience;
    this.over = this.#read(server, session);
    this.whole = new Promise((resolve) => {
      this.#setWhole = resolve;
    });
  }

  /** Sets how long the session may be silent from now on; null: for ever. */
  limit(patience: DrainLimits | null): void {
    this.#patience = patience;
    this.#arm();
  }

  /** Closes the stream. Bytes that the server has already sent are still read. */
  close(): void {
    this.#isClosed = true;
    void this.#stream?.close();
  }

  async #read(server: OmnitoolServer, session: RunSession): Promise<Drained> {
    const { jobId, onEvent, signal } = this.#options;
    const stream = await server.listen({ session, signal });
    this.#stream = stream;
    if (this.#isClosed) this.close();
    this.#arm();
    try {
      for await (const event of stream.events()) {
        this.#isTaking = true;
        await onEvent(event, stream.skipped);
        this.#isTaking = false;
        if (!isOfSession(event)) continue;
        this.#hasHeard = true;
        this.#complete ||= event.type === 'job-finished' && (jobId === null || event.jobId === jobId);
        this.#arm();
      }
    } finally {
      this.#stream = null;
      this.#cancelTimer();
      await stream.close();
    }
    return { complete: this.#complete, skipped: stream.skipped };
  }

  /** Restarts the silence limit. */
  #arm(): void {
    this.#cancelTimer();
    const stream = this.#stream;
    const limit = this.#limit();
    if (stream === null || limit === null) return;
    if (limit === 0) {
      this.#finish();
      return;
    }
    const { received } = stream;
    this.#cancelTimer = this.#options.clock.after(limit, () => {
      if (this.#isTaking || (stream.isInMessage && stream.received !== received)) this.#arm();
      else this.#finish();
    });
  }

  #finish(): void {
    if (this.#complete) this.#setWhole();
    this.close();
  }

  #limit(): number | null {
    if (this.#complete) return this.#patience?.settle ?? SETTLE_MS;
    if (this.#patience === null) return null;
    return this.#hasHeard ? this.#patience.more : this.#patience.first;
  }
}

const OF_SESSION: ReadonlySet<ServerEvent['type']> = new Set([
  'job-started',
  'job-finished',
  'node-started',
  'node-finished',
  'block-failed',
  'chat',
]);

/** Every stream also carries events of the user's other runs (wire 9.4), which may go on for hours. */
export const isOfSession = ({ type }: ServerEvent): boolean => OF_SESSION.has(type);
