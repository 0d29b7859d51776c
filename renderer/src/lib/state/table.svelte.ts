import { SvelteMap } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type {
  AttachmentId,
  CellProblem,
  DraftView,
  ErrorView,
  FormField,
  Result,
  StartedView,
  TableCells,
  TableCheck,
} from '../contract.ts';
import type { DraftState } from './draft.svelte.ts';
import { mapOf, setOf } from './form-fields.ts';
import type { FormState } from './form.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

interface TableStateParts {
  readonly bridge: Bridge;
  readonly toasts: Toasts;
  readonly draft: DraftState;
  readonly form: FormState;
}

/** A cell of the table, counted from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The table of the draft, of which each row is a run. The main process holds it; this is what the page shows of it. */
export class TableState {
  cells = $state.raw<TableCells | null>(null);
  check = $state.raw<TableCheck | null>(null);
  /** Why the table cannot be checked. */
  problem = $state.raw<ErrorView | null>(null);
  /** The cell that the keyboard is on. */
  active = $state.raw<Place>({ row: 0, column: 0 });
  /** Counts up when the focus is to go to the active cell. */
  focusWanted = $state(0);
  /** Attachments that the user does not want to open as a table. */
  readonly declined = new SvelteMap<AttachmentId, true>();
  readonly #parts: TableStateParts;
  /** The newest question; older answers are not shown. */
  #asked = 0;
  /** Changes of this page whose answer has not come. */
  #changing = 0;

  /** The first problem of each cell; those of a whole row have the column -1. */
  readonly problems: ReadonlyMap<string, CellProblem> = $derived(
    mapOf((this.check?.problems ?? []).map((each) => [keyOf(each), each] as const).toReversed()),
  );
  /** The fields of the columns. */
  readonly fields: readonly (FormField | null)[] = $derived(
    (this.check?.match ?? []).map((key) => (key === null ? null : (this.#parts.form.fields.get(key) ?? null))),
  );
  /** The shown fields that no column feeds. */
  readonly otherFields: readonly FormField[] = $derived.by(() => {
    const fed = setOf<string | null>(this.check?.match ?? []);
    return this.#parts.form.shown.filter(({ key }) => !fed.has(key));
  });

  constructor(parts: TableStateParts) {
    this.#parts = parts;
  }

  /** Follows the draft: reads the cells of another table, and checks it with what the form holds now. */
  async follow({ table }: DraftView, hasForm: boolean): Promise<void> {
    if (table === null) {
      this.#asked += 1;
      this.cells = null;
      this.check = null;
      this.problem = null;
      this.active = { row: 0, column: 0 };
      return;
    }
    if (this.#changing > 0 || !hasForm) return;
    if (table.revision !== this.cells?.revision) {
      const asked = (this.#asked += 1);
      const cells = await this.#parts.bridge.call('table:read');
      if (asked !== this.#asked) return;
      if (cells.ok) this.cells = cells.value;
      const { row, column } = this.active;
      if (row >= table.rows || column >= table.columns) this.active = { row: 0, column: 0 };
    }
    await this.#show(this.#parts.bridge.call('table:check'));
  }

  /** The problem of a cell; of the whole row for the column -1. */
  problemAt(row: number, column: number): CellProblem | null {
    return this.problems.get(`${String(row)} ${String(column)}`) ?? null;
  }

  async setCell({ row, column }: Place, text: string): Promise<void> {
    const { cells } = this;
    const before = cells?.rows[row];
    if (cells === null || before === undefined) return;
    this.cells = { ...cells, rows: cells.rows.with(row, before.with(column, text)) };
    await this.#change(this.#parts.bridge.call('table:cell', { row, column, text }));
  }

  match(column: number, field: string | null): Promise<void> {
    return this.#change(this.#parts.bridge.call('table:match', { column, field }));
  }

  allowOutside(allowed: boolean): Promise<void> {
    return this.#change(this.#parts.bridge.call('table:allow-outside', { allowed }));
  }

  lookAgain(): Promise<void> {
    return this.#show(this.#parts.bridge.call('table:look-again'));
  }

  setNames(first: boolean): Promise<boolean> {
    return this.#take(this.#parts.bridge.call('table:names', { first }));
  }

  async open(attachmentId: AttachmentId): Promise<void> {
    await this.#parts.draft.flush();
    if (await this.#take(this.#parts.bridge.call('table:open', { attachmentId }))) this.focusWanted += 1;
  }

  /** Opens a table of written text, such as all combinations of some values. Returns whether it is open. */
  async openText(text: string): Promise<boolean> {
    const { draft } = this.#parts;
    const before = setOf(draft.view.attachments.map(({ id }) => id));
    await draft.add({ paths: [], unsaved: [], texts: [text] });
    const added = draft.view.attachments.find(({ id }) => !before.has(id));
    if (added !== undefined) await this.open(added.id);
    return draft.view.table !== null;
  }

  pick(): Promise<boolean> {
    return this.#take(this.#parts.bridge.call('table:pick'));
  }

  close(): Promise<boolean> {
    return this.#take(this.#parts.bridge.call('table:close'));
  }

  /** Starts the runs; undefined when they could not be started. */
  async start(withoutBadRows: boolean): Promise<StartedView | undefined> {
    const { draft, bridge, toasts } = this.#parts;
    if (draft.starting) return undefined;
    draft.starting = true;
    await draft.flush();
    const started = await toasts.answer(bridge.call('table:start', { withoutBadRows }));
    draft.starting = false;
    return started;
  }

  /** Moves the keyboard to the next cell with a problem, from the active one on. */
  goToNext(): void {
    const problems = this.check?.problems ?? [];
    const { row, column } = this.active;
    const next =
      problems.find((each) => each.row > row || (each.row === row && (each.column ?? -1) > column)) ?? problems[0];
    if (next === undefined) return;
    this.active = { row: next.row, column: next.column ?? 0 };
    this.focusWanted += 1;
  }

  async #change(asked: Promise<Result<TableCheck>>): Promise<void> {
    this.#changing += 1;
    await this.#show(asked);
    this.#changing -= 1;
    // A change of another kind came in between.
    const { view } = this.#parts.draft;
    if (this.#changing === 0 && view.table !== null && view.table.revision > (this.cells?.revision ?? 0))
      await this.follow(view, true);
  }

  async #show(asked: Promise<Result<TableCheck>>): Promise<void> {
    const mine = (this.#asked += 1);
    const result = await asked;
    if (mine !== this.#asked) return;
    if (!result.ok) {
      this.problem = result.error;
      return;
    }
    this.problem = null;
    this.check = result.value;
    if (this.cells !== null) this.cells = { ...this.cells, revision: result.value.revision };
  }

  async #take(asked: Promise<Result<DraftView>>): Promise<boolean> {
    const view = await this.#parts.toasts.answer(asked);
    if (view !== undefined) this.#parts.draft.apply(view);
    return view !== undefined;
  }
}

const keyOf = ({ row, column }: CellProblem): string => `${String(row)} ${String(column ?? -1)}`;
