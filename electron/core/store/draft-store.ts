import { z } from 'zod';
import { INPUT_KINDS } from '../../contract/views.ts';
import { type DraftTable, draftTableSchema } from '../model/draft-table.ts';
import { madeFromSchema } from '../model/made-from.ts';
import { formValuesSchema, json } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

const stored = z.object({
  things: z.array(
    z.union([
      z.object({
        path: z.string(),
        name: z.string().optional(),
        sendAs: z.enum(INPUT_KINDS).nullable().optional(),
        field: z.string().nullable().optional(),
        madeFrom: madeFromSchema.nullable().optional(),
      }),
      z.object({ text: z.string() }),
    ]),
  ),
  recipeId: z.string().nullable(),
  message: z.string(),
  data: z.string(),
  values: formValuesSchema.default({}),
  presetId: z.string().nullable().default(null),
  mode: z.enum(['together', 'each']),
});

/** The draft between two starts. Of a file only its path, as it is inspected again. */
export type StoredDraft = z.output<typeof stored> & { readonly table: DraftTable | null };

/** Where a table is kept: apart from what is written at each pause in typing. */
export const DRAFT_TABLE =
  'CREATE TABLE draft_table (id INTEGER PRIMARY KEY CHECK (id = 1), contents TEXT NOT NULL) STRICT;';

/** Saves the draft and restores it at the next start. */
export class DraftStore {
  readonly #database: StoreDatabase;
  /** The table that is stored; undefined while that is unknown. */
  #table: DraftTable | null | undefined;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Null when no draft was stored, or it cannot be read. */
  read(): StoredDraft | null {
    const draft = this.#database.readOne('others', 'SELECT id, contents FROM draft', [], (row) =>
      json(row, 'contents', stored),
    );
    const table = this.#database.readOne('others', 'SELECT id, contents FROM draft_table', [], (row) =>
      json(row, 'contents', draftTableSchema),
    );
    return draft === null ? null : { ...draft, table };
  }

  /** A table is large, and so written only when it changed. */
  write({ table, ...draft }: StoredDraft): void {
    if (table !== this.#table) this.#writeTable(table);
    this.#table = table;
    this.#database
      .prepareForLarge(
        'INSERT INTO draft (id, contents) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET contents = excluded.contents',
      )
      .run(JSON.stringify(draft));
  }

  #writeTable(table: DraftTable | null): void {
    if (table === null) this.#database.prepare('DELETE FROM draft_table').run();
    else
      this.#database
        .prepareForLarge(
          `INSERT INTO draft_table (id, contents) VALUES (1, ?)
           ON CONFLICT (id) DO UPDATE SET contents = excluded.contents`,
        )
        .run(JSON.stringify(table));
  }
}
