import type { Drawn, DrawingUse, Point, Stroke } from '../drawing.ts';

/** A drawing on a picture while it is made: its strokes, the tools, and what can be undone. */
export class DrawingState {
  strokes = $state.raw<readonly Stroke[]>([]);
  /** Pixels of the picture. */
  width = $state(1);
  erases = $state(false);
  use = $state<DrawingUse>('white');
  /** Where the arrow keys have moved the pen; null until the first of them. */
  pen = $state.raw<Point | null>(null);
  /** Whether the pen of the keyboard draws. */
  isDown = $state(false);
  readonly #size: { readonly width: number; readonly height: number };
  #before = $state.raw<readonly (readonly Stroke[])[]>([]);
  #after = $state.raw<readonly (readonly Stroke[])[]>([]);

  constructor(size: { readonly width: number; readonly height: number }, start: Drawn) {
    this.#size = size;
    this.strokes = start.strokes;
    this.use = start.use;
    this.width = Math.max(1, Math.round(this.longest / 20));
  }

  /** The longer side of the picture, in its pixels. */
  get longest(): number {
    return Math.max(this.#size.width, this.#size.height);
  }

  get mayUndo(): boolean {
    return this.#before.length > 0;
  }

  get mayRedo(): boolean {
    return this.#after.length > 0;
  }

  /** Begins a stroke. */
  begin(point: Point): void {
    this.#change([...this.strokes, { points: [point], width: this.width, erases: this.erases }]);
  }

  /** Continues the last stroke. */
  extend(point: Point): void {
    const last = this.strokes.at(-1);
    if (last === undefined) return;
    this.strokes = this.strokes.with(-1, { ...last, points: [...last.points, point] });
  }

  undo(): void {
    const before = this.#before.at(-1);
    if (before === undefined) return;
    this.isDown = false;
    this.#after = [...this.#after, this.strokes];
    this.#before = this.#before.slice(0, -1);
    this.strokes = before;
  }

  redo(): void {
    const after = this.#after.at(-1);
    if (after === undefined) return;
    this.#before = [...this.#before, this.strokes];
    this.#after = this.#after.slice(0, -1);
    this.strokes = after;
  }

  /** Removes all strokes. It can be undone. */
  clear(): void {
    this.isDown = false;
    if (this.strokes.length > 0) this.#change([]);
  }

  resize(factor: number): void {
    this.width = Math.min(Math.max(1, Math.round(this.longest / 2)), Math.max(1, Math.round(this.width * factor)));
  }

  /** Moves the pen of the keyboard, starting in the middle, and draws while it is down. */
  movePen(x: number, y: number): void {
    const { width, height } = this.#size;
    const from = this.pen ?? { x: width / 2, y: height / 2 };
    this.pen = { x: within(from.x + x, width), y: within(from.y + y, height) };
    if (this.isDown) this.extend(this.pen);
  }

  /** Puts the pen of the keyboard down, where it draws a dot, or lifts it. */
  turnPen(): void {
    this.isDown = !this.isDown;
    if (!this.isDown) return;
    if (this.pen === null) this.movePen(0, 0);
    if (this.pen !== null) this.begin(this.pen);
  }

  #change(strokes: readonly Stroke[]): void {
    this.#before = [...this.#before, this.strokes];
    this.#after = [];
    this.strokes = strokes;
  }
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
