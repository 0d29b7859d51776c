import type { RunId } from '../../../contract/views.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import { jsonText } from '../../omnitool/plain-json.ts';
import type { JobResults } from '../../omnitool/schemas.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import { failureLine } from '../../model/failures.ts';
import type { Run, RunIn } from '../../model/run.ts';
import { hasEnded } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';
import type { Decision } from '../failure-policy.ts';
import { decideAfterCollecting } from '../failure-policy.ts';
import type { NewOutputs, ResultStore } from '../../store/result-store.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { ArtifactFetcher } from './artifact-fetcher.ts';
import type { SessionReader } from './session-reader.ts';
import { AnswerNotWhole } from './session-reader.ts';
import { toArtifacts } from './stored.ts';

/** A server that answers badly for a result is asked so often, over some minutes; then it counts as unreadable. */
const MOST_TRIES = 5;

export interface CollectorPorts {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly servers: Servers;
  readonly reader: SessionReader;
  readonly fetcher: ArtifactFetcher;
  /** Why a run of this recipe comes back with nothing, as far as its blocks tell. */
  readonly lacking: (run: Run) => 'no-output' | 'output-off' | 'output-empty';
  /** Whether the recipe may say something in chat; also where its blocks are not known. */
  readonly mayChat: (run: Run) => boolean;
  /** The server asked to be left alone for so many ms. */
  rest(profileId: string, ms: number): void;
}

/**
 * Brings a finished job's result to this machine, before the server drops its files (wire 5: after 7 days): what it
 * said in chat, what its output block gave, and the bytes of every file of both.
 */
export class Collector {
  readonly #ports: CollectorPorts;
  /** Bad answers for a result, of runs that are being collected. */
  readonly #tries = new Map<RunId, number>();

  constructor(ports: CollectorPorts) {
    this.#ports = ports;
  }

  /**
   * Ends the run, or leaves it `collecting` with the reason why its result cannot be had yet. What is already here is
   * not fetched again.
   */
  async collect(run: RunIn<'collecting'>, signal: AbortSignal): Promise<Run> {
    const after = await this.#tryToCollect(run, signal);
    if (hasEnded(after)) this.#tries.delete(run.id);
    return after;
  }

  async #tryToCollect(run: RunIn<'collecting'>, signal: AbortSignal): Promise<Run> {
    const { runs, servers, reader, fetcher } = this.#ports;
    try {
      const server = await servers.serverFor(run.profileId);
      const outputs = this.#fetchOutputs(server, run).then(() => fetcher.fetchAll(server, run.id, signal));
      await bothOf(reader.readAll(run, server, signal), outputs);
      // Those of the chat answer.
      await fetcher.fetchAll(server, run.id, signal);
      servers.report(run.profileId, null);
      return this.#end(this.#fresh(run));
    } catch (failure) {
      // The program ends: the next start goes on from here.
      if (signal.aborted) return run;
      if (failure instanceof AnswerNotWhole) return runs.explain(this.#fresh(run), 'answer-late');
      if (failure instanceof OmnitoolError) servers.report(run.profileId, failure);
      return this.#delay(this.#fresh(run), decideAfterCollecting(failure), runs);
    }
  }

  async #fetchOutputs(server: OmnitoolServer, { id, jobId }: Run): Promise<void> {
    const { results } = this.#ports;
    if (jobId === null || results.hasOutputs(id)) return;
    const found = await server.results(jobId);
    if (found !== null) results.saveOutputs(id, toOutputs(found));
  }

  #end(run: RunIn<'collecting'>): Run {
    const { runs } = this.#ports;
    switch (run.outcome) {
      case 'error':
        return runs.move(run, 'failed', { reason: 'recipe-failed', reasonDetail: failureLine(run.failures) });
      case 'stopped':
        return runs.move(run, 'stopped');
      case 'success':
        return this.#succeed(run);
      case 'unknown':
      case null:
        return this.#endUnseen(run);
    }
  }

  /**
   * The server no longer knows the job. A block that failed settles it (wire 6); what came back does not: an interrupted
   * job keeps the result of an output block that had run (wire 10).
   */
  #endUnseen(run: RunIn<'collecting'>): Run {
    const { runs } = this.#ports;
    if (run.failures.length > 0)
      return runs.move(run, 'failed', { reason: 'recipe-failed', reasonDetail: failureLine(run.failures) });
    return this.#cameBack(run.id)
      ? runs.move(run, 'unverified', { reason: 'end-not-seen' })
      : runs.move(run, 'lost', { reason: 'server-forgot' });
  }

  #succeed(run: RunIn<'collecting'>): Run {
    const { runs, lacking, mayChat } = this.#ports;
    const cut = run.answerCut && mayChat(run) ? 'answer-cut' : null;
    if (this.#cameBack(run.id)) return runs.move(run, 'succeeded', cut === null ? {} : { reason: cut });
    return runs.move(run, 'empty', { reason: cut ?? lacking(run) });
  }

  #cameBack(runId: RunId): boolean {
    const { texts, objects, messages, files } = this.#ports.results.count(runId);
    return texts + objects + messages + files > 0;
  }

  #delay(run: RunIn<'collecting'>, trouble: Decision, runs: RunStore): Run {
    switch (trouble.is) {
      case 'wait':
        if (trouble.afterMs !== null) this.#ports.rest(run.profileId, trouble.afterMs);
        return runs.explain(run, trouble.reason, trouble.detail);
      case 'fail':
        if (trouble.reason === 'result-unreadable' && !this.#isEnough(run.id)) return runs.explain(run, 'server-odd');
        return runs.move(run, 'failed', { reason: trouble.reason, reasonDetail: trouble.detail });
      case 'unconfirmed':
        throw new Error('A result cannot be unconfirmed.');
    }
  }

  /** One bad answer may be of something in between, a sign-in page of a network say; and files tell that of themselves. */
  #isEnough(runId: RunId): boolean {
    if (this.#ports.results.hasOutputs(runId)) return false;
    const tries = (this.#tries.get(runId) ?? 0) + 1;
    this.#tries.set(runId, tries);
    return tries >= MOST_TRIES;
  }

  /** What its failures are is known only by now. */
  #fresh(run: RunIn<'collecting'>): RunIn<'collecting'> {
    const found = this.#ports.runs.find(run.id);
    return { ...run, ...found, state: run.state };
  }
}

/** Side by side; where one fails, not before the other has come to its end: two must never read one session. */
async function bothOf(...work: readonly [Promise<void>, Promise<void>]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** A connected output that got nothing gives one empty text (wire 7): that is no answer, and not shown as one. */
const toOutputs = (found: JobResults): NewOutputs => ({
  texts: found.texts.filter((text) => text.trim() !== ''),
  objects: found.objects.map(jsonText),
  artifacts: toArtifacts(found),
});
