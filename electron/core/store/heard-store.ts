import type { RunId } from '../../contract/views.ts';
import type { Row } from './row.ts';
import { BadCell, number, textOrNull } from './row.ts';
import { idsOf } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/** What was heard of a run's session so far. */
export interface Heard {
  /** The job that the session started, as it told; null while that was not heard. */
  readonly jobId: string | null;
  /** The end of the job was heard. */
  readonly end: boolean;
  /** Messages may be missing: a stream broke, or a message could not be read. */
  readonly gap: boolean;
  /** Ids of the blocks that were heard from their begin to their end, with nothing missed in between. */
  readonly blocks: readonly string[];
}

/**
 * How much of what each run's session tells was heard. The server tells everything once (wire 12), to whoever listens,
 * so this is stored as it is heard: the next stream of the session knows what an earlier one, also of a process that was
 * killed, may have been told.
 */
export class HeardStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  find(id: RunId): Heard {
    const row = this.#database.first(
      'SELECT session_job, end_heard, answer_cut, blocks_heard FROM runs WHERE id = ?',
      id,
    );
    if (row === undefined) return { jobId: null, end: false, gap: true, blocks: [] };
    return {
      jobId: textOrNull(row, 'session_job'),
      end: number(row, 'end_heard') === 1,
      gap: number(row, 'answer_cut') === 1,
      blocks: blocksIn(row),
    };
  }

  /**
   * A stream is about to be opened. Stored first: from here on the server may tell something to it. An earlier stream may
   * have taken something with it into its grave.
   */
  begin(id: RunId): void {
    this.#database.change(
      'UPDATE runs SET answer_cut = max(answer_cut, session_reading), session_reading = 1 WHERE id = ?',
      id,
    );
  }

  /** The stream was refused, or the request never left: nothing was told to it. */
  untold(id: RunId): void {
    this.#database.change('UPDATE runs SET session_reading = 0 WHERE id = ?', id);
  }

  /** The start is the first thing that a session tells: with it, nothing was told before. */
  started(id: RunId, jobId: string): void {
    this.#database.change('UPDATE runs SET session_job = ?, answer_cut = 0 WHERE id = ?', jobId, id);
  }

  /** A block was heard from its begin to its end. */
  block(id: RunId, nodeId: string): void {
    const { blocks } = this.find(id);
    if (blocks.includes(nodeId)) return;
    const heard = JSON.stringify([...blocks, nodeId]);
    this.#database.change('UPDATE runs SET blocks_heard = ? WHERE id = ?', heard, id);
  }

  /** Messages are missing: they could not be read, or were sent while no stream was open. */
  missed(id: RunId): void {
    this.#database.change('UPDATE runs SET answer_cut = 1 WHERE id = ?', id);
  }

  /** The job's end was heard. Where its start was not, the server had dropped the beginning. */
  ended(id: RunId): void {
    this.#database.change(
      'UPDATE runs SET end_heard = 1, answer_cut = max(answer_cut, session_job IS NULL) WHERE id = ?',
      id,
    );
  }

  /** Nothing more will be read of this session; and whether all that it ever told is here. */
  close(id: RunId, isWhole: boolean): void {
    this.#database.change(
      'UPDATE runs SET drained = 1, answer_cut = ?, session_reading = 0 WHERE id = ?',
      isWhole ? 0 : 1,
      id,
    );
  }
}

/** Blocks that cannot be read count as not heard: what is said is then asked for again, or called cut. */
function blocksIn(row: Row): readonly string[] {
  try {
    return idsOf(row, 'blocks_heard') ?? [];
  } catch (failure) {
    if (failure instanceof BadCell) return [];
    throw failure;
  }
}
