import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist';

export interface Drawing {
  readonly pages: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  /** How wide it is on the screen, in CSS pixels. */
  readonly width: number;
}

export interface DrawingEvents {
  /** Height by width. */
  onshape(shape: number): void;
  /** What it says, for those who do not see it. */
  ontext(text: string): void;
  onfail(): void;
}

/** More than this a canvas cannot be, or takes too much memory; it is drawn coarser. Pixels. */
const MOST_PIXELS = 16_000_000;

/** Draws one page. Returns what stops that, and frees the memory of what was drawn. */
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
    // Stopped by us is no failure.
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
