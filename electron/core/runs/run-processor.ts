import type { RunId } from '../../contract/views.ts';
import type { Logger } from '../base/logger.ts';
import type { Collector } from './collect/collector.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Run } from '../model/run.ts';
import { hasEnded, isIn } from '../model/run.ts';
import type { Sender } from './send/sender.ts';

export interface CarrierPorts {
  readonly store: RunStore;
  readonly sender: Sender;
  readonly collector: Collector;
  readonly logger: Logger;
  /** A run could not be carried on for a reason that nothing in its row tells: a database that cannot be written, say. */
  stalled(run: Run, failure: unknown): void;
}

/** Takes one run as far as it goes now: from the queue to its job, and from its job's end to its result. */
export class RunProcessor {
  readonly #ports: CarrierPorts;
  readonly #carried = new Map<RunId, AbortController>();
  #closed = false;

  constructor(ports: CarrierPorts) {
    this.#ports = ports;
  }

  isProcessing(id: RunId): boolean {
    return this.#carried.has(id);
  }

  /** The user wants it to stop: what is being sent is cut short. */
  abort(id: RunId): void {
    this.#carried.get(id)?.abort();
  }

  /** Lets go of everything; the runs stay as they are stored. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#carried.values()) controller.abort();
  }

  /** Never rejects. */
  async process(id: RunId): Promise<void> {
    if (this.#closed || this.#carried.has(id)) return;
    const controller = new AbortController();
    this.#carried.set(id, controller);
    let run: Run | null = null;
    try {
      run = this.#ports.store.find(id);
      let next = run === null ? null : await this.#step(run, controller.signal);
      while (next !== null && next.state !== run?.state && !this.#isClosed()) {
        run = next;
        next = await this.#step(run, controller.signal);
      }
    } catch (failure) {
      // Cut short by `close`: the row is as it was, and the next start goes on from it.
      if (this.#isClosed()) return;
      // Not even its row could be read: there is nothing to tell it by.
      if (run === null) this.#ports.logger.error('A run could not be read.', { run: id, failure });
      else this.#ports.stalled(run, failure);
    } finally {
      this.#carried.delete(id);
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  /** One step of a run's life; null or an unchanged state: nothing more to do here now. */
  async #step(run: Run, signal: AbortSignal): Promise<Run | null> {
    const { store, sender, collector } = this.#ports;
    if (run.stopRequested && isIn(run, 'queued', 'waiting', 'uploading')) return store.move(run, 'stopped');
    if (isIn(run, 'queued')) return store.move(run, 'uploading');
    if (isIn(run, 'uploading')) return sender.send(run, signal);
    if (isIn(run, 'collecting')) {
      const after = await collector.collect(run, signal);
      return hasEnded(after) ? after : null;
    }
    return null;
  }
}
