import { SvelteMap } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type BatchId,
  type BatchOrder,
  type BatchProgressView,
  type BatchRowView,
  type BatchView,
  type ErrorView,
  isEnded,
  type RunId,
  type RunView,
} from '../contract.ts';

/** Rows of one request. */
const MOST_ROWS = 200;

/** The runs of one batch, as far as they are looked at. */
export class BatchState {
  view = $state.raw<BatchView | null>(null);
  progress = $state.raw<BatchProgressView>({ counts: [], endedAt: null });
  problem = $state.raw<ErrorView | null>(null);
  /** All runs in the chosen order. */
  order = $state.raw<readonly RunId[]>([]);
  by = $state<BatchOrder>('given');
  isDown = $state(false);
  readonly batchId: BatchId;
  readonly #bridge: Bridge;
  readonly #rows = new SvelteMap<RunId, BatchRowView>();
  #wanted: readonly RunId[] = [];
  #isAsking = false;
  /** Numbers the requests, so that answers to older ones are ignored. */
  #loads = 0;
  #isCounting = false;
  #mustCount = false;

  constructor(batchId: BatchId, bridge: Bridge) {
    this.batchId = batchId;
    this.#bridge = bridge;
  }

  /** Follows the runs of the batch. The returned function ends that. */
  start(): () => void {
    const ends = [
      this.#bridge.on('run:changed', (run) => this.#runChanged(run)),
      this.#bridge.on('run:removed', ({ runId }) => {
        if (this.view?.members.some(({ id }) => id === runId) === true) void this.load();
      }),
    ];
    void this.load();
    return () => {
      for (const end of ends) end();
    };
  }

  async load(): Promise<void> {
    this.#loads += 1;
    const asked = this.#loads;
    const view = await this.#bridge.call('batches:view', { batchId: this.batchId });
    if (asked !== this.#loads) return;
    this.problem = view.ok ? null : view.error;
    if (!view.ok) return;
    this.view = view.value;
    await Promise.all([this.#sort(), this.#count()]);
  }

  /** The row of a run; undefined until it is loaded. See `want`. */
  row(id: RunId): BatchRowView | undefined {
    return this.#rows.get(id);
  }

  /** The loaded rows, in the chosen order. */
  loaded(): readonly BatchRowView[] {
    return this.order.flatMap((id) => this.#rows.get(id) ?? []);
  }

  /** Loads the row of a run, together with what else is wanted now. */
  want(id: RunId): void {
    if (this.#rows.has(id)) return;
    this.#wanted = [...this.#wanted, id];
    queueMicrotask(() => void this.#ask());
  }

  async sortBy(by: BatchOrder, isDown: boolean): Promise<void> {
    this.by = by;
    this.isDown = isDown;
    await this.#sort();
  }

  async #sort(): Promise<void> {
    const { batchId, by, isDown } = this;
    const order = await this.#bridge.call('batches:order', { batchId, by, isDown });
    if (by !== this.by || isDown !== this.isDown) return;
    if (order.ok) this.order = order.value;
    else this.problem = order.error;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#wanted.length > 0) {
      const runIds = this.#wanted.slice(0, MOST_ROWS);
      this.#wanted = this.#wanted.filter((id) => !runIds.includes(id));
      const rows = await this.#bridge.call('batches:rows', { batchId: this.batchId, runIds });
      if (rows.ok) for (const row of rows.value) this.#rows.set(row.run.id, row);
      else this.problem = rows.error;
    }
    this.#isAsking = false;
  }

  #runChanged(run: RunView): void {
    if (run.batchId !== this.batchId) return;
    const row = this.#rows.get(run.id);
    if (row !== undefined && row.run.state !== run.state && isEnded(run)) {
      this.#wanted = [...this.#wanted, run.id];
      void this.#ask();
    }
    if (row !== undefined) this.#rows.set(run.id, { ...row, run });
    if (row === undefined || row.run.state !== run.state) void this.#count();
  }

  /** Counts the states. Calls while it counts cause one further count. */
  async #count(): Promise<void> {
    this.#mustCount = true;
    if (this.#isCounting) return;
    this.#isCounting = true;
    while (this.#mustCount) {
      this.#mustCount = false;
      const progress = await this.#bridge.call('batches:progress', { batchId: this.batchId });
      if (progress.ok) this.progress = progress.value;
    }
    this.#isCounting = false;
  }
}
