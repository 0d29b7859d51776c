import type { RunId, RunProgressView, RunReason, RunsPageView, RunState, RunView } from '../../contract/views.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';
import { AppError } from '../base/coded-error.ts';
import type { Clock } from '../base/clock.ts';
import { Listeners } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import type { BroughtView } from './result-view.ts';
import { resultView } from './result-view.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import type { Listed, ListedRuns } from '../store/listed-runs.ts';
import type { ResultStore } from '../store/result-store.ts';
import type { RunSearch, SearchRequest } from '../store/run-search.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunEngine } from '../runs/engine.ts';
import { isEnd } from '../model/run-states.ts';
import type { Run } from '../model/run.ts';
import { hasEnded, isIn } from '../model/run.ts';
import type { ListedRun } from '../model/listed-run.ts';
import { runView } from './run-view.ts';

/** How often the progress of an upload is told, in ms: often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_INTERVAL_MS = 100;

/** Runs that a window has from its start; older ones are a page of the history away (`search`). */
const MOST_LISTED = 500;

/** Looked through for the tray's recent results. */
const MOST_IN_TRAY = 20;

/**
 * How long the runs under way are known without asking the database again, in ms. Our own changes are seen at once;
 * only what a terminal beside us does to its runs is seen as late as this.
 */
const LIVE_TRUSTED_MS = 5_000;

interface Upload {
  readonly sent: number;
  readonly total: number;
  readonly toldAt: number;
}

export interface RunNews {
  readonly run: RunView;
  /** Its state before this change, null for a run not seen before. */
  readonly before: RunState | null;
}

export interface RunsPorts {
  readonly store: RunStore;
  readonly listed: ListedRuns;
  readonly results: ResultStore;
  readonly search: RunSearch;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Runs as the screens, the tray and the terminal see them. */
export class Runs {
  readonly #ports: RunsPorts;
  readonly #uploads = new Map<RunId, Upload>();
  readonly #progress = new Map<RunId, RunProgressView>();
  readonly #said = new Map<RunId, number>();
  readonly #stalls = new Map<RunId, RunReason>();
  readonly #states: Map<RunId, RunState>;
  /** The runs under way, oldest first: the tray asks at every change, of which a batch of a thousand has thousands. */
  #live: { readonly views: Map<RunId, RunView>; readonly knownAt: number } | null = null;
  readonly #news = new Listeners<RunNews>();
  readonly #removals = new Listeners<RunId>();

  constructor(ports: RunsPorts) {
    this.#ports = ports;
    this.#states = new Map(ports.listed.statesUnderWay());
    ports.store.onChange((change) => {
      // Its row could be written: whatever that said is over.
      if ('run' in change) this.#stalls.delete(change.run.id);
      this.#guarded(() => ('removed' in change ? this.#removals.tell(change.removed) : this.#tell(change.run)));
    });
  }

  onNews(listener: (news: RunNews) => void): () => void {
    return this.#news.add(listener);
  }

  onRemoved(listener: (runId: RunId) => void): () => void {
    return this.#removals.add(listener);
  }

  /** Told by the engine while bytes go out. */
  setUpload(runId: RunId, upload: { readonly sent: number; readonly total: number } | null): void {
    if (upload === null) {
      this.#uploads.delete(runId);
      return;
    }
    const now = this.#ports.clock.now();
    const toldAt = this.#uploads.get(runId)?.toldAt ?? 0;
    const isDue = now - toldAt >= PROGRESS_INTERVAL_MS;
    this.#uploads.set(runId, { ...upload, toldAt: isDue ? now : toldAt });
    if (!isDue) return;
    const run = this.#ports.store.find(runId);
    if (run?.state === 'uploading') this.#guarded(() => this.#tell(run));
  }

  /** Told by the engine as the server goes from block to block. */
  setProgress(runId: RunId, progress: RunProgressView | null): void {
    const before = this.#progress.get(runId);
    if (progress === null) this.#progress.delete(runId);
    else this.#progress.set(runId, progress);
    const isNews = progress !== null && !isSame(progress, before);
    const run = isNews ? this.#ports.store.find(runId) : null;
    if (run?.state === 'running') this.#guarded(() => this.#tell(run));
  }

