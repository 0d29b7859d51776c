/**
 * What a preload script finds in a page of the stand-in. These functions are turned into text and run in the page, in
 * front of the built preload script: they may use each other and the codec, nothing else.
 *
 * Limits against Electron: the preload script shares the page's world (a global it leaves behind is reported), and
 * `location` shows the http form of the app's own scheme. Files have a path only when they were dropped by a spec.
 */
import type { decodeClone as Decode, encodeClone as Encode } from './clone-codec.ts';

declare const encodeClone: typeof Encode;
declare const decodeClone: typeof Decode;

/** From page to app. */
export type PageMessage =
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly type: 'send'; readonly channel: string; readonly args: string }
  | { readonly type: 'open'; readonly url: string; readonly features: string }
  | { readonly type: 'permission'; readonly id: number; readonly permission: string }
  | { readonly type: 'problem'; readonly text: string }
  | { readonly type: 'preload-error'; readonly text: string };

/** From app to page. */
export type DoorMessage =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: string }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly message: string }
  | { readonly type: 'event'; readonly channel: string; readonly args: string }
  | { readonly type: 'visibility'; readonly hidden: boolean }
  | { readonly type: 'files'; readonly entries: readonly (readonly [key: string, path: string])[] };

type Question =
  | { readonly type: 'invoke'; readonly channel: string; readonly args: string }
  | { readonly type: 'permission'; readonly permission: string };

interface Wire {
  readonly say: (message: PageMessage) => void;
  readonly ask: (question: Question) => Promise<unknown>;
  readonly unknown: (name: string) => never;
}

interface PageState {
  readonly wire: Wire;
  readonly listeners: Map<string, ((event: object, ...args: unknown[]) => void)[]>;
  readonly paths: Map<string, string>;
}

/** Refuses what Electron has and the stand-in has not. */
export function guardInPage<T extends object>(name: string, it: T, unknown: (name: string) => never): T {
  return new Proxy(it, {
    get: (target, key, receiver): unknown => {
      if (key in target || typeof key === 'symbol') return Reflect.get(target, key, receiver);
      return key === 'then' || key === 'toJSON' || key === '__esModule' ? undefined : unknown(`${name}.${key}`);
    },
  });
}

/** The two ways out of and into the page. `binding` and `door` are random names, gone before the page could look. */
export function openWire(binding: string, door: string): PageState {
  const call = Reflect.get(globalThis, binding) as (payload: string) => void;
  Reflect.deleteProperty(globalThis, binding);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (problem: Error) => void }>();
  let asked = 0;
  const wire: Wire = {
    say: (message) => {
      call(JSON.stringify(message));
    },
    ask: (message) =>
      new Promise((resolve, reject) => {
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        call(JSON.stringify({ ...message, id }));
      }),
    unknown: (name) => {
      wire.say({ type: 'problem', text: `The stand-in does not know ${name} (in the preload script).` });
      throw new Error(`The stand-in does not know ${name}.`);
    },
  };
  const state: PageState = { wire, listeners: new Map(), paths: new Map() };
  const receive = (text: string): void => {
    const message = JSON.parse(text) as DoorMessage;
    if (message.type === 'reply') {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) waiter?.resolve(decodeClone(message.value));
      else waiter?.reject(new Error(message.message));
    } else if (message.type === 'event') {
      const event = { sender: {}, ports: [], preventDefault: () => undefined };
      for (const listener of [...(state.listeners.get(message.channel) ?? [])]) {
        listener(event, ...(decodeClone(message.args) as unknown[]));
      }
    } else if (message.type === 'visibility') {
      Object.defineProperty(document, 'visibilityState', {
        configurable: true,
        get: () => (message.hidden ? 'hidden' : 'visible'),
      });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => message.hidden });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    } else for (const [key, path] of message.entries) state.paths.set(key, path);
  };
  Object.defineProperty(globalThis, door, { value: receive, enumerable: false });
  return state;
}

export function makeIpcRenderer({ wire, listeners }: PageState): object {
  type Listener = (event: object, ...args: unknown[]) => void;
  const remove = (channel: string, listener: Listener): void => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((known) => known !== listener),
    );
  };
  const ipcRenderer = {
    // async: what cannot be cloned rejects, as in Electron, and does not throw.
    invoke: async (channel: string, ...args: unknown[]) =>
      wire.ask({ type: 'invoke', channel, args: encodeClone(args) }),
    send: (channel: string, ...args: unknown[]) => {
      wire.say({ type: 'send', channel, args: encodeClone(args) });
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return proxy;
    },
    once: (channel: string, listener: Listener) => {
      const first: Listener = (event, ...args) => {
        remove(channel, first);
        listener(event, ...args);
      };
      return ipcRenderer.on(channel, first);
    },
    off: (channel: string, listener: Listener) => {
      remove(channel, listener);
      return proxy;
    },
    removeListener: (channel: string, listener: Listener) => ipcRenderer.off(channel, listener),
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return proxy;
    },
  };
  const proxy: object = guardInPage('ipcRenderer', ipcRenderer, wire.unknown);
  return proxy;
}

