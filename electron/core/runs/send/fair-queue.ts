import type { BatchId, RunId } from '../../../contract/views.ts';

/** What the queue needs to know of a run. */
export interface Queued {
  readonly id: RunId;
  /** Runs of one batch keep their order; a run without a batch is a batch of its own. */
  readonly batchId: BatchId | null;
}

interface Entry<Item> {
  readonly item: Item;
  readonly lane: string;
  /** Grows with each `add`: the order within a lane, also of entries that come back. */
  readonly ticket: number;
  isTaken: boolean;
}

/**
 * Decides whose turn it is with one server. The runs of a batch keep their order; the batches take turns, so that a
 * drop of a thousand files does not delay the next one. A run stays from `add` to `remove`, and keeps its place while
 * it is taken.
 *
 * A run that may not be taken holds back its own batch, to keep the order, and no other batch. Results are fetched by
 * another queue, so that they do not wait for sends.
 */
export class FairQueue<Item extends Queued = Queued> {
  #limit: number;
  readonly #entries = new Map<RunId, Entry<Item>>();
  /** Waiting entries by lane. The lane whose turn is next comes first: a map keeps the order of insertion. */
  readonly #lanes = new Map<string, Entry<Item>[]>();
  #tickets = 0;
  #taken = 0;

  /** `limit`: how many may be taken or running at once. The server stalls on several large images (wire 4). */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are taken and not yet removed or queued again. */
  get taken(): number {
    return this.#taken;
  }

  /** How many entries wait. */
  get waiting(): number {
    return this.#entries.size - this.#taken;
  }

  has(id: RunId): boolean {
    return this.#entries.has(id);
  }

  /** A limit below the number of running entries stops none of them. */
  limit(limit: number): void {
    this.#limit = limit;
  }

  /** Adds an entry at the end of its batch. An entry that is in the queue already, waiting or taken, stays as it is. */
  add(item: Item): void {
    if (this.#entries.has(item.id)) return;
    const lane = item.batchId === null ? `run ${item.id}` : `batch ${item.batchId}`;
    const entry = { item, lane, ticket: (this.#tickets += 1), isTaken: false };
    this.#entries.set(item.id, entry);
    this.#wait(entry);
  }

  /**
   * Takes the run whose turn it is; null when no run may be taken now.
   *
   * `running` is how many other runs the server works on. `canTake` may refuse a run, for example while sending is
   * paused; its batch then loses this turn, but not its place.
   */
  next(running: number, canTake: (item: Item) => boolean = () => true): Item | null {
    if (this.#taken + running >= this.#limit) return null;
    for (const [lane, [first]] of this.#lanes) {
      if (first === undefined || !canTake(first.item)) continue;
      this.#leave(first);
      first.isTaken = true;
      this.#taken += 1;
      this.#toTheEnd(lane);
      return first.item;
    }
    return null;
  }

  /** A taken run waits again, at its old place in its batch. */
  requeue(id: RunId): void {
    const entry = this.#entries.get(id);
    if (entry?.isTaken !== true) return;
    entry.isTaken = false;
    this.#taken -= 1;
    this.#wait(entry);
  }

  /** Removes a run, taken or not. */
  remove(id: RunId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    if (entry.isTaken) this.#taken -= 1;
    else this.#leave(entry);
  }

  #wait(entry: Entry<Item>): void {
    const lane = this.#lanes.get(entry.lane);
    if (lane === undefined) {
      this.#lanes.set(entry.lane, [entry]);
      return;
    }
    lane.splice(lane.findLastIndex(({ ticket }) => ticket < entry.ticket) + 1, 0, entry);
  }

  /** All other batches have their turn before this one has it again. */
  #toTheEnd(lane: string): void {
    const rest = this.#lanes.get(lane);
    if (rest === undefined) return;
    this.#lanes.delete(lane);
    this.#lanes.set(lane, rest);
  }

  #leave(entry: Entry<Item>): void {
    const lane = this.#lanes.get(entry.lane);
    if (lane === undefined) return;
    lane.splice(lane.indexOf(entry), 1);
    if (lane.length === 0) this.#lanes.delete(entry.lane);
  }
}
