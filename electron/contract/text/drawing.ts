import { middleTruncate } from '../formats.ts';

/** Texts of the dialog that draws on a picture. */
export const DRAWING_WORDS = {
  failed: 'This picture cannot be drawn on here.',
  failedHint: 'Save it as PNG with another program, then add that file.',
  area: 'Drawing on the picture',
  keys: 'Arrow keys move the pen, with Shift in large steps. Space puts it down or lifts it. Plus and minus change its size.',
  pen: 'Pen',
  eraser: 'Eraser',
  size: 'Size of the pen',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  use: 'Send',
  uses: { white: 'White mask', black: 'Black mask', picture: 'Picture with drawing' },
  useHints: {
    white: 'What you draw is white, the rest is black.',
    black: 'What you draw is black, the rest is white.',
    picture: 'The picture is sent with what you draw on it.',
  },
  empty: 'Draw something first.',
  done: 'Use it',
  making: 'Making the picture',
  notMade: 'The drawing could not be made into a picture.',
  notMadeHint: 'The picture may be too large for the memory of this computer. Try a smaller one.',
  tooLarge: 'The picture with your drawing is larger than 32 MB, so Omnitool would refuse it.',
  tooLargeHint: 'Send a mask instead, or use a smaller picture.',
} as const;

/** Where the pen of the keyboard is: `Pen down, 40 % from the left, 25 % from the top`. */
export const penWords = (isDown: boolean, left: number, top: number): string =>
  `Pen ${isDown ? 'down' : 'up'}, ${Math.round(left * 100)} % from the left, ${Math.round(top * 100)} % from the top`;

/** The button that opens the dialog. `name`: of the picture of another field; null for the picture of the field itself. */
export const drawWords = (name: string | null): string =>
  name === null ? 'Draw on it' : `Draw on ${middleTruncate(name, 24)}`;
