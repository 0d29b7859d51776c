import type { DraftChange, DraftStepView } from '../../contract/views.ts';
import { type DraftContents, isEmpty } from './draft-contents.ts';

/** Most changes that can be undone; older ones are dropped. */
const MOST_STEPS = 20;

interface Step {
  readonly view: DraftStepView;
  /** The draft before the change. */
  readonly before: DraftContents;
}

/**
 * Undo and redo states of the draft, in memory until the program ends. A change that removes something is noted before
 * it is made. Undo restores the exact state, and redo restores what the undo replaced.
 */
export class DraftSteps {
  #steps: readonly Step[] = [];
  #undone: readonly Step[] = [];
  /** Counts up, so that a page recognises a new step. */
  #last = 0;

  /**
   * Notes the draft before a change; ignores an empty draft, because nothing can be lost. `name`: of the one thing that
   * the change concerns.
   */
  note(what: DraftChange, before: DraftContents, name: string | null = null): void {
    if (what !== 'filled-in' && isEmpty(before)) return;
    this.#steps = [...this.#steps, this.#step(what, before, name)].slice(-MOST_STEPS);
    this.#undone = [];
  }

  /**
   * Returns the state before a step and all later ones; null as `step`: the last one. Null when there is no such step.
   */
  undo(step: number | null, now: DraftContents): DraftContents | null {
    const position = step === null ? this.#steps.length - 1 : this.#steps.findIndex(({ view }) => view.step === step);
    const found = this.#steps[position];
    if (found === undefined) return null;
    this.#steps = this.#steps.slice(0, position);
    if (found.view.what === 'filled-in' || !isEmpty(now))
      this.#undone = [...this.#undone, this.#step('replaced', now, null)];
    return found.before;
  }

  /** Returns the state before the last undo; null when there is none. */
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

  /** All states that can be restored. */
  states(): readonly DraftContents[] {
    return [...this.#steps, ...this.#undone].map(({ before }) => before);
  }

  #step(what: DraftChange, before: DraftContents, name: string | null): Step {
    this.#last += 1;
    return { view: { step: this.#last, what, name }, before };
  }
}
