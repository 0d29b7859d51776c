import { basename } from 'node:path';
import { placeInForm } from '../../contract/form-files.ts';
import { messageField } from '../../contract/form-message.ts';
import { TABLE_LIMITS } from '../../contract/limits.ts';
import { matchColumns, type RunTable, textOfTable, withNames, withoutNames } from '../../contract/run-table.ts';
import { pathsInCell, planRows } from '../../contract/table-rows.ts';
import type {
  AttachmentId,
  CellProblem,
  ColumnMatch,
  DraftView,
  RecipeForm,
  RecipeId,
  RunId,
  TableCells,
  TableCheck,
} from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import type { Attachment } from '../model/attachment.ts';
import type { DraftTable } from '../model/draft-table.ts';
import type { DraftContents } from './draft-contents.ts';
import type { Draft } from './draft.ts';
import type { RunRow } from './new-run.ts';
import { refuseExcess, tableOfFile, tableOfText } from './read-table.ts';
import { TableFiles } from './table-files.ts';

/** The name of rows that come from no file. */
const PASTED = 'Pasted rows';
/** Most problems, and paths of files, that a page gets at once. */
const MOST_PROBLEMS = 1_000;
const MOST_PATHS = 200;

interface DraftTablesPorts {
  readonly draft: Draft;
  /** The form of a recipe; null when it has none, or is not loaded. */
  readonly formOf: (id: RecipeId) => RecipeForm | null;
}

/** What the rows of a table make of the form. */
export interface TablePlan {
  readonly table: DraftTable;
  readonly match: ColumnMatch;
  readonly rows: readonly RunRow[];
  readonly problems: readonly CellProblem[];
  /** The files that rows name, by their whole paths. */
  readonly paths: readonly string[];
  readonly outside: readonly string[];
  /** False: a column fills the field in whose place a message would be sent (wire 13.2). */
  readonly takesMessage: boolean;
}

/** The table of the draft: its cells, their match to the form, and its files. Methods throw AppError `not-found` without a table. */
export class DraftTables {
  readonly #draft: Draft;
  readonly #formOf: DraftTablesPorts['formOf'];
  #files: { readonly of: string | null; readonly files: TableFiles } | null = null;
  #revision = 0;
  #started: { readonly runIds: ReadonlySet<RunId>; readonly before: DraftContents } | null = null;

  constructor({ draft, formOf }: DraftTablesPorts) {
    this.#draft = draft;
    this.#formOf = formOf;
  }

  /**
   * Opens a file or a text of the draft as a table, which takes its place.
   *
   * @throws AppError `not-found`, and as `tableOfFile`
   */
  async open(id: AttachmentId): Promise<DraftView> {
    const attachment = this.#draft.attachment(id);
    if (attachment === null) throw new AppError('not-found');
    const { path, text } = attachment;
    if (path !== null) return this.openFile(path);
    return this.#put(tableOfText(text ?? '', PASTED), { name: PASTED, path: null, from: id });
  }

  /** Opens a file. @throws as `tableOfFile` */
  async openFile(path: string): Promise<DraftView> {
    return this.#put(await tableOfFile(path), { name: basename(path), path, from: null });
  }

  cells(): TableCells {
    const { names, rows, hasNames, revision } = this.#table();
    return { names, rows, hasNames, revision };
  }

  /** Closes the table and puts its file or text back. */
  async close(): Promise<DraftView> {
    const table = this.#table();
    this.#draft.note('table-closed', table.name);
    this.#draft.edit({ table: null });
    return this.#draft.addItems([table.path === null ? { text: textOfTable(table) } : { path: table.path }]);
  }

  /** Lets a column feed a field, and no other column; null: it is not used. */
  match(column: number, field: string | null): Promise<TableCheck> {
    const table = this.#table();
    const now = this.#matchOf(table, this.#form());
    const others = now.flatMap((key, at) =>
      key !== null && key === field && at !== column ? [[at, null] as const] : [],
    );
    return this.#change({ chosen: { ...table.chosen, ...Object.fromEntries(others), [column]: field } });
  }

  /** Replaces the text of a cell. */
  setCell(row: number, column: number, text: string): Promise<TableCheck> {
    const { rows, oddRows } = this.#table();
    const cells = rows[row];
    if (cells?.[column] === undefined) throw new AppError('not-found');
    const { [row]: _mended, ...odd } = oddRows;
    return this.#change({ rows: rows.with(row, cells.with(column, text)), oddRows: odd });
  }

  /** Whether the first row holds the names of the columns. */
  setNames(first: boolean): DraftView {
    const table = this.#table();
    if (first === table.hasNames) return this.#draft.view();
    this.#draft.note('table-changed', table.name);
    const read = first ? withNames(table) : withoutNames(table);
    return this.#draft.edit({ table: { ...table, ...read, chosen: {}, revision: this.#next() } });
  }

  allowOutside(isOutsideAllowed: boolean): Promise<TableCheck> {
    return this.#change({ isOutsideAllowed });
  }

  /** What would be sent; `again` as for `plan`. @throws AppError `table-too-large` for rows that name too many files */
  async check(again = false): Promise<TableCheck> {
    const { table, match, rows, problems, paths, outside } = await this.plan({ again });
    const bad = new Set(problems.map(({ row }) => row));
    const files = this.#filesOf(table);
    return {
      revision: table.revision,
      match,
      problems: problems.slice(0, MOST_PROBLEMS),
      problemCount: problems.length,
      badRows: bad.size,
      goodRuns: rows.length - bad.size,
      runs: rows.length,
      files: {
        count: paths.length,
        bytes: paths.reduce((sum, path) => sum + (files.found(path)?.size ?? 0), 0),
        outside: outside.slice(0, MOST_PATHS),
        outsideCount: outside.length,
        isOutsideAllowed: table.isOutsideAllowed,
      },
    };
  }

