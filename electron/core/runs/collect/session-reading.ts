import { type Drained, type DrainLimits, isOfSession, SessionDrain } from '../../omnitool/drain.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import type { OmnitoolServer, RunSession } from '../../omnitool/server.ts';
import { readableFailures } from '../../model/block-names.ts';
import { mergeFailures } from '../../model/failures.ts';
import type { Run } from '../../model/run.ts';
import type { Stage } from '../stage.ts';
import { toMessage } from './stored.ts';

/** The server keeps so many messages for a session without a stream, and drops older ones (wire 9.4). */
const MOST_KEPT = 1_000;

/** How a SessionReading opens its stream. */
export interface SessionReadingOptions {
  readonly server: OmnitoolServer;
  readonly session: RunSession;
  /** null: for as long as the stream lasts, until `limit` is called. */
  readonly patience: DrainLimits | null;
  readonly signal: AbortSignal;
  /** Called with the name of each file that the server says it stored, also for other runs of the user (wire 9.4). */
  readonly onFile: (name: string) => void;
}

/**
 * One stream of a run's session, read from its opening to its end. Each message is stored before the next is read,
 * because the server sends it only once (wire 12).
 */
export class SessionReading {
  /** Rejects with OmnitoolError where the stream breaks or cannot be opened. */
  readonly over: Promise<Drained>;
  /** Resolves once all messages are stored, before the connection is closed (SessionDrain); rejects as `over` does. */
  readonly stored: Promise<void>;
  /** The job that the session started; null when the stream ended without reporting it. */
  readonly started: Promise<string | null>;
  readonly #stage: Stage;
  readonly #run: Run;
  readonly #drain: SessionDrain;
  readonly #startHeard = Promise.withResolvers<string | null>();
  readonly #chatBlocks: readonly string[];
  readonly #onFile: (name: string) => void;
  /** Blocks whose begin was received, with nothing missed since. */
  readonly #atWork = new Set<string>();
  #skipped = 0;
  /** Events since the stream was opened; null once the start of the job is among them: then nothing was missed. */
  #withoutStart: number | null = 0;

  constructor(stage: Stage, run: Run, { server, session, patience, signal, onFile }: SessionReadingOptions) {
    this.#stage = stage;
    this.#onFile = onFile;
    this.#run = run;
    this.#chatBlocks = stage.names.chatBlocksOf(run.profileId, run.recipeId) ?? [];
    stage.notes.streamOpens(run.id);
    this.#drain = new SessionDrain(server, session, {
      jobId: run.jobId,
      patience,
      clock: stage.clock,
      signal,
      onEvent: (event, skipped) => this.#keep(event, skipped),
    });
    this.started = this.#startHeard.promise;
    this.over = this.#untilOver(signal);
    this.stored = Promise.race([this.#drain.whole, this.over.then(() => undefined)]);
    this.stored.catch(() => undefined);
    this.over.catch(() => undefined);
  }

  /** Sets how long the session may be silent from now on; null: without a limit. */
  limit(patience: DrainLimits | null): void {
    this.#drain.limit(patience);
  }

  /** Closes the stream. Messages that have arrived already are still read. */
  close(): void {
    this.#drain.close();
  }

  async #untilOver(signal: AbortSignal): Promise<Drained> {
    try {
      return await this.#drain.over;
    } catch (failure) {
      // At the end of the program the database is closed by now.
      if (!signal.aborted && deliveredNothing(failure)) this.#stage.notes.streamFailed(this.#run.id);
      throw failure;
    } finally {
      this.#startHeard.resolve(null);
    }
  }

  async #keep(event: ServerEvent, skipped: number): Promise<void> {
    const { id } = this.#run;
    if (isOfSession(event)) await this.#write(() => this.#store(event));
    if (this.#hasMissed(event, skipped)) await this.#write(() => this.#stage.notes.missed(id));
    if (event.type === 'job-started') this.#startHeard.resolve(event.jobId);
    if (event.type === 'chat') this.#stage.events.emit('said', id);
    if (event.type === 'toast') this.#noteFile(event.message);
  }

  async #write(work: () => void): Promise<void> {
    let isWritten = false as boolean;
    const { id } = this.#run;
    const write = (): void => {
      work();
      isWritten = true;
    };
    await this.#stage.writes.writeEventually(`heard ${id}`, write, () => [id]);
    if (!isWritten) throw new Error('A message of a recipe could not be stored.');
  }

  #store(event: ServerEvent): void {
    const { notes, results } = this.#stage;
    const { id } = this.#run;
    switch (event.type) {
      case 'job-started':
        this.#withoutStart = null;
        notes.jobStarted(id, event.jobId);
        break;
      case 'job-finished':
        if (this.#run.jobId === null || event.jobId === this.#run.jobId) notes.jobFinished(id);
        break;
      case 'node-started':
        this.#atWork.add(event.nodeId);
        break;
      case 'node-finished':
        if (this.#atWork.delete(event.nodeId) && this.#chatBlocks.includes(event.nodeId))
          notes.blockFinished(id, event.nodeId);
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

  /** Whether an event before this one was unreadable, or dropped by the server. */
  #hasMissed(event: ServerEvent, skipped: number): boolean {
    if (this.#withoutStart !== null && isOfSession(event)) this.#withoutStart += 1;
    const isMissed = skipped !== this.#skipped || this.#withoutStart === MOST_KEPT;
    this.#skipped = skipped;
    if (isMissed) this.#atWork.clear();
    return isMissed;
  }

  #noteFile(message: string): void {
    const [, name] = /^File created: (.{1,200})$/.exec(message) ?? [];
    if (name !== undefined) this.#onFile(name);
  }

  #noteFailure(failure: Extract<ServerEvent, { readonly type: 'block-failed' }>): void {
    const { store, names } = this.#stage;
    const run = store.find(this.#run.id);
    if (run === null) return;
    const merged = mergeFailures(run.failures, readableFailures(names, run.profileId, run.recipeId, [failure]));
    if (JSON.stringify(merged) !== JSON.stringify(run.failures)) store.noteFailures(run.id, merged);
  }
}

/** The request never left this machine, or was refused. */
const deliveredNothing = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && (failure.sent === 'no' || (failure.status !== null && failure.status >= 400));
