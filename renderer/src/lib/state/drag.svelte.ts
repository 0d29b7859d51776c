import type { RecipeId } from '../contract.ts';
import type { Hovering } from './drop-data.ts';

/** The drag that entered the window from outside. */
export class DragState {
  /** null if nothing is dragged over the window. */
  hovering = $state.raw<Hovering | null>(null);
  /** The recipe that would run if the drop happened now. */
  over = $state<RecipeId | null>(null);

  /** The field of the form that the drop would fill. */
  field = $state<string | null>(null);

  end(): void {
    this.hovering = null;
    this.over = null;
    this.field = null;
  }
}
