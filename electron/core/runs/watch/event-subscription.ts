import type { Clock } from '../../base/clock.ts';
import type { OmnitoolErrorCode } from '../../omnitool/errors.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import type { EventStream } from '../../omnitool/server.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A stream that lasted this long was a good one: its end is not counted as one more failure. */
const GOOD_STREAM_MS = 60_000;
/** A server that has no stream for us is asked again this seldom; `/jobs` tells all that a run needs. */
const REFUSED_PAUSE_MS = 5 * 60_000;
/** Somebody else uses our session, which cannot be; whoever it is, taking it in turns every second helps nobody. */
const REPLACED_PAUSE_MS = 30_000;

export interface FeedPorts {
  readonly clock: Clock;
  readonly random: () => number;
  /** Opens the stream of the profile's session. What it throws is a reason to try again later. */
  open(signal: AbortSignal): Promise<EventStream>;
  /** Must not throw. */
  heard(event: ServerEvent): void;
  /** From now on news comes as it happens (true), or may be missed (false). Must not throw. */
  changed(isOpen: boolean): void;
  /** What nobody foresaw. */
  failed(failure: unknown): void;
}

/**
 * The one event stream of a profile's session. There are never two on one session: the older one is closed, and its
 * connection gone, before the next is opened (wire 9.5). An accelerator and nothing more: whatever happens to it, runs
 * are watched through `/jobs` all the same.
 */
export class EventSubscription {
  readonly #ports: FeedPorts;
  #wanted = false;
  #suspended = false;
  #stop: AbortController | null = null;
  #running: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #failures = 0;
  #state: 'closed' | 'open' | 'refused' = 'closed';
  #settled: (() => void)[] = [];

  constructor(ports: FeedPorts) {
    this.#ports = ports;
  }

  /** Opens the stream, or lets it go. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    this.#follow();
  }

  /**
   * Resolves once the stream is open, or it is known that it will not be for now. Bounded: nothing must wait for a
   * stream that does not come.
   */
  async opened(atMostMs: number): Promise<void> {
    if (this.#state !== 'closed' || this.#isOff()) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => resolve(undefined);
    const cancel = this.#ports.clock.after(atMostMs, done);
    this.#settled.push(done);
    await promise;
    cancel();
  }

  #become(state: 'closed' | 'open' | 'refused'): void {
    this.#state = state;
    if (state !== 'closed') for (const done of this.#settled.splice(0)) done();
  }

  /** The machine goes to sleep: a stream does not survive that. */
  suspend(): void {
    this.#suspended = true;
    this.#follow();
  }

  resume(): void {
    this.#suspended = false;
    this.#failures = 0;
    this.#follow();
  }

  /** The server is there again: not a moment is waited for a stream that is not open. */
  tryNow(): void {
    this.#failures = 0;
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
      .catch((failure: unknown) => this.#ports.failed(failure))
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
    const { clock } = this.#ports;
    let stream: EventStream | null = null;
    let openedAt = 0;
    let isReplaced = false;
    try {
      stream = await this.#ports.open(signal);
      openedAt = clock.now();
      this.#become('open');
      this.#ports.changed(true);
      for await (const event of stream.events()) {
        if (signal.aborted) break;
        if (event.type === 'replaced') isReplaced = true;
        else this.#ports.heard(event);
      }
    } catch (failure) {
      this.#become('refused');
      if (failure instanceof OmnitoolError && REFUSALS.includes(failure.code)) return REFUSED_PAUSE_MS;
      // Whether the server is away is found out, and told, by the calls that matter.
      if (!(failure instanceof Error)) throw failure;
    } finally {
      if (stream !== null) {
        this.#become('closed');
        this.#ports.changed(false);
        await stream.close();
      }
    }
    if (stream !== null && clock.now() - openedAt >= GOOD_STREAM_MS) this.#failures = 0;
    this.#failures += 1;
    return isReplaced ? REPLACED_PAUSE_MS : this.#backOff();
  }

  #backOff(): number {
    const plain = Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS);
    return plain * (1 + this.#ports.random() / 4);
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (): void => resolve(undefined);
    const cancel = this.#ports.clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    this.#wake = done;
    return promise.finally(() => {
      cancel();
      signal.removeEventListener('abort', done);
      this.#wake = null;
    });
  }
}

/** What answers so has no stream for this client, however often it is asked. */
const REFUSALS: readonly OmnitoolErrorCode[] = ['unauthorized', 'forbidden', 'not-found', 'not-omnitool', 'bad-reply'];
