import type { Clock } from '../base/clock.ts';
import type { SessionStream } from './event-stream.ts';
import type { ServerEvent } from './server-event.ts';
import type { OmnitoolServer, RunSession } from './server.ts';

/** How long a session may be silent before its stream is given up, in ms. Silence is no end: see `Drained.complete`. */
export interface Patience {
  /** While nothing was heard of the session: it may have nothing (more) to tell. */
  readonly first: number;
  /** Once something was heard, and the end of the job not yet: more is due. */
  readonly more: number;
  /** After the end of the job nothing more comes (wire 9.2); this is for what overtook it. 0: nothing is waited for. */
  readonly settle: number;
}

export interface DrainOptions {
  /** The job whose end is waited for; null when it is not known: then the end of any. */
  readonly jobId: string | null;
  /** null: the stream is followed for as long as it lasts, until `limit` is called. */
  readonly patience: Patience | null;
  /**
   * Each event as it comes, with the number of messages that could not be read so far. The server tells it only once
   * (wire 12), so the next event is not taken before what this returns has resolved.
   */
  readonly onEvent: (event: ServerEvent, skipped: number) => void | Promise<void>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export interface Drained {
  /**
   * Whether the end of the job was heard. Without it nobody knows whether there was more. It is not heard after a restart
   * of the server, which forgets what it kept, nor when an earlier stream of the session was told of it.
   */
  readonly complete: boolean;
  /** Messages that could not be read: with one of them, what was said is not known to be whole. */
  readonly skipped: number;
}

/** As long as `Patience.settle` usually is, in ms. */
export const SETTLE_MS = 20;

/**
 * One stream of a run's session, from its opening until its connection is gone: what the server kept for the session,
 * and then what it tells as it happens. It ends soon after the end of the job, and where the session stays silent for
 * longer than the limit. Bytes that move inside of a message are no silence, however long the message takes.
 */
export class SessionDrain {
  /** Rejects with what `listen` and its stream throw (OmnitoolError), and with what `onEvent` throws. */
  readonly over: Promise<Drained>;
  /**
   * Resolves as soon as all was told; never where the end of the job is not heard. The server may take its time to let go
   * of the connection, and that only matters to who opens another stream of the session.
   */
  readonly whole: Promise<void>;
  readonly #options: DrainOptions;
  #patience: Patience | null;
  #stream: SessionStream | null = null;
  #isClosed = false;
  #complete = false;
  #setWhole = (): void => undefined;
  #hasHeard = false;
  /** An event is being taken in: that takes as long as it takes. */
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

  /** From now on the session may be silent for so long; null: for ever. */
  limit(patience: Patience | null): void {
    this.#patience = patience;
    this.#arm();
  }

  /** Closes the stream. What the server has already sent is still read. */
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

  /** The session was heard just now: its silence counts from here. */
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

/** Every stream also carries news of the user's other runs (wire 9.4): they may go on for hours. */
export const isOfSession = ({ type }: ServerEvent): boolean => OF_SESSION.has(type);
