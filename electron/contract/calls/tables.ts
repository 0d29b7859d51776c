/** A table in the draft, of which each row is a run. */
import { z } from 'zod';
import { TABLE_LIMITS } from '../limits.ts';
import type { DraftView, StartedView, TableCells, TableCheck } from '../views.ts';
import { id, nothing, PROTOCOL, takes, textUpTo } from './call.ts';

const column = z.int().min(0).max(TABLE_LIMITS.columns, PROTOCOL);
const row = z.int().min(0).max(TABLE_LIMITS.rows, PROTOCOL);

export const TABLES_CALLS = {
  /**
   * Opens a file or a text of the draft as a table; it leaves the attachments. Fails with `table-empty`, `table-unreadable`,
   * `table-too-large`, or what reading the file fails with.
   */
  'table:open': takes(z.strictObject({ attachmentId: id })).gives<DraftView>(),
  /** Lets the user choose another file. Without a choice, nothing changes. Fails as `table:open` does. */
  'table:pick': nothing.gives<DraftView>(),
  /** All cells. Fails with `not-found` when no table is open, as the calls below do. */
  'table:read': nothing.gives<TableCells>(),
  /** What would be sent, with the form as it is now. */
  'table:check': nothing.gives<TableCheck>(),
  /** Looks again at the files that could not be sent. */
  'table:look-again': nothing.gives<TableCheck>(),
  /** Lets a column feed this field, which no other column feeds then; null: the column is not used. */
  'table:match': takes(
    z.strictObject({ column, field: z.string().max(1_000, PROTOCOL).nullable() }),
  ).gives<TableCheck>(),
  /** Replaces the text of a cell. The row counts as read as it was meant. */
  'table:cell': takes(z.strictObject({ row, column, text: textUpTo('cell') })).gives<TableCheck>(),
  /** Whether the first row holds the names of the columns. */
  'table:names': takes(z.strictObject({ first: z.boolean() })).gives<DraftView>(),
  /** Allows or forbids files outside the folder of the table. */
  'table:allow-outside': takes(z.strictObject({ allowed: z.boolean() })).gives<TableCheck>(),
  /** Closes the table, and adds its file to the attachments again. */
  'table:close': nothing.gives<DraftView>(),
  /**
   * Starts a run for each row, or only for those without a problem, and clears the draft. Fails with `table-problem` or
   * `table-outside`, or as `runs:start` does.
   */
  'table:start': takes(z.strictObject({ withoutBadRows: z.boolean() })).gives<StartedView>(),
} as const;