  /** Told as a recipe says something in chat: one message more is here. */
  addSaid(runId: RunId): void {
    const run = this.#ports.store.find(runId);
    if (run === null || hasEnded(run)) return;
    this.#said.set(runId, (this.#said.get(runId) ?? 0) + 1);
    this.#guarded(() => this.#tell(run));
  }

  /** Told by the engine where the database itself cannot hold the reason why a run does not go on. */
  setStalled(runId: RunId, failure: unknown): void {
    const reason = sqliteDiskCode(failure) ?? 'stalled';
    if (this.#stalls.get(runId) === reason) return;
    this.#stalls.set(runId, reason);
    const run = this.#ports.store.find(runId);
    if (run !== null) this.#guarded(() => this.#tell(run));
  }

  /** The newest and all under way, newest first; and the time before which there are more, null without any. */
  recent(): { readonly runs: readonly RunView[]; readonly more: number | null } {
    const { runs, more } = this.#ports.listed.newest(MOST_LISTED);
    return { runs: runs.map((listed) => this.#listedView(listed)), more };
  }

  /** As `recent`. */
  list(): readonly RunView[] {
    return this.recent().runs;
  }

  /** A page of all runs there ever were. */
  search(request: SearchRequest): RunsPageView {
    const { listed, search } = this.#ports;
    const { ids, matches, more, total } = search.page(request);
    const runs = listed.of(ids).map((each) => ({
      run: this.#listedView(each),
      matches: matches.get(each.run.id) ?? [],
    }));
    return { runs, more, total };
  }

  /** What the tray lists: everything under way and the last few that ended, newest first. */
  forTray(): readonly RunView[] {
    const ended = this.#ports.listed.ended(MOST_IN_TRAY).map((each) => this.#listedView(each));
    return [...[...this.#liveViews().values()].reverse(), ...ended];
  }

  /** @throws AppError `run-unknown`, also of one that was removed; `run-unreadable` */
  get(runId: RunId): Run {
    const run = this.find(runId);
    if (run === null) throw new AppError(this.#ports.store.has(runId) ? 'run-unreadable' : 'run-unknown');
    return run;
  }

  /** Null for a run that is not known, or was removed. */
  find(runId: RunId): Run | null {
    const run = this.#ports.store.find(runId);
    return run?.removedAt === null ? run : null;
  }

  view(run: Run): RunView {
    if (!hasEnded(run)) return this.#view(run, null, null);
    const { results } = this.#ports;
    return this.#view(run, results.count(run.id), results.picture(run.id));
  }

  result(runId: RunId): BroughtView {
    const run = this.get(runId);
    return resultView(run, this.view(run), this.#ports.results.find(runId));
  }

  async stop(engine: RunEngine, runId: RunId): Promise<RunView> {
    this.get(runId);
    await engine.stop(runId);
    return this.view(this.get(runId));
  }

  /** Ends a run whose start was never answered, by the user's word. A run that is elsewhere by now stays there. */
  giveUp(engine: RunEngine, runId: RunId): RunView {
    const run = this.get(runId);
    return this.view(isIn(run, 'unconfirmed') ? engine.giveUp(run) : run);
  }

  /**
   * Takes the one job that can be an unconfirmed run's for it, by the user's word; or the one the user names of several.
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
    return isEnd(run.state) ? this.#view(run, gave, picture) : this.#view(run, null, null);
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

  /** Who follows the runs must not be able to hold them up: a run would stand still for a window that is gone. */
  #guarded(tell: () => void): void {
    try {
      tell();
    } catch (failure) {
      this.#ports.logger.error('Somebody who follows the runs failed.', { failure });
    }
  }

  #tell(run: Run): void {
    const before = this.#states.get(run.id) ?? null;
    if (run.state !== 'running') this.#progress.delete(run.id);
    const view = this.view(run);
    if (hasEnded(run)) {
      this.#said.delete(run.id);
      this.#states.delete(run.id);
      this.#live?.views.delete(run.id);
    } else {
      // One that is still being looked into is news once that is done.
      if (run.state !== 'unconfirmed' || run.candidates !== null) this.#states.set(run.id, run.state);
      this.#live?.views.set(run.id, view);
    }
    this.#news.tell({ run: view, before });
  }
}

const isSame = (one: RunProgressView, other: RunProgressView | undefined): boolean =>
  one.block === other?.block && one.done === other.done && one.of === other.of;
