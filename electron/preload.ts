import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './contract/channels.ts';

/** What a listener is told is typed by the bridge; here it only passes through. */
type Listener = (payload: never) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(EVENT_CHANNEL, (_event, ...[name, payload]: [name: string, payload: unknown]) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload as never);
});

/**
 * The only thing a page gets. It can reach two channels; what passes over them is checked and typed on the other side
 * (shell/ipc.ts), by the table in contract/calls.ts.
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
