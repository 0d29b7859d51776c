import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist';

export interface Drawing {
  readonly pages: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  /** On the screen, in CSS pixels. */
  readonly width: number;
}

export interface DrawingEvents {
  /** Height divided by width. */
  onshape(shape: number): void;
  /** The text of the page, for screen readers. */
  ontext(text: string): void;
  onfail(): void;
}

/** Larger canvases fail or take too much memory; the page is then drawn at a lower resolution. */
const MOST_PIXELS = 16_000_000;

/** Draws one page. The returned function stops the drawing and frees its memory. */
export function drawPage(canvas: HTMLCanvasElement, drawing: Drawing, events: DrawingEvents): () => void {
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const tasks: RenderTask[] = [];
  const draw = async (): Promise<void> => {
    const page = await drawing.pages.getPage(drawing.number);
    const whole = page.getViewport({ scale: 1 });
    const dense = (drawing.width / whole.width) * devicePixelRatio;
    const scale = Math.min(dense, Math.sqrt(MOST_PIXELS / (whole.width * whole.height)));
    const viewport = page.getViewport({ scale });
    if (isOver()) return;
    events.onshape(whole.height / whole.width);
    canvas.width = Math.ceil(viewport.width);
    canvas.height = Math.ceil(viewport.height);
    const task = page.render({ canvas, viewport });
    tasks.push(task);
    await task.promise;
    const text = await textOf(page);
    if (!isOver()) events.ontext(text);
  };
  draw().catch(() => {
    // A cancelled drawing is not a failure.
    if (!isOver()) events.onfail();
  });
  return () => {
    over.abort();
    for (const task of tasks) task.cancel();
    canvas.width = 0;
    canvas.height = 0;
  };
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('')
    .trim();
}
