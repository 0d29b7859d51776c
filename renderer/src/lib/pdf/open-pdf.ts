import { getDocument, GlobalWorkerOptions, PasswordException, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist';
import { startPdfWorker } from './worker.ts';

export interface OpenPdf {
  readonly pages: PDFDocumentProxy;
  /** Height divided by width of the first page; the other pages are assumed to be equal until they are drawn. */
  readonly shape: number;
}

export type PdfOutcome =
  | { readonly kind: 'open'; readonly pdf: OpenPdf }
  /** A password is needed. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'broken' };

/** Pixels. Larger pictures in a document are skipped, because they would exhaust the memory. */
const LARGEST_PICTURE = 64_000_000;

/**
 * Opens an untrusted PDF. Scripts, links and forms are ignored. The page's policy allows no connection, so fonts that
 * are not embedded are replaced by those of this computer.
 *
 * @param until ends the worker and frees its memory
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
  // Each document has a worker of its own.
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
