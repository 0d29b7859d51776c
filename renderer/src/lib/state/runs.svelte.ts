import type { Bridge } from '../bridge/bridge.ts';
import type { AttentionView, BatchId, ExternalJobId, ExternalJobView, Result, RunId, RunView } from '../contract.ts';
import { countWords } from '../contract.ts';
import { HistoryState } from './history.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import { isLive } from './run-groups.ts';
import { RunCache } from './run-cache.svelte.ts';

/** The runs of this computer, as far as they are loaded. */
export class RunsState {
  readonly #cache = new RunCache();
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly history: HistoryState;
  readonly live = $derived(this.#cache.all.filter(isLive));
  /** Counted by the main process, because the page does not have all runs. */
  attention = $state.raw<AttentionView>({ needsYou: 0, unseen: 0 });
  externalJobs = $state.raw<readonly ExternalJobView[]>([]);

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.history = new HistoryState(bridge, this.#cache);
  }

  /** See `RunCache.all`. */
  get all(): readonly RunView[] {
    return this.#cache.all;
  }

  get(id: RunId): RunView | undefined {
    return this.#cache.get(id);
  }

  /** @param runs newest first; for `oldest` see `RunCache.oldest` */
  replaceAll(runs: readonly RunView[], oldest: number | null): void {
    this.#cache.replaceAll(runs, oldest);
  }

  /** Returns whether the run ended with this change. */
  apply(run: RunView): boolean {
    const before = this.#cache.get(run.id);
    this.#cache.set(run);
    return before !== undefined && isLive(before) && !isLive(run);
  }

  /** Whether all known runs of the drop have ended or are unconfirmed. */
  isBatchAtRest(batchId: BatchId): boolean {
    return this.#cache
      .ids()
      .flatMap((id) => this.#cache.get(id) ?? [])
      .every((run) => run.batchId !== batchId || !isLive(run) || run.state === 'unconfirmed');
  }

  forget(id: RunId): void {
    this.#cache.delete(id);
  }

  async stop(runId: RunId): Promise<void> {
    await this.#take(this.#bridge.call('runs:stop', { runId }));
  }

  async giveUp(runId: RunId): Promise<void> {
    await this.#take(this.#bridge.call('runs:give-up', { runId }));
  }

  async markSeen(runId: RunId): Promise<void> {
    if (this.get(runId)?.unseen === true) await this.#take(this.#bridge.call('runs:seen', { runId }));
  }

  /** Marks all ended runs as seen, including those that are not loaded. A toast offers to undo it. */
  async seeAll(): Promise<void> {
    const answer = await this.#toasts.answer(this.#bridge.call('runs:see-all'));
    if (answer === undefined) return;
    const here = this.#cache.setUnseen(this.#cache.ids(), false);
    void this.history.revisit();
    this.#toasts.show(`${countWords(answer.runs, 'run')} marked as seen`, {
      action: { label: 'Undo', run: () => void this.#unseeAll(here) },
    });
  }

  async #unseeAll(here: readonly RunId[]): Promise<void> {
    if ((await this.#toasts.answer(this.#bridge.call('runs:unsee-all'))) === undefined) return;
    this.#cache.setUnseen(here, true);
    void this.history.revisit();
  }

  /** Removes ended runs. A toast offers to undo it for a while. */
  async remove(runIds: readonly RunId[]): Promise<void> {
    const removed = runIds.flatMap((id) => this.get(id) ?? []);
    const answer = await this.#toasts.answer(this.#bridge.call('runs:remove', { runIds: [...runIds] }));
    if (answer === undefined) return;
    for (const id of runIds) this.forget(id);
    const [first] = removed;
    const what = removed.length === 1 && first ? first.recipeName : countWords(removed.length, 'run');
    this.#toasts.show(`${what} removed`, {
      action: { label: 'Undo', run: () => void this.#restore(runIds) },
      for: Math.max(0, answer.until - Date.now()),
    });
  }

  async #restore(runIds: readonly RunId[]): Promise<void> {
    const runs = await this.#toasts.answer(this.#bridge.call('runs:restore', { runIds: [...runIds] }));
    for (const run of runs ?? []) this.apply(run);
  }

  /** Runs again with the same inputs. Returns false if an input has changed since. */
  async again(runId: RunId): Promise<boolean> {
    const result = await this.#bridge.call('runs:again', { runId });
    if (!result.ok && result.error.code === 'inputs-changed') return false;
    const run = await this.#toasts.answer(Promise.resolve(result));
    if (run !== undefined) {
      this.apply(run);
      this.#toasts.show(`${run.recipeName} is on its way`, { tone: 'good', runId: run.id });
    }
    return true;
  }

  async failedAgain(batchId: BatchId): Promise<void> {
    const runs = await this.#toasts.answer(this.#bridge.call('runs:failed-again', { batchId }));
    for (const run of runs ?? []) this.apply(run);
    if (runs !== undefined) this.#toasts.show(`${countWords(runs.length, 'run')} on the way again`, { tone: 'good' });
  }

  async stopBatch(batchId: BatchId): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('runs:stop-batch', { batchId }));
  }

  async stopAll(): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('runs:stop-all'));
  }

  async adopt(runId: RunId): Promise<void> {
    await this.#take(this.#bridge.call('runs:adopt', { runId }));
  }

  async favour(runId: RunId, favourite: boolean): Promise<void> {
    await this.#take(this.#bridge.call('runs:favourite', { runId, favourite }));
  }

  /** Loads an external job as a run; undefined if it has no result to show. */
  async openExternalJob(externalJobId: ExternalJobId): Promise<RunView | undefined> {
    const run = await this.#toasts.answer(this.#bridge.call('external-jobs:open', { externalJobId }));
    if (run !== undefined) this.apply(run);
    return run;
  }

  async #take(asked: Promise<Result<RunView>>): Promise<void> {
    const run = await this.#toasts.answer(asked);
    if (run !== undefined) this.apply(run);
  }
}
