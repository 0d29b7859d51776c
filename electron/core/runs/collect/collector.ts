import { isEnded, type RunId } from '../../../contract/views.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import { jsonText } from '../../omnitool/plain-json.ts';
import type { JobResults } from '../../omnitool/schemas.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import { failureLine } from '../../model/failures.ts';
import { isIn, type Run, type RunIn } from '../../model/run.ts';
import { decideAfterCollecting, type Decision } from '../failure-policy.ts';
import type { NewOutputs } from '../../store/result-store.ts';
import type { Stage } from '../stage.ts';
import type { ArtifactFetcher } from './artifact-fetcher.ts';
import { AnswerNotWhole, type SessionReader } from './session-reader.ts';
import { asStored } from '../live-runs.ts';
import { FileManagerFiles } from './file-manager-files.ts';
import { LinkedFiles } from './linked-files.ts';
import { toArtifacts } from './stored.ts';

/** A result counts as unreadable after so many bad answers, over some minutes. */
const MOST_TRIES = 5;

/**
 * Fetches the result of an ended job before the server deletes its files (wire 5: after 7 days): its chat messages, its
 * output, and the bytes of all files of both.
 */
export class Collector {
  readonly #stage: Stage;
  readonly #reader: SessionReader;
  readonly #fetcher: ArtifactFetcher;
  readonly #linked: LinkedFiles;
  readonly #stored: FileManagerFiles;
  /** Bad answers for results that are being collected. */
  readonly #tries = new Map<RunId, number>();

  constructor(stage: Stage, reader: SessionReader, fetcher: ArtifactFetcher) {
    this.#stage = stage;
    this.#reader = reader;
    this.#fetcher = fetcher;
    this.#linked = new LinkedFiles(stage.results, fetcher);
    this.#stored = new FileManagerFiles(stage);
  }

  /**
   * Ends a run whose job has ended (RunProcessor). Null: its result cannot be fetched yet, and the row says why. What
   * is stored already is not fetched again.
   */
  async step(run: Run, signal: AbortSignal): Promise<Run | null> {
    if (!isIn(run, 'collecting')) return null;
    const after = await this.#tryToCollect(run, signal);
    if (!isEnded(after)) return null;
    this.#tries.delete(run.id);
    return after;
  }

  async #tryToCollect(run: RunIn<'collecting'>, signal: AbortSignal): Promise<Run> {
    const { store, servers } = this.#stage;
    const [reader, fetcher] = [this.#reader, this.#fetcher];
    try {
      const server = await servers.serverFor(run.profileId);
      const outputs = this.#fetchOutputs(server, run).then(() => fetcher.fetchAll(server, run.id, signal));
      await bothOf(reader.readAll(run, server, signal), outputs);
      const names = this.#namesOf(run);
      await this.#stored.find(server, run, { names, isEmpty: !this.#cameBack(run.id) }, signal);
      // The files of the chat messages and the File Manager, then those that texts and documents link to.
      await fetcher.fetchAll(server, run.id, signal);
      while (await this.#linked.find(server, run, signal)) await fetcher.fetchAll(server, run.id, signal);
      servers.report(run.profileId, null);
      return this.#end(asStored(store, run));
    } catch (failure) {
      // The program ends: the next start continues from here.
      if (signal.aborted) return run;
      if (failure instanceof AnswerNotWhole) return store.explain(asStored(store, run), 'answer-late');
      if (failure instanceof OmnitoolError) servers.report(run.profileId, failure);
      return this.#delay(asStored(store, run), decideAfterCollecting(failure));
    }
  }

  async #fetchOutputs(server: OmnitoolServer, { id, jobId }: Run): Promise<void> {
    const { results } = this.#stage;
    if (jobId === null || results.hasOutputs(id)) return;
    const found = await server.results(jobId);
    if (found !== null) results.saveOutputs(id, toOutputs(found));
  }

  #end(run: RunIn<'collecting'>): Run {
    const { store } = this.#stage;
    switch (run.outcome) {
      case 'error':
        return store.move(run, 'failed', { reason: 'recipe-failed', reasonDetail: failureLine(run.failures) });
      case 'stopped':
        return store.move(run, 'stopped');
      case 'success':
        return this.#succeed(run);
      case 'unknown':
      case null:
        return this.#endUnseen(run);
    }
  }

  /**
   * The server no longer knows the job. A failed block shows that it failed (wire 6); a result does not show that it
   * succeeded, because an interrupted job keeps the output of a block that had run (wire 10).
   */
  #endUnseen(run: RunIn<'collecting'>): Run {
    const { store } = this.#stage;
    if (run.failures.length > 0)
      return store.move(run, 'failed', { reason: 'recipe-failed', reasonDetail: failureLine(run.failures) });
    return this.#cameBack(run.id)
      ? store.move(run, 'unverified', { reason: 'end-not-seen' })
      : store.move(run, 'lost', { reason: 'server-forgot' });
  }

  #succeed(run: RunIn<'collecting'>): Run {
    const { store, recipes } = this.#stage;
    const cut = run.answerCut && recipes.mayChat(run) ? ({ reason: 'answer-cut' } as const) : null;
    const names = this.#namesOf(run);
    const stored =
      names === null || this.#stored.isFound(run.id)
        ? null
        : ({ reason: 'file-stored', reasonDetail: names[0] ?? null } as const);
    if (this.#cameBack(run.id)) return store.move(run, 'succeeded', cut ?? stored ?? {});
    return store.move(run, 'empty', cut ?? stored ?? { reason: recipes.lacking(run) });
  }

  /** The names that the File Output blocks of a recipe give: as it says, or as was heard; null: it has no such block. */
  #namesOf(run: Run): readonly string[] | null {
    const names = this.#stage.recipes.storedFiles(run);
    return names?.length === 0 ? this.#reader.storedFiles(run.id) : names;
  }

  #cameBack(runId: RunId): boolean {
    const { texts, objects, messages, files } = this.#stage.results.count(runId);
    return texts + objects + messages + files > 0;
  }

  #delay(run: RunIn<'collecting'>, decision: Decision): Run {
    const { store, events } = this.#stage;
    switch (decision.is) {
      case 'wait':
        if (decision.afterMs !== null)
          events.emit('needs-retry', { profileId: run.profileId, afterMs: decision.afterMs });
        return store.explain(run, decision.reason, decision.detail);
      case 'fail':
        if (decision.reason === 'result-unreadable' && !this.#isEnough(run.id)) return store.explain(run, 'server-odd');
        return store.move(run, 'failed', { reason: decision.reason, reasonDetail: decision.detail });
      case 'unconfirmed':
        throw new Error('A result cannot be unconfirmed.');
    }
  }

  /**
   * One bad answer may come from something in between, such as the sign-in page of a network. Files have a count of
   * their own.
   */
  #isEnough(runId: RunId): boolean {
    if (this.#stage.results.hasOutputs(runId)) return false;
    const tries = (this.#tries.get(runId) ?? 0) + 1;
    this.#tries.set(runId, tries);
    return tries >= MOST_TRIES;
  }
}

/** In parallel. A failure is thrown only after both have ended, because two must never read one session. */
async function bothOf(...work: readonly [Promise<void>, Promise<void>]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Leaves out empty texts: an output block that received nothing gives one (wire 7). */
const toOutputs = (found: JobResults): NewOutputs => ({
  texts: found.texts.filter((text) => text.trim() !== ''),
  objects: found.objects.map(jsonText),
  artifacts: toArtifacts(found),
});
