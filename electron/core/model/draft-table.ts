import { z } from 'zod';
import type { RunTable } from '../../contract/run-table.ts';
import type { TableSummary } from '../../contract/views.ts';

/** The table of a draft: its cells, with what the user changed. It does not change itself; each change makes another one. */
export interface DraftTable extends RunTable {
  /** Of its file, or `Pasted rows`. */
  readonly name: string;
  /** Its file; null for pasted rows. */
  readonly path: string | null;
  /** The fields that the user chose for columns, by their number; null: not used. The other columns find their field by name. */
  readonly chosen: Readonly<Record<number, string | null>>;
  /** The user let its rows name files outside of its folder. */
  readonly isOutsideAllowed: boolean;
  /** See TableSummary. */
  readonly revision: number;
}

/** A table as it is stored. */
export const draftTableSchema: z.ZodType<DraftTable> = z.object({
  name: z.string(),
  path: z.string().nullable(),
  names: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  hasNames: z.boolean(),
  oddRows: z.record(z.coerce.number(), z.enum(['uneven', 'stray-quote'])),
  chosen: z.record(z.coerce.number(), z.string().nullable()),
  isOutsideAllowed: z.boolean(),
  revision: z.number(),
});

/** The table in short; null for none. */
export function tableSummary(table: DraftTable | null): TableSummary | null {
  if (table === null) return null;
  const { name, rows, names, revision } = table;
  return { name, rows: rows.length, columns: names.length, revision };
}
