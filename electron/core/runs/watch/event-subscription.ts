import { StreamBackOff } from '../stream-back-off.ts';
import type { Clock } from '../../base/clock.ts';
import { OmnitoolError, type OmnitoolErrorCode } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import type { EventStream } from '../../omnitool/server.ts';

/** The pause after a server refused the stream, in ms; polling `/jobs` is enough for runs. */
const REFUSED_PAUSE_MS = 5 * 60_000;
/** The pause after another client opened a stream on our session, so that the two do not replace each other, in ms. */
const REPLACED_PAUSE_MS = 30_000;

/** What an EventSubscription works with. The callbacks must not throw. */
export interface SubscriptionOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Opens the stream of the profile's session. When it throws, it is called again later. */
  open(signal: AbortSignal): Promise<EventStream>;
  received(event: ServerEvent): void;
  /** Events come as they happen from now on (true), or may be missed (false). */
  changed(isOpen: boolean): void;
  /** Reports an unexpected failure. */
  failed(failure: unknown): void;
}

/**
 * Keeps the one event stream of a profile's session open. There are never two on one session: the older one is closed
 * before the next is opened (wire 9.5). The stream only makes things faster: runs are polled through `/jobs`, too.
 */
export class EventSubscription {
  readonly #options: SubscriptionOptions;
  #wanted = false;
  #suspended = false;
  #stop: AbortController | null = null;
  #running: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  readonly #backOff = new StreamBackOff();
  #state: 'closed' | 'open' | 'refused' = 'closed';
  #settled: (() => void)[] = [];

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Opens the stream, or closes it. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    this.#follow();
  }

  /** Resolves once the stream is open or was refused, and at the latest after `atMostMs`. */
  async opened(atMostMs: number): Promise<void> {
    if (this.#state !== 'closed' || this.#isOff()) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => resolve(undefined);
    const cancel = this.#options.clock.after(atMostMs, done);
    this.#settled.push(done);
    await promise;
    cancel();
  }

  #become(state: 'closed' | 'open' | 'refused'): void {
    this.#state = state;
    if (state !== 'closed') for (const done of this.#settled.splice(0)) done();
  }

  /** Closes the stream before the machine sleeps: it would not survive that. */
  suspend(): void {
    this.#suspended = true;
    this.#follow();
  }

  resume(): void {
    this.#suspended = false;
    this.#backOff.reset();
    this.#follow();
  }

  /** The server is back: ends the pause before the next attempt. */
  tryNow(): void {
    this.#backOff.reset();
    this.#wake?.();
  }

  #follow(): void {
    if (this.#isOff()) this.#stop?.abort();
    else if (this.#running === null) this.#start();
  }

  #start(): void {
    const stop = new AbortController();
    this.#stop = stop;
    this.#running = this.#keepOpen(stop.signal)
      .catch((failure: unknown) => this.#options.failed(failure))
      .finally(() => {
        this.#running = null;
        this.#follow();
      });
  }

  async #keepOpen(signal: AbortSignal): Promise<void> {
    for (;;) {
      const pause = await this.#oneStream(signal);
      if (signal.aborted) return;
      await this.#pause(pause, signal);
      if (this.#isOff()) return;
    }
  }

  #isOff(): boolean {
    return !this.#wanted || this.#suspended;
  }

  /** How long to wait before the next, in ms. */
  async #oneStream(signal: AbortSignal): Promise<number> {
    const { clock, random } = this.#options;
    let stream: EventStream | null = null;
    let openedAt = 0;
    let isReplaced = false;
    try {
      stream = await this.#options.open(signal);
      openedAt = clock.now();
      this.#become('open');
      this.#options.changed(true);
      for await (const event of stream.events()) {
        if (signal.aborted) break;
        if (event.type === 'replaced') isReplaced = true;
        else this.#options.received(event);
      }
    } catch (failure) {
      this.#become('refused');
      if (failure instanceof OmnitoolError && REFUSALS.includes(failure.code)) return REFUSED_PAUSE_MS;
      // The other calls find out and report whether the server is away.
      if (!(failure instanceof Error)) throw failure;
    } finally {
      if (stream !== null) {
        this.#become('closed');
        this.#options.changed(false);
        await stream.close();
      }
    }
    const pause = this.#backOff.pauseAfter(stream === null ? 0 : clock.now() - openedAt, random());
    return isReplaced ? REPLACED_PAUSE_MS : pause;
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => resolve(undefined);
    const cancel = this.#options.clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    this.#wake = done;
    return promise.finally(() => {
      cancel();
      signal.removeEventListener('abort', done);
      this.#wake = null;
    });
  }
}

/** Answers that a further attempt would not change. */
const REFUSALS: readonly OmnitoolErrorCode[] = ['unauthorized', 'forbidden', 'not-found', 'not-omnitool', 'bad-reply'];
