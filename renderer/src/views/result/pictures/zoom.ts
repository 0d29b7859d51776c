/** Geometry of a picture in its viewport. Lengths are CSS pixels; at scale 1, a pixel of the picture takes one. */

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Sheet {
  readonly viewport: Size;
  readonly picture: Size;
}

export interface Placement {
  readonly scale: number;
  /** The picture's upper left corner, measured from that of the viewport. */
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const LARGEST = 32;

/** The scale at which the whole picture is visible, at most 1. */
export const fitScale = ({ viewport, picture }: Sheet): number =>
  Math.min(1, viewport.width / picture.width, viewport.height / picture.height);

/** The whole picture, centred. */
export const fitted = (sheet: Sheet): Placement => keptInside(sheet, { scale: fitScale(sheet), x: 0, y: 0 });

/** Changes the scale to `wanted` within the limits; the point of the picture at `at` stays in place. */
export function scaledTo(sheet: Sheet, from: Placement, wanted: number, at: Point): Placement {
  const scale = Math.min(LARGEST, Math.max(fitScale(sheet), wanted));
  const ratio = scale / from.scale;
  return keptInside(sheet, { scale, x: at.x - (at.x - from.x) * ratio, y: at.y - (at.y - from.y) * ratio });
}

/** Moves the picture, at most until its edge reaches the edge of the viewport. */
export const movedBy = (sheet: Sheet, from: Placement, by: Point): Placement =>
  keptInside(sheet, { scale: from.scale, x: from.x + by.x, y: from.y + by.y });

/** Whether the picture is larger than fitted. The factor tolerates rounding. */
export const isZoomed = (sheet: Sheet, { scale }: Placement): boolean => scale > fitScale(sheet) * 1.001;

export function keptInside({ viewport, picture }: Sheet, { scale, x, y }: Placement): Placement {
  return {
    scale,
    x: inside(x, viewport.width, picture.width * scale),
    y: inside(y, viewport.height, picture.height * scale),
  };
}

const inside = (at: number, viewport: number, length: number): number =>
  length <= viewport ? (viewport - length) / 2 : Math.min(0, Math.max(viewport - length, at));
