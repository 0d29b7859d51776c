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

/** Converts a picture that not every recipe can open into a PNG; null if Chromium cannot draw it. */
export async function toPng(picture: Uint8Array, mime: string | null): Promise<DrawnPng | null> {
  const address = URL.createObjectURL(new Blob([new Uint8Array(picture)], { type: mime ?? '' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await drawn(image, mime === 'image/svg+xml');
  } catch (failure) {
    if (failure instanceof DOMException) return null;
    throw failure;
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function drawn(image: HTMLImageElement, isDrawing: boolean): Promise<DrawnPng | null> {
  const { width, height } = sizeFor(image, isDrawing);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) return null;
  const { naturalWidth, naturalHeight } = image;
  const isScaled = naturalWidth > 0 && naturalHeight > 0 && (naturalWidth !== width || naturalHeight !== height);
  const scaledFrom = isScaled ? { width: naturalWidth, height: naturalHeight } : null;
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height, scaledFrom };
}

function sizeFor(
  { naturalWidth, naturalHeight }: HTMLImageElement,
  isDrawing: boolean,
): Record<'width' | 'height', number> {
  const [width, height] = [naturalWidth || DRAWING, naturalHeight || DRAWING];
  const up = isDrawing ? Math.max(1, DRAWING / Math.max(width, height)) : 1;
  const down = Math.min(1, Math.sqrt(MOST_PIXELS / (width * up * height * up)));
  return { width: Math.max(1, Math.round(width * up * down)), height: Math.max(1, Math.round(height * up * down)) };
}
