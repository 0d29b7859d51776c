/** A drawing of lines has no size of its own to speak of: its longer side is made this long at least. Pixels. */
const DRAWING = 1_024;
/** More pixels than this, and a window runs out of memory. */
const MOST_PIXELS = 40_000_000;

/** Draws a picture that the server does not take, and makes a PNG of it; null where it cannot be drawn. */
export async function toPng(picture: Uint8Array, mime: string | null): Promise<Uint8Array | null> {
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

async function drawn(image: HTMLImageElement, isDrawing: boolean): Promise<Uint8Array | null> {
  const { width, height } = sizeFor(image, isDrawing);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
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
