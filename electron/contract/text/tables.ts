import { countWords, listWords, middleTruncate, sizeWords } from '../formats.ts';
import { TABLE_LIMITS } from '../limits.ts';
import type { TableExcess } from '../run-table.ts';
import type {
  AttachmentProblem,
  AttachmentView,
  CellProblem,
  CellProblemCode,
  FormField,
  TableCheck,
  TableSummary,
} from '../views.ts';
import { attachmentProblemWords } from './files.ts';
import { formProblemWords } from './forms.ts';
import { someWords } from './kinds.ts';

/** What is wrong with a cell or a row, as one short sentence. `field` is null for a problem of the row. */
export function cellProblemWords({ code, file }: Pick<CellProblem, 'code' | 'file'>, field: FormField | null): string {
  switch (code) {
    case 'uneven':
      return 'The row has more or fewer cells than there are columns.';
    case 'stray-quote':
      return 'A quote in this row is not closed.';
    case 'no-json':
      return 'This cannot be read as JSON.';
    case 'file-relative':
      return 'Pasted rows need the whole path of a file.';
    case 'file-kind':
      return `It takes ${kindsOf(field)}.`;
    case 'file-vanished':
      return `${nameOf(file)} is not there.`;
    case 'file-folder':
      return `${nameOf(file)} is a folder.`;
    case 'file-looking':
      return `${nameOf(file)} is still being checked.`;
    default:
      return isOfFile(code)
        ? attachmentProblemWords(code.slice('file-'.length) as AttachmentProblem, nameOf(file))
        : field === null
          ? 'It cannot be sent.'
          : formProblemWords(field, code);
  }
}

const isOfFile = (code: CellProblemCode): code is `file-${AttachmentProblem}` => code.startsWith('file-');

/** Without its folders. */
const nameOf = (file: string | null): string => file?.split(/[/\\]/).at(-1) ?? 'The file';

function kindsOf(field: FormField | null): string {
  if (field?.control.kind !== 'files') return 'another file';
  return listWords(
    field.control.accepts.map((kind) => someWords(kind, 1)),
    'or',
  );
}

/** `It has 6,213 rows; 5,000 is the most.` */
export function tableExcessWords({ over, count }: TableExcess): string {
  const most = TABLE_LIMITS[over];
  if (over === 'bytes') return `${sizeWords(count)}; ${sizeWords(most)} is the most`;
  const what = { rows: 'row', columns: 'column', files: 'file' }[over];
  return `${countWords(count, what)}; ${most.toLocaleString('en')} is the most`;
}

/** `20 rows, 4 columns` */
export const tableSizeWords = ({ rows, columns }: Pick<TableSummary, 'rows' | 'columns'>): string =>
  `${countWords(rows, 'row')}, ${countWords(columns, 'column')}`;

/** Offers to run each row of a file or of pasted rows. */
export const offerWords = ({ name, kind }: Pick<AttachmentView, 'name' | 'kind'>): string =>
  kind === 'text'
    ? 'The pasted text is a table. Each of its rows can be a run.'
    : `${middleTruncate(name, 60)} is a table. Each of its rows can be a run.`;

/** `2 cells to look at` */
export const badCellsWords = (count: number): string => `${countWords(count, 'cell')} to look at`;

/** The button that leaves out the rows with a problem. */
export const otherRunsWords = (runs: number): string => `Run the other ${runs.toLocaleString('en-GB')}`;

/** `20 runs to Studio server, 3 at a time` */
export const tableRunsWords = (runs: number, server: string, atATime: number): string =>
  `${countWords(runs, 'run')} to ${server}${runs > 1 ? `, ${String(atATime)} at a time` : ''}`;

/** `The rows name 12 files, 4.3 MB.` */
export const tableFilesWords = ({ count, bytes }: Pick<TableCheck['files'], 'count' | 'bytes'>): string =>
  `The rows name ${countWords(count, 'file')}${bytes > 0 ? `, ${sizeWords(bytes)}` : ''}.`;

/** Names files that a table of a stranger should not send unseen. */
export const outsideWords = (count: number): string =>
  `${countWords(count, 'file is', 'files are')} not in the folder of the table`;

/** A table that is open while another recipe is chosen. */
export const noFormWords = (name: string): string =>
  `${middleTruncate(name, 60)} is open as a table, and this recipe has no form for its rows.`;

/** Texts of the page with a table. */
export const TABLE_WORDS = {
  section: 'Table',
  loading: 'Reading the table.',
  another: 'Choose another table',
  close: 'Fill in the form instead',
  match: 'Columns and their fields',
  column: 'Column',
  notUsed: 'Not used',
  notUsedShort: 'not used',
  unmatched: 'No column has the name of a field. Choose the field of each column.',
  withoutNames: 'The first row is a run like the others.',
  firstIsRow: 'The first row holds no names',
  firstIsNames: 'The first row holds the names',
  others: 'For all rows:',
  lookAgain: 'Check again',
  allow: 'Send these files too',
  needsTick: 'Some files are not in the folder of the table. Look at them to run.',
  messageUnused: 'Will not be used: a column fills its field',
  next: 'Next',
  row: 'Row',
  edit: 'Text of the cell',
  asInForm: 'as in the form',
  isRight: 'It is right',
  open: 'Run once per row',
  useAsFile: 'Use it as a file',
} as const;
