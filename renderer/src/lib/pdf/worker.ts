import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

interface Policies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): URL;
  };
}

/** TypeScript has no types for Trusted Types. `createScriptURL` is declared to return a URL, because `Worker` accepts one. */
declare const trustedTypes: Policies | undefined;

/** The CSP allows a policy of this name (shell/protocol.ts). The policy accepts one script: the PDF worker. */
const policy =
  typeof trustedTypes === 'undefined'
    ? null
    : trustedTypes.createPolicy('omnitray-pdf-worker', {
        createScriptURL: (url) => {
          if (url !== workerUrl) throw new TypeError('Not a script of ours.');
          return url;
        },
      });

/** A thread per document, so that a slow PDF blocks nothing else. */
export const startPdfWorker = (): Worker =>
  new Worker(policy === null ? workerUrl : policy.createScriptURL(workerUrl), { type: 'module' });
