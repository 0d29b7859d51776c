import type { BatchId, RunId } from '../../../contract/views.ts';

/** As much of a run as is needed to give it its turn. */
export interface Queued {
  readonly id: RunId;
  /** Runs of one batch keep their order; a run without a batch is a batch of its own. */
  readonly batchId: BatchId | null;
}

interface Entry<Item> {
  readonly item: Item;
  readonly lane: string;
  /** Grows with every `add`: the order within a lane, also of what comes back. */
  readonly ticket: number;
  isTaken: boolean;
}

/**
 * Whose turn it is with one server. Within a batch the order in which runs were added; between batches one run each in turn, so that a
 * drop of a thousand files does not keep the next one waiting. A run is in here from `add` to `remove`; while it is
 * taken it keeps its place, for the case that it comes back.
 *
 * One that may not be taken holds back its own batch, for the order's sake, and no other. So work that must not wait
 * behind a send (fetching results) belongs into a queue of its own.
 */
export class FairQueue<Item extends Queued = Queued> {
  #limit: number;
  readonly #entries = new Map<RunId, Entry<Item>>();
  /** What waits, by lane; the lane whose turn is next is first, as a map keeps the order of insertion. */
  readonly #lanes = new Map<string, Entry<Item>[]>();
  #tickets = 0;
  #taken = 0;

  /** `limit`: how many may be taken or at work on the server at once; it stalls on several large images (wire 4). */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are taken and not yet removed or put back. */
  get taken(): number {
    return this.#taken;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#entries.size - this.#taken;
  }

  has(id: RunId): boolean {
    return this.#entries.has(id);
  }

  /** Fewer than are under way stops nothing: they are waited for. */
  limit(limit: number): void {
    this.#limit = limit;
  }

  /** To the end of its batch. One that is in here already, waiting or taken, stays as it is. */
  add(item: Item): void {
    if (this.#entries.has(item.id)) return;
    const lane = item.batchId === null ? `run ${item.id}` : `batch ${item.batchId}`;
    const entry = { item, lane, ticket: (this.#tickets += 1), isTaken: false };
    this.#entries.set(item.id, entry);
    this.#wait(entry);
  }

  /**
   * Takes the run whose turn it is; null when none may be taken now.
   *
   * `running` is how many are at work on the server beside those taken from here. `canTake` may refuse a run (sending
   * is paused, say); that costs its batch this turn, not its place.
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

  /** A taken run could not go on and waits again, at its old place in its batch. */
  putBack(id: RunId): void {
    const entry = this.#entries.get(id);
    if (entry?.isTaken !== true) return;
    entry.isTaken = false;
    this.#taken -= 1;
    this.#wait(entry);
  }

  /** It needs no turn (any more), taken or not. */
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

  /** Every other batch has its turn before this one has it again. */
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