/** Copies as Electron's context bridge does: functions become proxies, objects lose their prototypes and are frozen. */
export function bridgeValue(value: unknown): unknown {
  if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
  if (typeof value === 'function') {
    const inner = value as (...args: unknown[]) => unknown;
    return (...args: unknown[]): unknown => bridgeValue(inner(...args.map(bridgeValue)));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Promise) {
    return value.then(bridgeValue, (problem: unknown) => {
      throw problem instanceof Error ? new Error(problem.message) : bridgeValue(problem);
    });
  }
  if (value instanceof Error) return new Error(value.message);
  if (value instanceof Blob || value instanceof Element) return value;
  try {
    return structuredClone(value);
  } catch (problem) {
    // The engine names what it could not clone. A plain object it could not clone is a proxy, which Electron refuses.
    const message = String(problem);
    if (/(#<Object>|\[object Array\]|\[object Object\]) could not be cloned/.test(message)) throw problem;
  }
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [key, part] of Object.entries(value)) Reflect.set(copy, key, bridgeValue(part));
  return Object.freeze(copy);
}

export function makeElectron(state: PageState): object {
  const { wire, paths } = state;
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => {
      if (name in globalThis) throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(globalThis, name, { value: bridgeValue(api), enumerable: true });
    },
  };
  const webUtils = {
    getPathForFile: (file: unknown) => {
      if (!(file instanceof File)) throw new TypeError('Unexpected object type. Expected a File.');
      return paths.get(`${file.name}|${String(file.size)}|${String(file.lastModified)}`) ?? '';
    },
  };
  return guardInPage(
    'electron',
    {
      contextBridge: guardInPage('contextBridge', contextBridge, wire.unknown),
      ipcRenderer: makeIpcRenderer(state),
      webUtils: guardInPage('webUtils', webUtils, wire.unknown),
    },
    wire.unknown,
  );
}

/** Windows and permissions are the app's to give: the page's own ways to them ask it first. */
export function guardPage({ wire }: PageState): void {
  window.open = (url?: string | URL, _target?: string, features?: string) => {
    wire.say({
      type: 'open',
      url: new URL(String(url ?? 'about:blank'), location.href).href,
      features: features ?? '',
    });
    return null;
  };
  const may = async (permission: string): Promise<boolean> =>
    (await wire.ask({ type: 'permission', permission })) === true;
  if ('Notification' in globalThis) {
    Notification.requestPermission = async () => ((await may('notifications')) ? 'granted' : 'denied');
  }
  const denied = (): DOMException => new DOMException('Permission denied', 'NotAllowedError');
  const media =
    Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaDevices') === undefined ? null : navigator.mediaDevices;
  if (media !== null) {
    const ask = media.getUserMedia.bind(media);
    media.getUserMedia = async (constraints) => {
      if (!(await may('media'))) throw denied();
      return ask(constraints);
    };
  }
  const position = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
  navigator.geolocation.getCurrentPosition = (success, failure, options) => {
    void may('geolocation').then((allowed) => {
      if (allowed) position(success, failure, options);
      else
        failure?.({ code: 1, message: 'Permission denied', PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 });
    });
  };
}

/** Runs one preload script as a sandboxed one: CommonJS, with a `require` that knows Electron and nothing else. */
export function runPreload(
  state: PageState,
  electron: object,
  versions: Readonly<Record<string, string>>,
  script: (exports: object, require: (name: string) => unknown, module: object, process: object) => void,
): void {
  const before = new Set(Object.getOwnPropertyNames(globalThis));
  const exposed = (name: string): boolean => Object.getOwnPropertyDescriptor(globalThis, name)?.writable === false;
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = {
    type: 'renderer',
    platform: 'linux',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    env: {},
    versions,
  };
  const module = { exports: {} };
  try {
    script(module.exports, require, module, guardInPage('process', process, state.wire.unknown));
  } catch (problem) {
    state.wire.say({
      type: 'preload-error',
      text: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem),
    });
  }
  const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !exposed(name));
  if (left.length > 0) {
    state.wire.say({
      type: 'problem',
      text: `The preload script left ${left.join(', ')} in the page's world; Electron would not show it.`,
    });
  }
}
