import { getDocument, GlobalWorkerOptions, PasswordException, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist';
import { startPdfWorker } from './worker.ts';

export interface OpenPdf {
  readonly pages: PDFDocumentProxy;
  /** Height by width of the first page: the others are taken to be alike until they are drawn. */
  readonly shape: number;
}

export type PdfOutcome =
  | { readonly kind: 'open'; readonly pdf: OpenPdf }
  /** Asks for a password. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'broken' };

/** Larger pictures inside a document are left out: they would take all memory. Pixels. */
const LARGEST_PICTURE = 64_000_000;

/**
 * Opens a PDF by a stranger. Nothing in it acts: scripts, links and forms are not read, and nothing is fetched (the
 * page's policy allows no connection), so fonts that are not in it are drawn with those of this machine.
 *
 * @param until ends the reading and frees its memory
 */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>, until: AbortSignal): Promise<PdfOutcome> {
  const worker = startPdfWorker();
  until.addEventListener('abort', () => worker.terminate());
  const failing = new Promise<never>((_, fail) => {
    worker.addEventListener('error', () => fail(new Error('The reader of PDFs did not start.')));
  });
  GlobalWorkerOptions.workerPort = worker;
  const opening = getDocument({
    data: bytes,
    maxImageSize: LARGEST_PICTURE,
    enableXfa: false,
    useWasm: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  // Each document has its own.
  GlobalWorkerOptions.workerPort = null;
  try {
    const pages = await Promise.race([opening.promise, failing]);
    const { width, height } = (await pages.getPage(1)).getViewport({ scale: 1 });
    return { kind: 'open', pdf: { pages, shape: height / width } };
  } catch (failure) {
    worker.terminate();
    return { kind: failure instanceof PasswordException ? 'locked' : 'broken' };
  }
}
