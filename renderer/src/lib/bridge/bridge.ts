/** The page's only access to the main process. All other code gets a `Bridge`. */
import type { Bridge } from '../../../../electron/contract/bridge.ts';

export type { Bridge };

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly omnitray: Bridge;
  }
}

/** Calls never reject: they return failures as results, which the caller handles. */
export const windowBridge = (): Bridge => window.omnitray;
