import { draftStepWords, type DraftView } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

interface Actions {
  readonly undo: (step: number) => void;
  readonly redo: () => void;
}

/** Announces each change of the draft that removed something, and offers to undo it. */
export class DraftStepToasts {
  readonly #toasts: Toasts;
  readonly #actions: Actions;
  /** The newest step that was announced, or that existed before this page. */
  #newest = 0;
  /** The toast that offers to undo the newest step. */
  #offered: { readonly step: number; readonly toast: number } | null = null;

  constructor(toasts: Toasts, actions: Actions) {
    this.#toasts = toasts;
    this.#actions = actions;
  }

  /** Does not announce the steps from before this page. */
  skip(view: DraftView): void {
    this.#newest = newestOf(view);
  }

  announce(view: DraftView): void {
    const { undoable, redoable } = view;
    const offered = this.#offered;
    if (offered !== null && offered.step !== undoable?.step && offered.step !== redoable) {
      this.#toasts.dismiss(offered.toast);
      this.#offered = null;
    }
    const newest = newestOf(view);
    if (newest <= this.#newest) return;
    this.#newest = newest;
    const isUndone = newest === redoable;
    const words = isUndone ? 'It is all here again' : undoable === null ? null : draftStepWords(undoable);
    if (words === null) return;
    const action = isUndone
      ? { label: 'Redo', run: this.#actions.redo }
      : { label: 'Undo', run: () => this.#actions.undo(newest) };
    this.#offered = { step: newest, toast: this.#toasts.show(words, { action }) };
  }
}

const newestOf = ({ undoable, redoable }: DraftView): number => Math.max(undoable?.step ?? 0, redoable ?? 0);
