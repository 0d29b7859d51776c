import { decodeClone, encodeClone } from './clone-codec.ts';
import {
  bridgeValue,
  guardInPage,
  guardPage,
  makeElectron,
  makeIpcRenderer,
  openWire,
  runPreload,
} from './page-runtime.ts';

const RUNTIME = [
  decodeClone,
  encodeClone,
  guardInPage,
  openWire,
  makeIpcRenderer,
  bridgeValue,
  makeElectron,
  guardPage,
  runPreload,
];

export interface PageScript {
  readonly binding: string;
  readonly door: string;
  /** Sources of the preload scripts, in the order in which they run. */
  readonly preloads: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The text that runs in every document before the page's own: the runtime, then the preload scripts, untouched. */
export function pageScript({ binding, door, preloads, versions }: PageScript): string {
  const runs = preloads.map(
    (source) =>
      `runPreload(state, electron, ${JSON.stringify(versions)}, function (exports, require, module, process) {\n${source}\n});`,
  );
  // Electron runs a preload script in the main frame only; a frame below must not find the way out either.
  return `(() => {
    if (window !== window.top) { delete globalThis[${JSON.stringify(binding)}]; return; }
    ${RUNTIME.map(String).join('\n')}
    const state = openWire(${JSON.stringify(binding)}, ${JSON.stringify(door)});
    const electron = makeElectron(state);
    guardPage(state);
    ${runs.join('\n')}
  })();`;
}
