import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { text } from './row.ts';

const stored = z.object({
  things: z.array(
    z.union([z.object({ path: z.string(), name: z.string().optional() }), z.object({ text: z.string() })]),
  ),
  recipeId: z.string().nullable(),
  message: z.string(),
  data: z.string(),
  mode: z.enum(['together', 'each']),
});

/** What is on the table, as it rests between two starts: of a file its place only, as it is looked at anew. */
export type StoredDraft = z.output<typeof stored>;

/** The one draft there is. */
export class DraftStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** null where nothing was ever on the table. */
  read(): StoredDraft | null {
    const row = this.#database.prepare('SELECT contents FROM draft').get();
    return row === undefined ? null : stored.parse(JSON.parse(text(row, 'contents')));
  }

  write(draft: StoredDraft): void {
    this.#database
      .prepare(
        'INSERT INTO draft (id, contents) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET contents = excluded.contents',
      )
      .run(JSON.stringify(draft));
  }
}
