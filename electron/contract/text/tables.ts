import { countWords, listWords, sizeWords } from '../formats.ts';
import { TABLE_LIMITS } from '../limits.ts';
import type { TableExcess } from '../run-table.ts';
import type { AttachmentProblem, CellProblem, CellProblemCode, FormField } from '../views.ts';
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
