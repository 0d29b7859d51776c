import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

interface Policies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): URL;
  };
}

/** TypeScript does not know of Trusted Types, and takes what they make of an address for an address. */
declare const trustedTypes: Policies | undefined;

/** The page's policy allows this name (shell/protocol.ts), and it vouches for one script: the one that reads PDFs. */
const policy =
  typeof trustedTypes === 'undefined'
    ? null
    : trustedTypes.createPolicy('omnitray-pdf-worker', {
        createScriptURL: (url) => {
          if (url !== workerUrl) throw new TypeError('Not a script of ours.');
          return url;
        },
      });

/** A thread of its own for one document: what is made to be slow to read holds up nothing else. */
export const startPdfWorker = (): Worker =>
  new Worker(policy === null ? workerUrl : policy.createScriptURL(workerUrl), { type: 'module' });
