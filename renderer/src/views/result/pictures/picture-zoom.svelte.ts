import { fitted, isZoomed, keptInside, movedBy, type Placement, scaledTo, type Sheet } from './zoom.ts';

/** How much one press of a key or button enlarges. */
const STEP = 1.5;

/** One picture, as large and as far as it is looked at. */
export class PictureZoom {
  room = $state.raw({ width: 0, height: 0 });
  /** Null until it is known how large the picture is. */
  picture = $state.raw<{ readonly width: number; readonly height: number } | null>(null);
  /** Null: all of it, however large the window is. */
  #chosen = $state.raw<Placement | null>(null);
  readonly #sheet = $derived<Sheet | null>(
    this.picture === null || this.room.width === 0 || this.room.height === 0
      ? null
      : { room: this.room, picture: this.picture },
  );
  /** Null while it is not known. */
  readonly placement = $derived.by((): Placement | null => {
    if (this.#sheet === null) return null;
    return this.#chosen === null ? fitted(this.#sheet) : keptInside(this.#sheet, this.#chosen);
  });
  readonly isZoomed = $derived(
    this.#sheet !== null && this.placement !== null && isZoomed(this.#sheet, this.placement),
  );

  fit(): void {
    this.#chosen = null;
  }

  /** @param at where the pointer is; without one it is the middle that stays */
  zoomBy(factor: number, at?: { readonly x: number; readonly y: number }): void {
    if (this.placement !== null) this.#zoomTo(this.placement.scale * factor, at);
  }

  enlarge(): void {
    this.zoomBy(STEP);
  }

  reduce(): void {
    this.zoomBy(1 / STEP);
  }

  /** All of it, or each of its pixels; twice that where both are the same. */
  toggle(at: { readonly x: number; readonly y: number }): void {
    if (this.isZoomed) this.fit();
    else this.#zoomTo(this.placement?.scale === 1 ? 2 : 1, at);
  }

  moveBy(x: number, y: number): void {
    if (this.#sheet !== null && this.placement !== null) this.#chosen = movedBy(this.#sheet, this.placement, { x, y });
  }

  #zoomTo(scale: number, at = { x: this.room.width / 2, y: this.room.height / 2 }): void {
    if (this.#sheet === null || this.placement === null) return;
    const next = scaledTo(this.#sheet, this.placement, scale, at);
    // All of it goes on being all of it when the window grows.
    this.#chosen = isZoomed(this.#sheet, next) ? next : null;
  }
}
