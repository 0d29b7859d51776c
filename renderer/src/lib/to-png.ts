/** Pixels. SVG drawings can have a small size or none: their longer side is enlarged to this. */
const DRAWING = 1_024;
/** A larger canvas can exhaust the memory of the window. */
const MOST_PIXELS = 40_000_000;

export interface DrawnPng {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** The size of the picture if the PNG has another; null also for a drawing without a size. */
  readonly scaledFrom: { readonly width: number; readonly height: number } | null;
}

type Size = Record<'width' | 'height', number>;

/** Converts a picture that not every recipe can open into a PNG; null if Chromium cannot draw it. */
export function toPng(picture: Uint8Array, mime: string | null): Promise<DrawnPng | null> {
  return withPicture(picture, mime, (image) => {
    const size = canvasSize(image, mime === 'image/svg+xml');
    return pngOf(image, size, (context) => context.drawImage(image, 0, 0, size.width, size.height));
  });
}

/** Decodes a picture for as long as `work` needs it; null if Chromium cannot decode it. */
export async function withPicture<T>(
  picture: Uint8Array,
  mime: string | null,
  work: (image: HTMLImageElement) => Promise<T>,
): Promise<T | null> {
  const address = URL.createObjectURL(new Blob([new Uint8Array(picture)], { type: mime ?? '' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await work(image);
  } catch (failure) {
    if (failure instanceof DOMException) return null;
    throw failure;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Paints a canvas of this size, and makes a PNG of it; null if Chromium cannot make one. */
export async function pngOf(
  { naturalWidth, naturalHeight }: HTMLImageElement,
  { width, height }: Size,
  paint: (context: CanvasRenderingContext2D) => void,
): Promise<DrawnPng | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context !== null) paint(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) return null;
  const isScaled = naturalWidth > 0 && naturalHeight > 0 && (naturalWidth !== width || naturalHeight !== height);
  const scaledFrom = isScaled ? { width: naturalWidth, height: naturalHeight } : null;
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height, scaledFrom };
}

/** The size of a canvas for a picture. A small drawing is enlarged, and a huge picture made smaller. */
export function canvasSize({ naturalWidth, naturalHeight }: HTMLImageElement, isDrawing: boolean): Size {
  const [width, height] = [naturalWidth || DRAWING, naturalHeight || DRAWING];
  const up = isDrawing ? Math.max(1, DRAWING / Math.max(width, height)) : 1;
  const down = Math.min(1, Math.sqrt(MOST_PIXELS / (width * up * height * up)));
  return { width: Math.max(1, Math.round(width * up * down)), height: Math.max(1, Math.round(height * up * down)) };
}
