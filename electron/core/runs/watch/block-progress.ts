import type { RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { JobSnapshot } from './job-registry.ts';
import type { LiveRuns } from '../live-runs.ts';

/** Blocks can change many times a second in each of a thousand runs: they are written together, this often, in ms. */
const WRITE_MS = 1_000;

export interface BlockProgressPorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  readonly clock: Clock;
  /** Does work on the database about runs now, or once that can be written (WriteRetry). */
  insist(about: readonly RunId[], work: () => void): void;
}

interface Seen {
  readonly blocks: Set<string>;
  /** How many of them are in the database. */
  stored: number;
}

/**
 * How many blocks each running run has been through. What was seen is stored, so that the count goes on after a restart;
 * where the stream was not open from the start of the job, blocks were missed and there is no count.
 */
export class BlockProgress {
  readonly #ports: BlockProgressPorts;
  /** Of runs that are running; null where the start was missed. */
  readonly #runs = new Map<RunId, Seen | null>();
  #cancelTimer: (() => void) | null = null;

  constructor(ports: BlockProgressPorts) {
    this.#ports = ports;
  }

  /** Blocks that the run has behind it; null where that cannot be known. */
  done(id: RunId, { seen, activeNodes }: JobSnapshot): number | null {
    const known = this.#of(id);
    if (known === null) return null;
    for (const block of seen) known.blocks.add(block);
    if (known.blocks.size > known.stored) this.#cancelTimer ??= this.#ports.clock.after(WRITE_MS, () => this.flush());
    return Math.max(0, known.blocks.size - activeNodes.length);
  }

  /** The run is no longer running. */
  drop(id: RunId): void {
    this.#runs.delete(id);
  }

  /** Stores what is not stored yet. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const { live, store } = this.#ports;
    for (const id of this.#runs.keys()) if (live.get(id)?.state !== 'running') this.#runs.delete(id);
    const due = [...this.#runs].flatMap(([id, seen]) => (seen !== null && seen.blocks.size > seen.stored ? [id] : []));
    if (due.length === 0) return;
    this.#ports.insist(due, () => {
      for (const id of due) {
        const seen = this.#runs.get(id);
        if (seen == null) continue;
        store.noteBlocks(id, [...seen.blocks]);
        seen.stored = seen.blocks.size;
      }
    });
  }

  #of(id: RunId): Seen | null {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const blocks = this.#ports.store.blocksOf(id);
    const seen = blocks === null ? null : { blocks: new Set(blocks), stored: blocks.length };
    this.#runs.set(id, seen);
    return seen;
  }
}
