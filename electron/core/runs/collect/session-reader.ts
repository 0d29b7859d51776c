import type { RunId } from '../../../contract/views.ts';
import type { DrainLimits } from '../../omnitool/drain.ts';
import { SETTLE_MS } from '../../omnitool/drain.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import { EVENTS_ROUTE } from '../../omnitool/event-stream.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import type { Run } from '../../model/run.ts';
import type { RunSessions } from '../run-sessions.ts';
import type { SessionReadingPorts } from './session-reading.ts';
import { SessionReading } from './session-reading.ts';

/**
 * The server replays what it kept at once (wire 9.4), but what lies between can take its time. Longer than that nobody
 * waits for a session that may have nothing to tell: the server was restarted, or told all of it before. In ms.
 */
const PATIENCE: DrainLimits = { first: 10_000, more: 30_000, settle: SETTLE_MS };
/** For a recipe that says nothing in chat: its session can only explain a failure, which other ways tell too. */
const SHORT_PATIENCE: DrainLimits = { first: 400, more: 400, settle: SETTLE_MS };
/** The same after a success: there is no failure to explain, so nothing that the end of the job overtook is of use. */
const NO_PATIENCE: DrainLimits = { ...SHORT_PATIENCE, settle: 0 };
/** A session is read so often without its end before the answer counts as cut. */
const MOST_TRIES = 3;

/** Not all that a run's session has to tell was heard; it is worth asking again. */
export class AnswerNotWhole extends Error {
  constructor() {
    super('The end of what a recipe says was not heard.');
    this.name = 'AnswerNotWhole';
  }
}

export interface SessionReaderPorts extends SessionReadingPorts {
  readonly sessions: RunSessions;
  /** Whether the recipe may say something in chat; also where its blocks are not known. */
  readonly mayChat: (run: Pick<Run, 'recipeId'>) => boolean;
}

/**
 * Reads what the sessions of runs have to tell: their chat answers, and why a block failed. There is one stream of a
 * session at a time, for all callers: a second one would receive nothing (wire 9.5).
 */
export class SessionReader {
  readonly #ports: SessionReaderPorts;
  readonly #open = new Map<RunId, Promise<SessionReading | null>>();
  readonly #tries = new Map<RunId, number>();

  constructor(ports: SessionReaderPorts) {
    this.#ports = ports;
  }

  /** Whether it is of use to hear the run's session while its job runs. */
  mayHear(run: Pick<Run, 'recipeId'>): boolean {
    return this.#ports.mayChat(run);
  }

  /**
   * While the job runs: hears what the session tells for as long as its stream lasts. Answers whether another stream of it
   * can tell more.
   *
   * @throws OmnitoolError when the stream breaks or cannot be opened
   */
  async follow(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<boolean> {
    if (this.#hasAll(run)) return false;
    const reading = await this.#reading(run, server, null, signal);
    await reading?.over;
    return reading !== null && !signal.aborted && !this.#ports.heard.find(run.id).end;
  }

  /** Closes all streams. Callers that wait for one go on with what was heard. */
  hangUp(): void {
    for (const opening of this.#open.values())
      opening.then(
        (reading) => reading?.close(),
        () => undefined,
      );
  }

  /**
   * After the job's end: everything. The session is thrown away with the end of the run, so that no run waits for the
   * keychain. Its answer counts as cut (`Run.answerCut`) where
   * its end could not be heard, or something before it was missed.
   *
   * @throws AnswerNotWhole, or OmnitoolError when the server could not be asked just now: to be tried again
   */
  async readAll(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<void> {
    if (run.drained) return;
    await this.#joinOpen(run);
    if (!this.#hasAll(run) && !(await this.#readOnce(run, server, signal)) && this.#isWorthMore(run))
      throw new AnswerNotWhole();
    this.#ports.heard.close(run.id, this.#isWhole(run));
  }

  /**
   * Which job the run's session started, as the session itself tells; null when it tells nothing: the start did not
   * arrive, or the server was restarted since, or the session's cookie is gone. A stream that told it stays open.
   *
   * @throws OmnitoolError when the server could not be asked just now
   */
  async startedJob(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<string | null> {
    const known = this.#ports.heard.find(run.id).jobId;
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

  /** The run has ended: nothing more is asked of its session. */
  forget(runId: RunId): void {
    this.#tries.delete(runId);
  }

  /** A live stream is heard to the end that is known to be near. */
  async #joinOpen(run: Run): Promise<void> {
    const reading = await this.#open.get(run.id)?.catch(() => null);
    reading?.limit(this.#patienceFor(run));
    // Why it broke is of no interest: it is opened again.
    await reading?.told.catch(() => undefined);
  }

  /** Answers whether nothing more can be had of the session: all of it was heard, or the server has none. */
  async #readOnce(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<boolean> {
    try {
      const reading = await this.#reading(run, server, this.#patienceFor(run), signal);
      if (reading === null) return true;
      await reading.told;
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
    const session = await this.#ports.sessions.recall(run);
    if (signal.aborted) throw new OmnitoolError({ code: 'cancelled', method: 'GET', path: EVENTS_ROUTE, sent: 'no' });
    if (session === null) return null;
    const reading = new SessionReading(this.#ports, run, { server, session, patience, signal });
    // Before anybody who waits for its end can open the next.
    const done = (): void => void this.#open.delete(run.id);
    reading.over.then(done, done);
    return reading;
  }

  /** What the recipe says in chat is here, to its last word. */
  #isWhole({ id, profileId, recipeId }: Run): boolean {
    const { heard, names } = this.#ports;
    const { end, gap, blocks } = heard.find(id);
    if (end && !gap) return true;
    const chatBlocks = names.chatBlocksOf(profileId, recipeId);
    return chatBlocks !== null && chatBlocks.length > 0 && chatBlocks.every((block) => blocks.includes(block));
  }

  /** The session has nothing more to tell that is of use. */
  #hasAll(run: Run): boolean {
    return this.#ports.heard.find(run.id).end || this.#isWhole(run);
  }

  #patienceFor(run: Run): DrainLimits {
    if (this.#ports.mayChat(run)) return PATIENCE;
    return run.outcome === 'success' ? NO_PATIENCE : SHORT_PATIENCE;
  }

  /** A server that forgot the job was restarted: one silent stream of it says enough. */
  #isWorthMore(run: Run): boolean {
    if (!this.#ports.mayChat(run) || run.outcome === 'unknown') return false;
    return this.#countTry(run.id) < MOST_TRIES;
  }

  /** The server is there, and answers this one question badly each time. */
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

/** The server says that it has no such session, or no streams: asking again would change nothing. */
export const hasNoStream = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && ['unauthorized', 'forbidden', 'not-found', 'gone'].includes(failure.code);

/** Something answered: the server in trouble, or what stands in between, a sign-in page of a network say. */
const isAnswered = ({ status, code }: OmnitoolError): boolean => status !== null || code === 'bad-reply';
