import { canvasSize, type DrawnPng, pngOf } from './to-png.ts';

/** A place in a picture, in its pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line of the pen, in pixels of the picture. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly width: number;
  /** Whether it takes away what was drawn before. */
  readonly erases: boolean;
}

/** What becomes of a drawing: the picture with it, or a mask, whose drawn parts are white or black. */
export type DrawingUse = 'picture' | 'white' | 'black';

/** What was drawn on a picture. */
export interface Drawn {
  readonly strokes: readonly Stroke[];
  readonly use: DrawingUse;
}

/** Paints strokes on a canvas that is `scale` times as large as the picture. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  colour: string,
  scale: number,
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = colour;
  context.fillStyle = colour;
  for (const { points, width, erases } of strokes) {
    const [first] = points;
    if (first === undefined) continue;
    context.globalCompositeOperation = erases ? 'destination-out' : 'source-over';
    context.lineWidth = width * scale;
    context.beginPath();
    // A canvas draws nothing for a line without a length.
    context.arc(first.x * scale, first.y * scale, (width * scale) / 2, 0, 2 * Math.PI);
    context.fill();
    context.beginPath();
    for (const { x, y } of points) context.lineTo(x * scale, y * scale);
    context.stroke();
  }
  context.globalCompositeOperation = 'source-over';
}

/**
 * Makes a PNG of a drawing, in the size of the picture; null if Chromium cannot make one. It paints what is behind the
 * strokes after them, so that a large picture needs one canvas only.
 */
export async function drawingPng(
  picture: HTMLImageElement,
  strokes: readonly Stroke[],
  use: DrawingUse,
  colour: string,
): Promise<DrawnPng | null> {
  const size = canvasSize(picture, false);
  return pngOf(picture, size, (context) => {
    const scale = size.width / picture.naturalWidth;
    paintStrokes(context, strokes, use === 'picture' ? colour : use, scale);
    context.globalCompositeOperation = 'destination-over';
    if (use === 'picture') context.drawImage(picture, 0, 0, size.width, size.height);
    else {
      context.fillStyle = use === 'white' ? 'black' : 'white';
      context.fillRect(0, 0, size.width, size.height);
    }
  });
}
