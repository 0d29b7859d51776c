import type { RunId, RunProgressView, RunReason, RunsPageView, RunState, RunView } from '../../contract/views.ts';
import { isEnded } from '../../contract/views.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';
import { AppError } from '../base/coded-error.ts';
import type { Clock } from '../base/clock.ts';
import { Listeners } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import { resultView, type ResultWithoutInputs } from './result-view.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import type { Listed, RunList } from '../store/run-list.ts';
import type { ResultStore } from '../store/result-store.ts';
import type { SearchRequest } from '../store/run-search.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunEngine } from '../runs/engine.ts';
import { isIn, type Run } from '../model/run.ts';
import type { ListedRun } from '../model/listed-run.ts';
import { runView } from './run-view.ts';

/** Milliseconds between two progress events of an upload: often enough to look smooth, seldom enough to be cheap. */
const PROGRESS_INTERVAL_MS = 100;

/** Runs that a window gets at its start; older ones come in pages (`search`). */
const MOST_LISTED = 500;

/** Runs considered for the tray's recent results. */
const MOST_IN_TRAY = 20;

/**
 * Milliseconds for which the runs in progress are cached. Our own changes update the cache at once; only the changes of
 * a terminal command beside us are seen this late.
 */
const LIVE_TRUSTED_MS = 5_000;

interface Upload {
  readonly sent: number;
  readonly total: number;
  readonly publishedAt: number;
}

/** A change of a run. */
export interface RunViewChange {
  readonly run: RunView;
  /** The state before this change; null for a run that was not seen before. */
  readonly before: RunState | null;
}

interface RunsPorts {
  readonly store: RunStore;
  readonly listed: RunList;
  readonly results: ResultStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Runs as the screens, the tray and the terminal show them. */
export class Runs {
  readonly #ports: RunsPorts;
  readonly #uploads = new Map<RunId, Upload>();
  readonly #progress = new Map<RunId, RunProgressView>();
  readonly #said = new Map<RunId, number>();
  readonly #stalls = new Map<RunId, RunReason>();
  readonly #states: Map<RunId, RunState>;
  /**
   * The runs in progress, oldest first. Cached because the tray needs them at every change, and a batch of a thousand
   * has thousands.
   */
  #live: { readonly views: Map<RunId, RunView>; readonly knownAt: number } | null = null;
  readonly #changes = new Listeners<RunViewChange>();
  readonly #removals = new Listeners<RunId>();

  constructor(ports: RunsPorts) {
    this.#ports = ports;
    this.#states = new Map(ports.listed.statesUnderWay());
    ports.store.onChange((change) => {
      // Its row could be written, so the earlier write failure is over.
      if ('run' in change) this.#stalls.delete(change.run.id);
      this.#guarded(() => ('removed' in change ? this.#removals.emit(change.removed) : this.#publish(change.run)));
    });
  }

  onChange(listener: (change: RunViewChange) => void): () => void {
    return this.#changes.add(listener);
  }

  onRemoved(listener: (runId: RunId) => void): () => void {
    return this.#removals.add(listener);
  }

  /** Called by the engine while bytes are uploaded. */
  setUpload(runId: RunId, upload: { readonly sent: number; readonly total: number } | null): void {
    if (upload === null) {
      this.#uploads.delete(runId);
      return;
    }
    const now = this.#ports.clock.now();
    const publishedAt = this.#uploads.get(runId)?.publishedAt ?? 0;
    const isDue = now - publishedAt >= PROGRESS_INTERVAL_MS;
    this.#uploads.set(runId, { ...upload, publishedAt: isDue ? now : publishedAt });
    if (!isDue) return;
    const run = this.#ports.store.find(runId);
    if (run?.state === 'uploading') this.#guarded(() => this.#publish(run));
  }

  /** Called by the engine as the server goes from block to block. */
  setProgress(runId: RunId, progress: RunProgressView | null): void {
    const before = this.#progress.get(runId);
    if (progress === null) this.#progress.delete(runId);
    else this.#progress.set(runId, progress);
    const isNews = progress !== null && !isSame(progress, before);
    const run = isNews ? this.#ports.store.find(runId) : null;
    if (run?.state === 'running') this.#guarded(() => this.#publish(run));
  }

  /** Called for each chat message of a run. */
  addSaid(runId: RunId): void {
    const run = this.#ports.store.find(runId);
    if (run === null || isEnded(run)) return;
    this.#said.set(runId, (this.#said.get(runId) ?? 0) + 1);
    this.#guarded(() => this.#publish(run));
  }

