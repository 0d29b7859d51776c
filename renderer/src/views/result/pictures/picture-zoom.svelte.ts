import { fitted, isZoomed, keptInside, movedBy, type Placement, scaledTo, type Sheet } from './zoom.ts';

/** The factor of one press of a key or button. */
const STEP = 1.5;

/** Zoom and position of one picture. */
export class PictureZoom {
  viewport = $state.raw({ width: 0, height: 0 });
  /** Size in pixels; null until the picture is loaded. */
  picture = $state.raw<{ readonly width: number; readonly height: number } | null>(null);
  /** The placement that the user chose; null: the picture is fitted to the viewport. */
  #chosen = $state.raw<Placement | null>(null);
  readonly #sheet = $derived<Sheet | null>(
    this.picture === null || this.viewport.width === 0 || this.viewport.height === 0
      ? null
      : { viewport: this.viewport, picture: this.picture },
  );
  /** null until the sizes are known. */
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

  /** @param at the point that stays in place, e.g. the pointer; the middle by default */
  zoomBy(factor: number, at?: { readonly x: number; readonly y: number }): void {
    if (this.placement !== null) this.#zoomTo(this.placement.scale * factor, at);
  }

  enlarge(): void {
    this.zoomBy(STEP);
  }

  reduce(): void {
    this.zoomBy(1 / STEP);
  }

  /** Switches between fitted and actual size; a picture that fits at its actual size is doubled instead. */
  toggle(at: { readonly x: number; readonly y: number }): void {
    if (this.isZoomed) this.fit();
    else this.#zoomTo(this.placement?.scale === 1 ? 2 : 1, at);
  }

  moveBy(x: number, y: number): void {
    if (this.#sheet !== null && this.placement !== null) this.#chosen = movedBy(this.#sheet, this.placement, { x, y });
  }

  #zoomTo(scale: number, at = { x: this.viewport.width / 2, y: this.viewport.height / 2 }): void {
    if (this.#sheet === null || this.placement === null) return;
    const next = scaledTo(this.#sheet, this.placement, scale, at);
    // A fitted picture stays fitted when the window grows.
    this.#chosen = isZoomed(this.#sheet, next) ? next : null;
  }
}
