import { blank, lay, type Picture } from './picture.ts';

/** The ways to fit a picture into a box (wire 5). */
export const FITS = ['cover', 'contain', 'fill', 'inside', 'outside'] as const;
/** One of `FITS`. */
export type Fit = (typeof FITS)[number];

/** Fits a picture into a box. `inside` and `outside` keep the aspect ratio, so their result may differ from the box. */
export function fitTo(picture: Picture, width: number, height: number, fit: Fit): Picture {
  if (fit === 'fill') return scale(picture, width, height);
  const across = width / picture.width;
  const down = height / picture.height;
  const factor = fit === 'cover' || fit === 'outside' ? Math.max(across, down) : Math.min(across, down);
  const scaled = scale(picture, Math.round(picture.width * factor), Math.round(picture.height * factor));
  if (fit === 'inside' || fit === 'outside') return scaled;
  return fit === 'cover' ? crop(scaled, width, height) : centred(scaled, width, height);
}

/** Averages all pixels that fall on one, which avoids aliasing in small pictures. */
function scale(picture: Picture, toWidth: number, toHeight: number): Picture {
  const width = Math.max(1, toWidth);
  const height = Math.max(1, toHeight);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * picture.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width));
      data.set(average(picture, left, top, right, bottom), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** The average of colours, weighted by alpha. */
function average(picture: Picture, left: number, top: number, right: number, bottom: number): readonly number[] {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alphas = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * picture.width + x) * 4;
      const alpha = picture.data[at + 3] ?? 0;
      red += (picture.data[at] ?? 0) * alpha;
      green += (picture.data[at + 1] ?? 0) * alpha;
      blue += (picture.data[at + 2] ?? 0) * alpha;
      alphas += alpha;
    }
  }
  const weight = Math.max(1, alphas);
  return [red / weight, green / weight, blue / weight, alphas / ((right - left) * (bottom - top))].map(Math.round);
}

function crop(picture: Picture, width: number, height: number): Picture {
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * picture.width + left) * 4;
    data.set(picture.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}

function centred(picture: Picture, width: number, height: number): Picture {
  const box = blank(width, height, [0, 0, 0]);
  const left = Math.floor((width - picture.width) / 2);
  const top = Math.floor((height - picture.height) / 2);
  lay(box, picture, left, top);
  return box;
}
