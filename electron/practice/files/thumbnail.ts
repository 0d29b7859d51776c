import { writePng, readPng } from '../pixels/picture.ts';
import { type Fit, FITS, fitTo } from '../pixels/resize.ts';

/** The thumbnail that a query asks for (wire 5). Sizes are pixels. */
export interface ThumbnailSize {
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
}

const WISHES = ['width', 'height', 'fit', 'position'] as const;

/** Whether a query asks for a thumbnail instead of the file (wire 5). */
export const wantsThumbnail = (query: URLSearchParams): boolean => WISHES.some((name) => query.has(name));

/**
 * Parses a query. Sides are multiples of 32 from 32 to 512; one side alone makes a square. null: the server refuses it
 * with 422. `position` is accepted without effect: pictures are cut around their middle.
 */
export function thumbnailSize(query: URLSearchParams): ThumbnailSize | null {
  const width = query.get('width') ?? query.get('height');
  const height = query.get('height') ?? query.get('width');
  const fit = FITS.find((name) => name === (query.get('fit') ?? 'cover'));
  if (width === null || height === null || fit === undefined) return null;
  if (![width, height].every((side) => /^\d+$/.test(side) && isStep(Number(side)))) return null;
  return { width: Number(width), height: Number(height), fit };
}

const isStep = (pixels: number): boolean => pixels >= 32 && pixels <= 512 && pixels % 32 === 0;

/** Makes a thumbnail; null if the file is not a PNG that this server can read. Then the original is sent. */
export function makeThumbnail(bytes: Buffer, size: ThumbnailSize): Uint8Array | null {
  const picture = readPng(bytes);
  return picture === null ? null : writePng(fitTo(picture, size.width, size.height, size.fit));
}
