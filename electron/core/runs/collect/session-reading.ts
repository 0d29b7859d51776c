import type { RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { Drained, DrainLimits } from '../../omnitool/drain.ts';
import { isOfSession, SessionDrain } from '../../omnitool/drain.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import type { OmnitoolServer, RunSession } from '../../omnitool/server.ts';
import type { BlockNames } from '../../model/block-names.ts';
import { readableFailures } from '../../model/block-names.ts';
import { mergeFailures } from '../../model/failures.ts';
import type { Run } from '../../model/run.ts';
import type { HeardStore } from '../../store/heard-store.ts';
import type { ResultStore } from '../../store/result-store.ts';
import type { RunStore } from '../../store/run-store.ts';
import { toMessage } from './chat-messages.ts';

/** The server keeps so many messages for a session without a listener, and drops older ones (wire 9.4). */
const MOST_KEPT = 1_000;

export interface SessionReadingPorts {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly heard: HeardStore;
  readonly names: BlockNames;
  readonly clock: Clock;
  /** Does work on the database about a run; resolves once it could be written, and never after the end of the program. */
  insist(key: string, id: RunId, work: () => void): Promise<void>;
  /** One more chat message of the run is here. Must not throw. */
  said(id: RunId): void;
}

export interface SessionReadingOptions {
  readonly server: OmnitoolServer;
  readonly session: RunSession;
  /** null: for as long as the stream lasts, until `limit` is called. */
  readonly patience: DrainLimits | null;
  readonly signal: AbortSignal;
}

/**
 * One stream of a run's session, read from its opening to its end. What it tells is on disk before the next is read: the
 * server tells it once (wire 12).
 */
export class SessionReading {
  /** Rejects with OmnitoolError where the stream breaks or cannot be opened. */
  readonly over: Promise<Drained>;
  /** Resolves once all was told and is stored, before the connection is gone (SessionDrain); rejects as `over` does. */
  readonly told: Promise<void>;
  /** The job that the session started; null where the stream is over and did not tell. */
  readonly started: Promise<string | null>;
  readonly #ports: SessionReadingPorts;
  readonly #run: Run;
  readonly #drain: SessionDrain;
  readonly #startHeard = Promise.withResolvers<string | null>();
  readonly #chatBlocks: readonly string[];
  /** Blocks whose begin was heard, with nothing missed since. */
  readonly #atWork = new Set<string>();
  #skipped = 0;
  /** Events since the stream was opened; null once the start is among them: then nothing came before. */
  #withoutStart: number | null = 0;

  constructor(ports: SessionReadingPorts, run: Run, { server, session, patience, signal }: SessionReadingOptions) {
    this.#ports = ports;
    this.#run = run;
    this.#chatBlocks = ports.names.chatBlocksOf(run.profileId, run.recipeId) ?? [];
    ports.heard.begin(run.id);
    this.#drain = new SessionDrain(server, session, {
      jobId: run.jobId,
      patience,
      clock: ports.clock,
      signal,
      onEvent: (event, skipped) => this.#keep(event, skipped),
    });
    this.started = this.#startHeard.promise;
    this.over = this.#untilOver(signal);
    this.told = Promise.race([this.#drain.whole, this.over.then(() => undefined)]);
    this.told.catch(() => undefined);
    this.over.catch(() => undefined);
  }

  /** From now on the session may be silent for so long; null: for ever. */
  limit(patience: DrainLimits | null): void {
    this.#drain.limit(patience);
  }

  /** Closes the stream. What the server has already sent is still read. */
  close(): void {
    this.#drain.close();
  }

  async #untilOver(signal: AbortSignal): Promise<Drained> {
    try {
      return await this.#drain.over;
    } catch (failure) {
      // At the end of the program the database is closed by now.
      if (!signal.aborted && toldNothing(failure)) this.#ports.heard.untold(this.#run.id);
      throw failure;
    } finally {
      this.#startHeard.resolve(null);
    }
  }

  async #keep(event: ServerEvent, skipped: number): Promise<void> {
    const { id } = this.#run;
    if (isOfSession(event)) await this.#write(() => this.#store(event));
    if (this.#hasMissed(event, skipped)) await this.#write(() => this.#ports.heard.missed(id));
    if (event.type === 'job-started') this.#startHeard.resolve(event.jobId);
    if (event.type === 'chat') this.#ports.said(id);
  }

  async #write(work: () => void): Promise<void> {
    let isWritten = false as boolean;
    await this.#ports.insist(`heard ${this.#run.id}`, this.#run.id, () => {
      work();
      isWritten = true;
    });
    if (!isWritten) throw new Error('What a recipe said could not be stored.');
  }

  #store(event: ServerEvent): void {
    const { heard, results } = this.#ports;
    const { id } = this.#run;
    switch (event.type) {
      case 'job-started':
        this.#withoutStart = null;
        heard.started(id, event.jobId);
        break;
      case 'job-finished':
        if (this.#run.jobId === null || event.jobId === this.#run.jobId) heard.ended(id);
        break;
      case 'node-started':
        this.#atWork.add(event.nodeId);
        break;
      case 'node-finished':
        if (this.#atWork.delete(event.nodeId) && this.#chatBlocks.includes(event.nodeId)) heard.block(id, event.nodeId);
        break;
      case 'chat': {
        const message = toMessage(event);
        if (message !== null) results.addMessage(id, message);
        break;
      }
      case 'block-failed':
        this.#noteFailure(event);
        break;
      default:
    }
  }

  /** Whether something was told since the last event that is not known: unreadable, or dropped by the server. */
  #hasMissed(event: ServerEvent, skipped: number): boolean {
    if (this.#withoutStart !== null && isOfSession(event)) this.#withoutStart += 1;
    const isMissed = skipped !== this.#skipped || this.#withoutStart === MOST_KEPT;
    this.#skipped = skipped;
    if (isMissed) this.#atWork.clear();
    return isMissed;
  }

  #noteFailure(failure: Extract<ServerEvent, { readonly type: 'block-failed' }>): void {
    const { runs, names } = this.#ports;
    const run = runs.find(this.#run.id);
    if (run === null) return;
    const merged = mergeFailures(run.failures, readableFailures(names, run.profileId, run.recipeId, [failure]));
    if (JSON.stringify(merged) !== JSON.stringify(run.failures)) runs.noteFailures(run.id, merged);
  }
}

/** The question never left this machine, or was answered with a refusal. */
const toldNothing = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && (failure.sent === 'no' || (failure.status !== null && failure.status >= 400));
