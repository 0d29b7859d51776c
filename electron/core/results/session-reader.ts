import type { RunId } from '../../contract/views.ts';
import { drainSession } from '../omnitool/drain.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { ServerEvent } from '../omnitool/server-event.ts';
import type { OmnitoolServer, RunSession } from '../omnitool/server.ts';
import type { BlockNames } from '../runs/block-names.ts';
import { readableFailures } from '../runs/block-names.ts';
import { mergeFailures } from '../runs/failures.ts';
import type { Run } from '../runs/run.ts';
import type { RunSessions } from '../runs/run-sessions.ts';
import type { ResultStore } from '../store/result-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { toMessage } from './chat.ts';

/** The server replays at once (wire 9.4); silence for this long means that it has told all. In ms. */
const QUIET_MS = 400;
const LONGEST_MS = 15_000;
/** A server that answers badly is asked so often; then the run ends without what its session had to tell. */
const MOST_TRIES = 3;

export interface SessionReaderPorts {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly sessions: RunSessions;
  readonly names: BlockNames;
}

interface Told {
  /** The id of the job that was started, where that was told. */
  readonly started: string | null;
  /** false: the server has nothing under this session, or answers badly each time. */
  readonly isReadable: boolean;
}

/**
 * Reads what a run's own session has to tell: its chat answer, and why a block failed. The server tells it once (wire
 * 12), so every message is on disk before the next is read.
 */
export class SessionReader {
  readonly #ports: SessionReaderPorts;
  readonly #tries = new Map<RunId, number>();

  constructor(ports: SessionReaderPorts) {
    this.#ports = ports;
  }

  /**
   * After the job's end: everything, then the session is thrown away. A server that has no stream for it has nothing
   * to tell either.
   *
   * @throws OmnitoolError when the server could not be asked just now: to be tried again
   */
  async readAll(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<void> {
    if (run.drained) return;
    const session = await this.#ports.sessions.recall(run);
    const told = session === null ? null : await this.#read(run, server, session, run.jobId, signal);
    if (told?.isReadable !== true) this.#ports.runs.endReading(run.id, false);
    this.#tries.delete(run.id);
    this.#ports.runs.markDrained(run.id);
    await this.#ports.sessions.forget(run.id);
  }

  /**
   * Which job the run's session started, as the session itself tells; null when it tells nothing: the start did not
   * arrive, or the server was restarted since, or the session's cookie is gone.
   *
   * @throws OmnitoolError when the server could not be asked just now
   */
  async startedJob(run: Run, server: OmnitoolServer, signal: AbortSignal): Promise<string | null> {
    const session = await this.#ports.sessions.recall(run);
    if (session === null) return null;
    return (await this.#read(run, server, session, null, signal)).started;
  }

  /** A session that cannot be read now may still be later: what is lost with it is the caller's to decide. */
  async #read(
    run: Run,
    server: OmnitoolServer,
    session: RunSession,
    jobId: string | null,
    signal: AbortSignal,
  ): Promise<Told> {
    let started = null as string | null;
    const { runs } = this.#ports;
    const wasCut = runs.beginReading(run.id);
    try {
      const { skipped } = await drainSession(server, session, {
        jobId,
        quietMs: QUIET_MS,
        longestMs: LONGEST_MS,
        signal,
        onEvent: (event) => {
          if (event.type === 'job-started') started = event.jobId;
          this.#store(run.id, event);
        },
      });
      // The news of the start is the first of all: with it, nothing was told before.
      runs.endReading(run.id, skipped === 0 && (!wasCut || started !== null));
      return { started, isReadable: true };
    } catch (failure) {
      if (!wasCut && toldNothing(failure)) runs.unreadSession(run.id);
      if (!hasNoStream(failure) && !this.#isEnough(run.id, failure)) throw failure;
      return { started, isReadable: false };
    }
  }

  /** The server is there, and answers this one question badly each time. */
  #isEnough(runId: RunId, failure: unknown): boolean {
    if (!(failure instanceof OmnitoolError) || !isAnswered(failure)) return false;
    const tries = (this.#tries.get(runId) ?? 0) + 1;
    this.#tries.set(runId, tries);
    return tries >= MOST_TRIES;
  }

  #store(runId: RunId, event: ServerEvent): void {
    const { runs, results, names } = this.#ports;
    const run = runs.find(runId);
    if (run === null) return;
    if (event.type === 'chat') {
      const message = toMessage(event);
      if (message !== null) results.addMessage(runId, message);
    }
    if (event.type === 'block-failed') {
      const more = readableFailures(names, run.profileId, run.recipeId, [event]);
      const merged = mergeFailures(run.failures, more);
      if (JSON.stringify(merged) !== JSON.stringify(run.failures)) runs.noteFailures(runId, merged);
    }
  }
}

/** The server says that it has no such session, or no streams: asking again would change nothing. */
const hasNoStream = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && ['unauthorized', 'forbidden', 'not-found', 'gone'].includes(failure.code);

/** The question never left this machine, or was answered with a refusal. */
const toldNothing = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && (failure.sent === 'no' || (failure.status !== null && failure.status >= 400));

/** Something answered: the server in trouble, or what stands in between, a sign-in page of a network say. */
const isAnswered = ({ status, code }: OmnitoolError): boolean => status !== null || code === 'bad-reply';
