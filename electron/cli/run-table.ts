import { resolve } from 'node:path';
import { countWords, listWords } from '../contract/formats.ts';
import { foldText } from '../contract/recipe-search.ts';
import { cellProblemWords } from '../contract/text/tables.ts';
import type { CellProblem, ColumnMatch, RecipeForm, TableCells } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { type TableArguments, UsageError } from './arguments.ts';
import { fieldNamed } from './form-values.ts';
import type { Output } from './output.ts';

/** Cells, rows and files that are named one by one. */
const MOST_NAMED = 20;

/**
 * Opens a table in the draft, whose recipe and values are there, and says which columns are not used.
 *
 * @throws UsageError that names what cannot be sent; AppError as `DraftTables.openFile`
 */
export async function openTable(
  core: Core,
  output: Output,
  recipe: { readonly name: string; readonly form: RecipeForm | null },
  given: TableArguments,
): Promise<void> {
  const { form, name } = recipe;
  if (form === null) throw new UsageError(`${name} has no form, so --table has no use`);
  const { tables } = core;
  await tables.openFile(resolve(given.file));
  const cells = tables.cells();
  for (const pair of given.match) await matchOne(core, cells, { form, name }, pair);
  if (given.allowOutside) await tables.allowOutside(true);
  const { table, match, problems, outside, takesMessage } = await tables.plan({ again: true });
  if (match.every((field) => field === null))
    throw new UsageError(
      `No column of "${given.file}" has the name of an input. Its first line names ${namesOf(cells.names)}. ` +
        'Name the inputs there, or with --match column=input',
    );
  sayUnused(output, cells.names, match);
  if (!takesMessage && core.draft.contents().message.trim() !== '')
    output.problem('The message is left out: a column of the table fills its input.');
  if (outside.length > 0 && !table.isOutsideAllowed)
    throw new UsageError(
      `Nothing was sent. ${countWords(outside.length, 'file is', 'files are')} outside of the folder of the table:\n` +
        `${lines(outside)}\n--allow-outside sends them`,
    );
  if (problems.length === 0) return;
  const words = lines(problems.map((problem) => problemWords(problem, cells, form)));
  const bad = new Set(problems.map(({ row }) => row)).size;
  if (!given.skipBad) throw new UsageError(`Nothing was sent.\n${words}\n--skip-bad runs the other rows`);
  if (bad === table.rows.length) throw new UsageError(`Nothing was sent. No row can be sent.\n${words}`);
  output.problem(`${words}\n${countWords(bad, 'row is', 'rows are')} left out.`);
}

async function matchOne(
  core: Core,
  { names }: TableCells,
  { form, name }: { readonly form: RecipeForm; readonly name: string },
  pair: string,
): Promise<void> {
  const place = pair.lastIndexOf('=');
  if (place < 1) throw new UsageError(`--match needs a column and an input, such as size=width, not "${pair}"`);
  const [given, field] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
  const exact = names.indexOf(given);
  const column = exact >= 0 ? exact : names.findIndex((each) => foldText(each) === foldText(given));
  if (column < 0) throw new UsageError(`The table has no column "${given}". It has ${namesOf(names)}`);
  await core.tables.match(column, field === '' ? null : fieldNamed(form, name, field).key);
}

function sayUnused(output: Output, names: readonly string[], match: ColumnMatch): void {
  const unused = names.filter((_name, column) => match[column] === null);
  if (unused.length === 0) return;
  output.problem(
    `${unused.length === 1 ? 'Column' : 'Columns'} ${namesOf(unused)} ${unused.length === 1 ? 'is' : 'are'} not used.`,
  );
}

/** `Row 7, width: "1024px". Use a number. 1024 can be sent.` */
function problemWords(
  { row, column, field: key, ...problem }: CellProblem,
  cells: TableCells,
  form: RecipeForm,
): string {
  const field = form.fields.find((each) => each.key === key) ?? null;
  const where = column === null ? (key ?? '') : (cells.names[column] ?? '');
  const text = column === null ? '' : (cells.rows[row]?.[column] ?? '');
  const cell = text === '' ? '' : ` "${text.length > 60 ? `${text.slice(0, 59)}…` : text}".`;
  const other = problem.suggestion === null ? '' : ` ${problem.suggestion} can be sent.`;
  return `Row ${String(row + 1)}${where === '' ? '' : `, ${where}`}:${cell} ${cellProblemWords(problem, field)}${other}`;
}

const lines = (all: readonly string[]): string =>
  [
    ...all.slice(0, MOST_NAMED),
    ...(all.length > MOST_NAMED ? [`and ${countWords(all.length - MOST_NAMED, 'more', 'more')}`] : []),
  ].join('\n');

const namesOf = (names: readonly string[]): string =>
  names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} and more` : listWords(names);
