import type { Hovering } from './drop-data.ts';

/** The drag that entered the window from outside. */
export class DragState {
  /** null if nothing is dragged over the window. */
  hovering = $state.raw<Hovering | null>(null);
  /** The id of the recipe or preset that would run if the drop happened now. */
  over = $state<string | null>(null);

  /** The field of the form that the drop would fill. */
  field = $state<string | null>(null);

  end(): void {
    this.hovering = null;
    this.over = null;
    this.field = null;
  }
}
