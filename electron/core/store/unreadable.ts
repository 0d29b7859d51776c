import type { UnreadableView } from '../../contract/views.ts';
import { Listeners } from '../base/emitter.ts';
import { BadCell, type Row } from './row.ts';

/** What a row belongs to, for the text about it. */
export type Kind = keyof UnreadableView;

export interface UnreadableRow {
  readonly kind: Kind;
  /** The key columns of the row that were queried: ids and positions, nothing secret. */
  readonly key: string;
  /** The column and what is wrong with it. Never the value itself. */
  readonly why: string;
}

const KEY = ['id', 'profile_id', 'recipe_id', 'run_id', 'kind', 'position'];

const keyOf = (row: Row): string =>
  KEY.flatMap((column) => (row[column] === undefined ? [] : [`${column}=${String(row[column]).slice(0, 64)}`])).join(
    ' ',
  );

/** The rows that could not be read since the start. They stay in the database; every query leaves them out. */
export class UnreadableRows {
  readonly #found = new Map<string, UnreadableRow>();
  readonly #news = new Listeners<UnreadableRow>();

  /** Calls `listener` once for each such row. */
  onFound(listener: (row: UnreadableRow) => void): () => void {
    return this.#news.add(listener);
  }

  /** How many were found since the start, by kind. */
  get view(): UnreadableView {
    const view = { runs: 0, results: 0, recipes: 0, others: 0 };
    for (const { kind } of this.#found.values()) view[kind] += 1;
    return view;
  }

  /** Parses each row separately. Notes and leaves out those that cannot be read. */
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
