import { SvelteMap } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { Result, RunId, RunView } from '../contract.ts';
import type { Notices } from './notices.svelte.ts';
import { isLive, needsYou } from './run-groups.ts';

export type RunFilter = 'all' | 'live' | 'needs-you';

/** All runs this machine knows. */
export class RunsState {
  filter = $state<RunFilter>('all');
  readonly #byId = new SvelteMap<RunId, RunView>();
  readonly #bridge: Bridge;
  readonly #notices: Notices;
  readonly all = $derived([...this.#byId.values()].toSorted((one, other) => other.createdAt - one.createdAt));
  readonly live = $derived(this.all.filter(isLive));
  readonly needingYou = $derived(this.all.filter(needsYou));
  readonly shown = $derived({ all: this.all, live: this.live, 'needs-you': this.needingYou }[this.filter]);

  constructor(bridge: Bridge, notices: Notices) {
    this.#bridge = bridge;
    this.#notices = notices;
  }

  get(id: RunId): RunView | undefined {
    return this.#byId.get(id);
  }

  replaceAll(runs: readonly RunView[]): void {
    this.#byId.clear();
    for (const run of runs) this.#byId.set(run.id, run);
  }

  /** Whether this was the news that the run ended. */
  apply(run: RunView): boolean {
    const before = this.#byId.get(run.id);
    this.#byId.set(run.id, run);
    return before !== undefined && isLive(before) && !isLive(run);
  }

  drop(id: RunId): void {
    this.#byId.delete(id);
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

  async remove(runId: RunId): Promise<void> {
    const answer = await this.#notices.answer(this.#bridge.call('runs:remove', { runIds: [runId] }));
    if (answer !== undefined) this.drop(runId);
  }

  async #take(asked: Promise<Result<RunView>>): Promise<void> {
    const run = await this.#notices.answer(asked);
    if (run !== undefined) this.apply(run);
  }
}