  /** Called by the engine when the database cannot store the reason why a run does not continue. */
  setStalled(runId: RunId, failure: unknown): void {
    const reason = sqliteDiskCode(failure) ?? 'stalled';
    if (this.#stalls.get(runId) === reason) return;
    this.#stalls.set(runId, reason);
    const run = this.#ports.store.find(runId);
    if (run !== null) this.#guarded(() => this.#publish(run));
  }

  /**
   * The newest runs and all in progress, newest first, and the time before which there are more; null when there are
   * none.
   */
  recent(): { readonly runs: readonly RunView[]; readonly more: number | null } {
    const { runs, more } = this.#ports.listed.newest(MOST_LISTED);
    return { runs: runs.map((listed) => this.#listedView(listed)), more };
  }

  /** Those of `ids` that exist, newest first. */
  viewsOf(ids: readonly RunId[]): readonly RunView[] {
    return this.#ports.listed.of(ids).map((listed) => this.#listedView(listed));
  }

  /** The runs of `recent`. */
  list(): readonly RunView[] {
    return this.recent().runs;
  }

  /** Returns a page of all stored runs. */
  search(request: SearchRequest): RunsPageView {
    const { listed } = this.#ports;
    const { ids, matches, more, total } = listed.search(request);
    const runs = listed.of(ids).map((each) => ({
      run: this.#listedView(each),
      matches: matches.get(each.run.id) ?? [],
    }));
    return { runs, more, total };
  }

  /** The tray's list: all runs in progress and the last few that ended, newest first. */
  forTray(): readonly RunView[] {
    const ended = this.#ports.listed.ended(MOST_IN_TRAY).map((each) => this.#listedView(each));
    return [...[...this.#liveViews().values()].reverse(), ...ended];
  }

  /**
   * Returns a run.
   *
   * @throws AppError `run-unknown`, also for a removed run; `run-unreadable`
   */
  get(runId: RunId): Run {
    const run = this.find(runId);
    if (run === null) throw new AppError(this.#ports.store.has(runId) ? 'run-unreadable' : 'run-unknown');
    return run;
  }

  /** Returns a run; null when it is unknown or was removed. */
  find(runId: RunId): Run | null {
    const run = this.#ports.store.find(runId);
    return run?.removedAt === null ? run : null;
  }

  view(run: Run): RunView {
    if (!isEnded(run)) return this.#view(run, null, null);
    const { results } = this.#ports;
    return this.#view(run, results.count(run.id), results.picture(run.id));
  }

  result(runId: RunId): ResultWithoutInputs {
    const run = this.get(runId);
    return resultView(run, this.view(run), this.#ports.results.find(runId));
  }

  async stop(engine: RunEngine, runId: RunId): Promise<RunView> {
    this.get(runId);
    await engine.stop(runId);
    return this.view(this.get(runId));
  }

  /** Ends a run whose start was never answered, at the user's request. A run that moved on meanwhile stays as it is. */
  giveUp(engine: RunEngine, runId: RunId): RunView {
    const run = this.get(runId);
    return this.view(isIn(run, 'unconfirmed') ? engine.giveUp(run) : run);
  }

  /**
   * Links an unconfirmed run to its job, at the user's request: to the only candidate, or to the one the user chose.
   *
   * @throws AppError `job-ambiguous`; the server's failures
   */
  async adopt(engine: RunEngine, runId: RunId, jobId: string | null = null): Promise<RunView> {
    const run = this.get(runId);
    if (!isIn(run, 'unconfirmed')) return this.view(run);
    const adopted = await engine.adopt(run, jobId);
    if (adopted === null) throw new AppError('job-ambiguous');
    return this.view(adopted);
  }

  seen(runId: RunId): RunView {
    const run = this.get(runId);
    return this.view(run.unseen ? this.#ports.store.markSeen(runId) : run);
  }

  favour(runId: RunId, favourite: boolean): RunView {
    return this.view(this.#ports.store.favour(this.get(runId).id, favourite));
  }

  #liveViews(): ReadonlyMap<RunId, RunView> {
    const { listed, clock } = this.#ports;
    const now = clock.now();
    if (this.#live === null || Math.abs(now - this.#live.knownAt) > LIVE_TRUSTED_MS) {
      const views = listed.underWay().map((each) => this.#listedView(each));
      this.#live = { views: new Map(views.reverse().map((view) => [view.id, view])), knownAt: now };
    }
    return this.#live.views;
  }

  #listedView({ run, gave, picture }: Listed): RunView {
    return isEnded(run) ? this.#view(run, gave, picture) : this.#view(run, null, null);
  }

  #view(run: ListedRun, gave: RunView['gave'], picture: number | null): RunView {
    const upload = this.#uploads.get(run.id);
    const reason = this.#stalls.get(run.id) ?? run.reason;
    return runView(
      { ...run, reason },
      {
        upload: upload === undefined ? null : { sent: upload.sent, total: upload.total },
        progress: this.#progress.get(run.id) ?? null,
        said: this.#said.get(run.id) ?? 0,
        gave,
        picture: picture === null ? null : artifactAddress('result', run.id, picture),
      },
    );
  }

  /** A failing listener, such as a closed window, must not stop the run. */
  #guarded(publish: () => void): void {
    try {
      publish();
    } catch (failure) {
      this.#ports.logger.error('A listener of run changes failed.', { failure });
    }
  }

  #publish(run: Run): void {
    const before = this.#states.get(run.id) ?? null;
    if (run.state !== 'running') this.#progress.delete(run.id);
    const view = this.view(run);
    if (isEnded(run)) {
      this.#said.delete(run.id);
      this.#states.delete(run.id);
      this.#live?.views.delete(run.id);
    } else {
      // A run that is still being checked is published when that is done.
      if (run.state !== 'unconfirmed' || run.candidates !== null) this.#states.set(run.id, run.state);
      this.#live?.views.set(run.id, view);
    }
    this.#changes.emit({ run: view, before });
  }
}

const isSame = (one: RunProgressView, other: RunProgressView | undefined): boolean =>
  one.block === other?.block && one.done === other.done && one.of === other.of;