  /** The runs of all rows; `again`: after inspecting all files once more. @throws as `check`; AppError `recipe-unknown` when the recipe has no form */
  async plan({ again = false } = {}): Promise<TablePlan> {
    if (again) this.#filesOf(this.#table()).forget();
    await this.#look();
    if (again) await this.#filesOf(this.#table()).settled();
    // The draft may have changed meanwhile.
    const { attachments, values } = this.#draft.contents();
    const table = this.#table();
    const form = this.#form();
    const match = this.#matchOf(table, form);
    const files = this.#filesOf(table);
    const placed = [...placeInForm(attachments, form, values).values()];
    const { rows, problems } = planRows({
      form,
      values,
      filesOf: (key) => placed.filter((field) => field === key).length,
      table,
      match,
      fileProblem: (written, field) => files.problemOf(written, field),
    });
    const paths = pathsOf(table, match, form, files);
    const shared = new Map<string, Attachment>();
    const fileOf = (written: string, field: string): Attachment | [] => {
      const found = files.found(files.pathOf(written) ?? '');
      const known = shared.get(`${field}\0${written}`);
      if (found === null || known !== undefined) return known ?? [];
      const file = { ...found, field };
      shared.set(`${field}\0${written}`, file);
      return file;
    };
    return {
      takesMessage: !match.includes(messageField(form, null)?.key ?? ''),
      ...{ table, match, problems, paths, outside: paths.filter((path) => files.isOutside(path)) },
      rows: rows.map((row) => ({
        values: row.values,
        files: row.files.flatMap(({ field, paths: written }) => written.flatMap((path) => fileOf(path, field))),
      })),
    };
  }

  /** Notes the draft of which these runs were made, so that undoing their start can restore it. */
  noteStart(runIds: readonly RunId[], before: DraftContents): void {
    this.#started = { runIds: new Set(runIds), before };
  }

  /** The draft of which these runs were made; null when they are not of the last table. */
  startOf(runIds: readonly RunId[]): DraftContents | null {
    const started = this.#started;
    return started !== null && runIds.every((id) => started.runIds.has(id)) ? started.before : null;
  }

  async #look(): Promise<void> {
    const table = this.#table();
    const form = this.#form();
    const files = this.#filesOf(table);
    const paths = pathsOf(table, this.#matchOf(table, form), form, files);
    if (paths.length > TABLE_LIMITS.files) refuseExcess({ over: 'files', count: paths.length });
    await files.look(table.isOutsideAllowed ? paths : paths.filter((path) => !files.isOutside(path)));
  }

  #put(
    read: RunTable,
    { name, path, from }: Pick<DraftTable, 'name' | 'path'> & { from: AttachmentId | null },
  ): DraftView {
    this.#draft.note('table-opened', name);
    const isSource = (each: Attachment): boolean => each.id === from || (path !== null && each.path === path);
    const attachments = this.#draft.contents().attachments.filter((each) => !isSource(each));
    const table = { ...read, name, path, chosen: {}, isOutsideAllowed: false, revision: this.#next() };
    return this.#draft.edit({ table, attachments });
  }

  #change(change: Partial<DraftTable>): Promise<TableCheck> {
    const table = this.#table();
    this.#draft.note('table-changed', table.name);
    this.#draft.edit({ table: { ...table, ...change, revision: this.#next() } });
    return this.check();
  }

  #table(): DraftTable {
    const { table } = this.#draft.contents();
    if (table === null) throw new AppError('not-found', 'The table');
    return table;
  }

  #form(): RecipeForm {
    const { recipeId } = this.#draft.contents();
    const form = recipeId === null ? null : this.#formOf(recipeId);
    if (form === null) throw new AppError('recipe-unknown');
    return form;
  }

  /** The fields that the user chose; the other columns find theirs by name, among those that are left. */
  #matchOf({ names, chosen }: DraftTable, form: RecipeForm): ColumnMatch {
    const keys = new Set(form.fields.map(({ key }) => key));
    const taken = new Set(Object.values(chosen));
    return matchColumns(names, form).map((found, column) => {
      const choice = Object.hasOwn(chosen, column) ? (chosen[column] ?? null) : undefined;
      if (choice !== undefined) return choice !== null && keys.has(choice) ? choice : null;
      return taken.has(found) ? null : found;
    });
  }

  #filesOf({ path }: DraftTable): TableFiles {
    if (this.#files?.of !== path) this.#files = { of: path, files: new TableFiles(path, () => this.#refresh()) };
    return this.#files.files;
  }

  /** A file was inspected late. */
  #refresh(): void {
    const { table } = this.#draft.contents();
    if (table !== null) this.#draft.edit({ table: { ...table, revision: this.#next() } });
  }

  #next(): number {
    const stored = this.#draft.contents().table?.revision ?? 0;
    return (this.#revision = Math.max(this.#revision, stored) + 1);
  }
}

/** The whole paths of the files that the cells name, each once. */
function pathsOf(table: RunTable, match: ColumnMatch, form: RecipeForm, files: TableFiles): readonly string[] {
  const fields = match.map((key) => form.fields.find((field) => field.key === key && field.control.kind === 'files'));
  const columns = fields.flatMap((field, column) => (field === undefined ? [] : [{ field, column }]));
  const paths = new Set<string>();
  for (const cells of table.rows)
    for (const { field, column } of columns)
      for (const written of pathsInCell(field, cells[column] ?? '')) {
        const path = files.pathOf(written);
        if (path !== null) paths.add(path);
      }
  return [...paths];
}
