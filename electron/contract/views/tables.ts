/** A table of runs: one run of a form for each row. */
import type { FormProblemCode } from '../form-rules.ts';
import type { AttachmentProblem } from './draft.ts';

/** The cells of the table. Rows are counted from 0 below the names, columns from 0. */
export interface TableCells {
  readonly revision: number;
  /** Each one different: columns without a name, or with one that occurs twice, get a number. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the first row holds the names of the columns; otherwise it is a row like the others. */
  readonly hasNames: boolean;
}

/** What is wrong with a cell or a row. */
export type CellProblemCode =
  | FormProblemCode
  | 'no-json'
  /** The row has more or fewer cells than there are columns. */
  | 'uneven'
  /** The row has a quote that nothing closes. */
  | 'stray-quote'
  /** Pasted rows have no folder beside which a file could lie. */
  | 'file-relative'
  /** The field takes other kinds of files. */
  | 'file-kind'
  | `file-${AttachmentProblem}`;

/** One thing that keeps a row from being sent. */
export interface CellProblem {
  readonly row: number;
  /** Null: it concerns the row, or a field that no column feeds. */
  readonly column: number | null;
  /** The key of the field; null for a problem of the row. */
  readonly field: string | null;
  readonly code: CellProblemCode;
  /** A text for the cell that can be sent and is certainly or nearly what was meant; null when there is none. */
  readonly suggestion: string | null;
  /** The path of the file, as the cell has it; null for other problems. */
  readonly file: string | null;
}

/** The field that each column feeds, by its key; null: the column is not used. */
export type ColumnMatch = readonly (string | null)[];

/** What would be sent, and what is wrong with it. */
export interface TableCheck {
  readonly revision: number;
  readonly match: ColumnMatch;
  /** In the order of the rows and columns; at most the first 1,000. */
  readonly problems: readonly CellProblem[];
  /** All problems. */
  readonly problemCount: number;
  /** The rows with a problem. */
  readonly badRows: number;
  /** The runs of the rows without a problem, and of all rows. */
  readonly goodRuns: number;
  readonly runs: number;
  readonly files: TableFiles;
}

/** The files that the rows name. */
interface TableFiles {
  readonly count: number;
  /** Bytes; 0 for those that were not looked at. */
  readonly bytes: number;
  /** The paths of those outside the folder of the table; at most the first 200. They are not looked at before they are allowed. */
  readonly outside: readonly string[];
  readonly outsideCount: number;
  readonly isOutsideAllowed: boolean;
}
