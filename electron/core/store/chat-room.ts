import { MOST_CHAT_BYTES, MOST_CHAT_MESSAGES } from '../../contract/limits.ts';
import type { RunId } from '../../contract/views.ts';
import { count } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

interface Kept {
  readonly bytes: number;
  readonly leftOut: number;
}

/**
 * Bounds what is kept of one run's chat, in number and in bytes: a recipe may talk without end. Once a message was left
 * out, so are all that follow, so that what is kept has no holes.
 */
export class ChatRoom {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /**
   * Whether a message is to be kept; one that is not is counted. Part of the caller's transaction.
   *
   * @param position how many messages came before it
   * @param bytes of the message, with its values and the names of its files
   */
  take(runId: RunId, position: number, bytes: number): boolean {
    const before = this.#find(runId);
    const isKept = before.leftOut === 0 && position < MOST_CHAT_MESSAGES && before.bytes + bytes <= MOST_CHAT_BYTES;
    this.#database.change(
      `INSERT INTO chat_kept (run_id, bytes, left_out) VALUES (?, ?, ?)
         ON CONFLICT (run_id) DO UPDATE SET bytes = excluded.bytes, left_out = excluded.left_out`,
      runId,
      before.bytes + (isKept ? bytes : 0),
      before.leftOut + (isKept ? 0 : 1),
    );
    return isKept;
  }

  /** How many messages were not kept. */
  leftOut(runId: RunId): number {
    return this.#find(runId).leftOut;
  }

  #find(runId: RunId): Kept {
    const sql = 'SELECT run_id, bytes, left_out FROM chat_kept WHERE run_id = ?';
    const found = this.#database.readOne('results', sql, [runId], (row) => ({
      bytes: count(row, 'bytes'),
      leftOut: count(row, 'left_out'),
    }));
    return found ?? { bytes: 0, leftOut: 0 };
  }
}
