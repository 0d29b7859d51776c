import type { RecipeId } from '../contract.ts';
import type { Hovering } from './drop-data.ts';

/** What is dragged over the window, from outside. */
export class DragState {
  /** null while nothing is. */
  hovering = $state.raw<Hovering | null>(null);
  /** The recipe it would run on if it were let go now. */
  over = $state<RecipeId | null>(null);

  end(): void {
    this.hovering = null;
    this.over = null;
  }
}
