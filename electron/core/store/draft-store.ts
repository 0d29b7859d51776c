import { z } from 'zod';
import { INPUT_KINDS } from '../../contract/views.ts';
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
export type StoredDraft = z.output<typeof stored>;

/** Saves the draft and restores it at the next start. */
export class DraftStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Null when no draft was stored, or it cannot be read. */
  read(): StoredDraft | null {
    return this.#database.readOne('others', 'SELECT id, contents FROM draft', [], (row) =>
      json(row, 'contents', stored),
    );
  }

  write(draft: StoredDraft): void {
    this.#database
      .prepareForLarge(
        'INSERT INTO draft (id, contents) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET contents = excluded.contents',
      )
      .run(JSON.stringify(draft));
  }
}
