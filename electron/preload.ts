import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './contract/channels.ts';

/** The bridge types the payload; here it is only passed on. */
type Listener = (payload: never) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(EVENT_CHANNEL, (_event, ...[name, payload]: [name: string, payload: unknown]) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload as never);
});

/**
 * All that the page can reach: two channels. The main process checks each call (shell/ipc.ts) with the schemas in
 * contract/calls.ts.
 */
const bridge: Bridge = {
  call: (name, ...request) => ipcRenderer.invoke(CALL_CHANNEL, name, ...request) as never,
  on: (name, listener) => {
    const known = listeners.get(name) ?? new Set<Listener>();
    listeners.set(name, known.add(listener));
    return () => known.delete(listener);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('omnitray', bridge);
