/** The only file that knows how the page reaches the main process. Everything else is handed a `Bridge`. */
import type { Bridge } from '../../../../electron/contract/bridge.ts';

export type { Bridge };

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly omnitray: Bridge;
  }
}

/** Failures stay results: a call never rejects, and the screen that asked decides what to say. */
export const windowBridge = (): Bridge => window.omnitray;
