/**
 * Limits how much of one run's chat is kept, in messages and in bytes: a recipe may write without end. After a message that
 * was left out, all that follow are left out, too, so that what is kept has no holes.
 */
import { MOST_CHAT_BYTES, MOST_CHAT_MESSAGES } from '../../contract/limits.ts';
import type { RunId } from '../../contract/views.ts';
import { count } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/**
 * Decides whether a message is kept, and counts it. Part of the caller's transaction.
 *
 * @param position the number of messages before it
 * @param bytes the size of the message, with its values and the names of its files
 */
export function keepsMessage(database: StoreDatabase, runId: RunId, position: number, bytes: number): boolean {
  const before = keptOf(database, runId);
  const isKept = before.leftOut === 0 && position < MOST_CHAT_MESSAGES && before.bytes + bytes <= MOST_CHAT_BYTES;
  database.change(
    `INSERT INTO chat_kept (run_id, bytes, left_out) VALUES (?, ?, ?)
       ON CONFLICT (run_id) DO UPDATE SET bytes = excluded.bytes, left_out = excluded.left_out`,
    ...[runId, before.bytes + (isKept ? bytes : 0), before.leftOut + (isKept ? 0 : 1)],
  );
  return isKept;
}

/** What is kept of a run's chat in bytes, and how many messages were left out. */
export function keptOf(database: StoreDatabase, runId: RunId): { readonly bytes: number; readonly leftOut: number } {
  const sql = 'SELECT run_id, bytes, left_out FROM chat_kept WHERE run_id = ?';
  const kept = database.readOne('results', sql, [runId], (row) => ({
    bytes: count(row, 'bytes'),
    leftOut: count(row, 'left_out'),
  }));
  return kept ?? { bytes: 0, leftOut: 0 };
}
