import type { RunId } from '../../../contract/views.ts';
import type { JobSnapshot } from '../run-events.ts';
import type { Stage } from '../stage.ts';

/** Blocks can change many times a second in each of a thousand runs: they are written together, at this interval. */
const WRITE_MS = 1_000;

interface Seen {
  readonly blocks: Set<string>;
  /** How many of them are in the database. */
  stored: number;
}

/**
 * Counts the blocks that each running run has finished. The blocks are stored, so that the count continues after a
 * restart. If the stream was not open from the start of the job, blocks were missed and there is no count.
 */
export class BlockProgress {
  readonly #stage: Stage;
  /** Of running runs; null where the start was missed. */
  readonly #runs = new Map<RunId, Seen | null>();
  #cancelTimer: (() => void) | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** How many blocks the run has finished; null when that cannot be known. */
  done(id: RunId, { seen, activeNodes }: JobSnapshot): number | null {
    const known = this.#of(id);
    if (known === null) return null;
    for (const block of seen) known.blocks.add(block);
    if (known.blocks.size > known.stored) this.#cancelTimer ??= this.#stage.clock.after(WRITE_MS, () => this.flush());
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
    const { live, notes, writes } = this.#stage;
    for (const id of this.#runs.keys()) if (live.get(id)?.state !== 'running') this.#runs.delete(id);
    const due = [...this.#runs].flatMap(([id, seen]) => (seen !== null && seen.blocks.size > seen.stored ? [id] : []));
    if (due.length === 0) return;
    const work = (): void => {
      for (const id of due) {
        const seen = this.#runs.get(id);
        if (seen == null) continue;
        notes.reached(id, [...seen.blocks]);
        seen.stored = seen.blocks.size;
      }
    };
    void writes.writeEventually('blocks', work, () => due);
  }

  #of(id: RunId): Seen | null {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const blocks = this.#stage.notes.blocksOf(id);
    const seen = blocks === null ? null : { blocks: new Set(blocks), stored: blocks.length };
    this.#runs.set(id, seen);
    return seen;
  }
}
