import type { RunId } from '../../../contract/views.ts';
import { type DrainLimits, SETTLE_MS } from '../../omnitool/drain.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import { EVENTS_ROUTE } from '../../omnitool/event-stream.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import type { Run } from '../../model/run.ts';
import type { Stage } from '../stage.ts';
import { SessionReading } from './session-reading.ts';

/**
 * How long to wait for messages, in ms. The server replays stored messages at once (wire 9.4), but the network may be
 * slow. The session may also have none: the server was restarted, or has delivered them before.
 */
const PATIENCE: DrainLimits = { first: 10_000, more: 30_000, settle: SETTLE_MS };
/** For a recipe without chat messages: its session can only explain a failure, which other sources explain, too. */
const SHORT_PATIENCE: DrainLimits = { first: 400, more: 400, settle: SETTLE_MS };
/** The same after a success: there is no failure to explain. */
const NO_PATIENCE: DrainLimits = { ...SHORT_PATIENCE, settle: 0 };
/** After so many reads without the end of the session the answer counts as cut. */
const MOST_TRIES = 3;
/** File names that are held of one run. */
const MOST_FILES = 100;

/** The session of a run was not read to its end; a further attempt is worthwhile. */
export class AnswerNotWhole extends Error {
  constructor() {
    super('The session of a run was not read to its end.');
    this.name = 'AnswerNotWhole';
  }
}

/**
 * Reads the sessions of runs: their chat messages, and why a block failed. There is one stream of a session for all
 * callers, because a second one would receive nothing (wire 9.5).
 */
