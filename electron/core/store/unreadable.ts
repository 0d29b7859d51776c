import type { UnreadableView } from '../../contract/views.ts';
import { Listeners } from '../base/emitter.ts';
import type { Row } from './row.ts';
import { BadCell } from './row.ts';

/** What a row belongs to, for the words about it. */
export type Kind = keyof UnreadableView;

export interface UnreadableRow {
  readonly kind: Kind;
  /** The columns of its key, as far as they were asked for. Ids of ours and positions: nothing secret. */
  readonly key: string;
  /** Which column, and what is wrong with it. Never the value itself. */
  readonly why: string;
}

const KEY = ['id', 'profile_id', 'recipe_id', 'run_id', 'kind', 'position'];

const keyOf = (row: Row): string =>
  KEY.flatMap((column) => (row[column] === undefined ? [] : [`${column}=${String(row[column]).slice(0, 64)}`])).join(
    ' ',
  );

/** The rows that were met and could not be read. They stay in the database, and out of everything that reads it. */
export class UnreadableRows {
  readonly #found = new Map<string, UnreadableRow>();
  readonly #news = new Listeners<UnreadableRow>();

  /** Told of each such row once. */
  onFound(listener: (row: UnreadableRow) => void): () => void {
    return this.#news.add(listener);
  }

  /** How many there are, of those that were met since the start. */
  get view(): UnreadableView {
    const view = { runs: 0, results: 0, recipes: 0, others: 0 };
    for (const { kind } of this.#found.values()) view[kind] += 1;
    return view;
  }

  /** Parses each row by itself; one that cannot be read is noted and left out. */
  parse<T>(kind: Kind, rows: readonly Row[], parse: (row: Row) => T): readonly T[] {
    return rows.flatMap((row) => {
      try {
        return [parse(row)];
      } catch (failure) {
        if (!(failure instanceof BadCell)) throw failure;
        this.#note({ kind, key: keyOf(row), why: failure.message });
        return [];
      }
    });
  }

  #note(row: UnreadableRow): void {
    const key = `${row.kind} ${row.key}`;
    if (this.#found.has(key)) return;
    this.#found.set(key, row);
    this.#news.emit(row);
  }
}
