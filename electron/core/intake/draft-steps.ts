import type { DraftChange, DraftStepView } from '../../contract/views.ts';
import type { DraftContents } from './draft-contents.ts';
import { isEmpty } from './draft-contents.ts';

/** Changes that can be undone, one after the other; older ones are forgotten. */
const MOST_STEPS = 20;

interface Step {
  readonly view: DraftStepView;
  /** The draft as it was before. */
  readonly before: DraftContents;
}

/**
 * Earlier states of the draft, in memory until the program ends. A change that takes something away is noted before it is
 * made; undoing it brings back exactly what was there, and what it replaces can be brought back in turn.
 */
export class DraftSteps {
  #steps: readonly Step[] = [];
  #undone: readonly Step[] = [];
  /** Counts up, so that a page can tell a new step from one it has seen. */
  #last = 0;

  /** Notes the draft before a change. One with nothing in it is no loss. `name`: of the one thing the change is about. */
  note(what: DraftChange, before: DraftContents, name: string | null = null): void {
    if (isEmpty(before)) return;
    this.#steps = [...this.#steps, this.#step(what, before, name)].slice(-MOST_STEPS);
    this.#undone = [];
  }

  /** The state before a step, and before all that came after it; null: the last step. Null where there is none such. */
  undo(step: number | null, now: DraftContents): DraftContents | null {
    const position = step === null ? this.#steps.length - 1 : this.#steps.findIndex(({ view }) => view.step === step);
    const found = this.#steps[position];
    if (found === undefined) return null;
    this.#steps = this.#steps.slice(0, position);
    if (!isEmpty(now)) this.#undone = [...this.#undone, this.#step('replaced', now, null)];
    return found.before;
  }

  /** The state before the last undo; null where there is none. */
  redo(now: DraftContents): DraftContents | null {
    const found = this.#undone.at(-1);
    if (found === undefined) return null;
    const rest = this.#undone.slice(0, -1);
    this.note('replaced', now);
    this.#undone = rest;
    return found.before;
  }

  get undoable(): DraftStepView | null {
    return this.#steps.at(-1)?.view ?? null;
  }

  get redoable(): number | null {
    return this.#undone.at(-1)?.view.step ?? null;
  }

  /** All states that can be brought back. */
  states(): readonly DraftContents[] {
    return [...this.#steps, ...this.#undone].map(({ before }) => before);
  }

  #step(what: DraftChange, before: DraftContents, name: string | null): Step {
    this.#last += 1;
    return { view: { step: this.#last, what, name }, before };
  }
}