export class SessionReader {
  readonly #stage: Stage;
  readonly #open = new Map<RunId, Promise<SessionReading | null>>();
  readonly #tries = new Map<RunId, number>();
  /** Names of files that the server said it stored while the stream of a run was open. */
  readonly #files = new Map<RunId, Set<string>>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /**
   * While the job runs: reads the session as long as its stream lasts. Returns whether another stream of it can receive
   * more.
   *
   * @throws OmnitoolError when the stream breaks or cannot be opened
   */
  async follow(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<boolean> {
    if (this.#hasAll(run)) return false;
    const reading = await this.#reading(run, server, null, signal);
    await reading?.over;
    return reading !== null && !signal.aborted && !this.#stage.notes.received(run.id).end;
  }

  /** Closes all streams. Callers that wait for one continue with what was received. */
  hangUp(): void {
    for (const opening of this.#open.values())
      opening.then(
        (reading) => reading?.close(),
        () => undefined,
      );
  }

  /**
   * After the end of the job: reads the session to its end. The answer counts as cut (`Run.answerCut`) when the end was
   * not received, or something before it was missed.
   *
   * @throws AnswerNotWhole, or OmnitoolError when the server could not be asked: to be tried again
   */
  async readAll(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<void> {
    if (run.drained) return;
    await this.#joinOpen(run);
    if (!this.#hasAll(run) && !(await this.#readOnce(run, server, signal)) && this.#isWorthMore(run))
      throw new AnswerNotWhole();
    this.#stage.notes.sessionDrained(run.id, this.#isWhole(run));
  }

  /**
   * The job that the run's session started, as the session reports it. Null without a report: the start did not arrive,
   * or the server was restarted since, or the session's cookie is gone. A stream that reported the job stays open.
   *
   * @throws OmnitoolError when the server could not be asked
   */
  async startedJob(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<string | null> {
    const known = this.#stage.notes.received(run.id).jobId;
    if (known !== null) return known;
    try {
      const reading = await this.#reading(run, server, PATIENCE, signal);
      const started = (await reading?.started) ?? null;
      if (started === null) await reading?.over;
      else reading?.limit(null);
      return started;
    } catch (failure) {
      if (hasNoStream(failure) || this.#isEnough(run.id, failure)) return null;
      throw failure;
    }
  }

  /** The run has ended. */
  forget(runId: RunId): void {
    this.#tries.delete(runId);
    this.#files.delete(runId);
  }

  /** Names of files that were stored while the run was followed. Other runs of the user may have stored some of them. */
  storedFiles(runId: RunId): readonly string[] {
    return [...(this.#files.get(runId) ?? [])];
  }

  #noteFile(runId: RunId, name: string): void {
    const names = this.#files.get(runId) ?? new Set();
    if (names.size < MOST_FILES) this.#files.set(runId, names.add(name));
  }

  /** Reads a stream that is still open to its end. */
  async #joinOpen(run: Run): Promise<void> {
    const reading = await this.#open.get(run.id)?.catch(() => null);
    reading?.limit(this.#patienceFor(run));
    // A broken stream is opened again.
    await reading?.stored.catch(() => undefined);
  }

  /** Whether the session gives nothing more: it was read to its end, or the server has none. */
  async #readOnce(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<boolean> {
    try {
      const reading = await this.#reading(run, server, this.#patienceFor(run), signal);
      if (reading === null) return true;
      await reading.stored;
      return this.#hasAll(run);
    } catch (failure) {
      if (hasNoStream(failure) || this.#isEnough(run.id, failure)) return true;
      throw failure;
    }
  }

  /** The stream that is open, or a new one; null where the session's cookie is gone. */
  #reading(
    run: Run,
    server: OmnitoolServer,
    patience: DrainLimits | null,
    signal: AbortSignal,
  ): Promise<SessionReading | null> {
    const open = this.#open.get(run.id);
    if (open !== undefined) return open;
    const opening = this.#begin(run, server, patience, signal);
    this.#open.set(run.id, opening);
    opening.then(
      (reading) => reading ?? this.#open.delete(run.id),
      () => this.#open.delete(run.id),
    );
    return opening;
  }

  async #begin(
    run: Run,
    server: OmnitoolServer,
    patience: DrainLimits | null,
    signal: AbortSignal,
  ): Promise<SessionReading | null> {
    const session = await this.#stage.sessions.recall(run);
    if (signal.aborted) throw new OmnitoolError({ code: 'cancelled', method: 'GET', path: EVENTS_ROUTE, sent: 'no' });
    if (session === null) return null;
    const onFile = (name: string): void => this.#noteFile(run.id, name);
    const reading = new SessionReading(this.#stage, run, { server, session, patience, signal, onFile });
    // Before a caller that waits for the end can open the next one.
    const done = (): void => void this.#open.delete(run.id);
    reading.over.then(done, done);
    return reading;
  }

  /** Whether all chat messages of the recipe were received. */
  #isWhole({ id, profileId, recipeId }: Run): boolean {
    const { notes, names } = this.#stage;
    const { end, gap, blocks } = notes.received(id);
    if (end && !gap) return true;
    const chatBlocks = names.chatBlocksOf(profileId, recipeId);
    return chatBlocks !== null && chatBlocks.length > 0 && chatBlocks.every((block) => blocks.includes(block));
  }

  /** Whether the session can give nothing more of use. */
  #hasAll(run: Run): boolean {
    return this.#stage.notes.received(run.id).end || this.#isWhole(run);
  }

  #patienceFor(run: Run): DrainLimits {
    if (this.#stage.recipes.mayChat(run)) return PATIENCE;
    return run.outcome === 'success' ? NO_PATIENCE : SHORT_PATIENCE;
  }

  /** A server that forgot the job was restarted: one silent stream is proof enough. */
  #isWorthMore(run: Run): boolean {
    if (!this.#stage.recipes.mayChat(run) || run.outcome === 'unknown') return false;
    return this.#countTry(run.id) < MOST_TRIES;
  }

  /** Whether the server has answered this request badly often enough. */
  #isEnough(runId: RunId, failure: unknown): boolean {
    if (!(failure instanceof OmnitoolError) || !isAnswered(failure)) return false;
    return this.#countTry(runId) >= MOST_TRIES;
  }

  #countTry(runId: RunId): number {
    const tries = (this.#tries.get(runId) ?? 0) + 1;
    this.#tries.set(runId, tries);
    return tries;
  }
}

/** The server has no such session, or no streams: a further attempt would not change that. */
export const hasNoStream = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && ['unauthorized', 'forbidden', 'not-found', 'gone'].includes(failure.code);

/** Something answered: a server with problems, or something in between, such as the sign-in page of a network. */
const isAnswered = ({ status, code }: OmnitoolError): boolean => status !== null || code === 'bad-reply';
