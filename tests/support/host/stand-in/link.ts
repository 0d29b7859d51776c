import { Line } from '../line.ts';
import type { AppCalls, PageCalls } from '../wire.ts';

/** Filled by the parts of the stand-in that the spec's process calls. */
export const appCalls: Partial<AppCalls> = {};

const line = new Line<PageCalls>(process, appCalls);

/** The spec's process: the owner of Chromium. */
export const spec: PageCalls = line.there;

/** Says that something happened that the stand-in cannot vouch for. The spec fails unless it expected it. */
export function report(text: string): void {
  process.stderr.write(`[stand-in] ${text}\n`);
  // With the spec's process gone this one is about to end; the words above are all that is left to say.
  spec.problem(text).catch(() => undefined);
}

/** For what the app waits for no answer; a failure is a problem of the stand-in's. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((problem: unknown) => {
    report(problem instanceof Error ? problem.message : String(problem));
  });
}

/** Made for Electron's own mistakes: the app did what Electron refuses. */
export function refuse(text: string): never {
  throw new Error(text);
}
