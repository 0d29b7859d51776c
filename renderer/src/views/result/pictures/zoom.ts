/** Where a picture stands in the room it has. Lengths in CSS pixels; a scale of 1 is one of them for each of the picture's. */

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Sheet {
  readonly room: Size;
  readonly picture: Size;
}

export interface Placement {
  readonly scale: number;
  /** Of the picture's upper left corner, from that of the room. */
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const LARGEST = 32;

/** The scale at which all of a picture is in sight; never larger than it is. */
export const fitScale = ({ room, picture }: Sheet): number =>
  Math.min(1, room.width / picture.width, room.height / picture.height);

/** The whole picture, in the middle. */
export const fitted = (sheet: Sheet): Placement => keptInside(sheet, { scale: fitScale(sheet), x: 0, y: 0 });

/** Another scale, with the point of the picture that is at `at` staying there. */
export function scaledTo(sheet: Sheet, from: Placement, wanted: number, at: Point): Placement {
  const scale = Math.min(LARGEST, Math.max(fitScale(sheet), wanted));
  const ratio = scale / from.scale;
  return keptInside(sheet, { scale, x: at.x - (at.x - from.x) * ratio, y: at.y - (at.y - from.y) * ratio });
}

/** Moved, as far as there is something to be seen there. */
export const movedBy = (sheet: Sheet, from: Placement, by: Point): Placement =>
  keptInside(sheet, { scale: from.scale, x: from.x + by.x, y: from.y + by.y });

/** Whether more than the room holds is there to be moved to. */
export const isZoomed = (sheet: Sheet, { scale }: Placement): boolean => scale > fitScale(sheet) * 1.001;

export function keptInside({ room, picture }: Sheet, { scale, x, y }: Placement): Placement {
  return {
    scale,
    x: inside(x, room.width, picture.width * scale),
    y: inside(y, room.height, picture.height * scale),
  };
}

const inside = (at: number, room: number, length: number): number =>
  length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at));
