import type { WindowRecord } from '../recorder.ts';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { guardClass, guarded, makeEvent } from './guard.ts';
import { inBackground, refuse, spec } from './link.ts';
import { session as sessions, type StandInSession } from './session.ts';
import { StandInWebContents } from './web-contents.ts';
import { WindowLook } from './window-look.ts';

type Options = Omit<Electron.BrowserWindowConstructorOptions, 'webPreferences'> & {
  readonly webPreferences?: Omit<Electron.WebPreferences, 'session'> & { readonly session?: StandInSession };
};

const windows = new Map<number, StandInBrowserWindow>();
let lastId = 0;

/** A window: a page in Chromium, and the rest of a window as numbers. Each is on top of the other, none is drawn. */
class StandInBrowserWindow
  extends WindowLook
  implements
    Pick<
      Electron.BrowserWindow,
      'id' | 'loadURL' | 'loadFile' | 'show' | 'showInactive' | 'hide' | 'close' | 'destroy'
    >,
    Pick<Electron.BrowserWindow, 'isDestroyed' | 'isVisible' | 'isFocused' | 'focus' | 'blur' | 'reload'>,
    Pick<Electron.BrowserWindow, 'minimize' | 'restore' | 'isMinimized'>
{
  readonly id = ++lastId;
  readonly #options: Options;
  readonly #contents: StandInWebContents;
  #destroyed = false;
  #visible: boolean;
  #focused = false;
  #minimized = false;
  #wasReady = false;

  constructor(options: Options = {}) {
    if (!app.isReady()) refuse('Cannot create BrowserWindow before app is ready');
    super(options);
    this.#options = options;
    this.#visible = options.show ?? true;
    const preferences = options.webPreferences ?? {};
    if (preferences.nodeIntegration === true || preferences.contextIsolation === false) {
      refuse('The stand-in has no pages with Node and none without isolation.');
    }
    const { partition } = preferences;
    const own =
      preferences.session ?? (partition === undefined ? sessions.defaultSession : sessions.fromPartition(partition));
    const { width, height } = this.getBounds();
    this.#contents = new StandInWebContents(this.id, own, preferences.preload, { width, height });
    windows.set(this.id, this);
    this.#contents.on('did-finish-load', () => this.#becameReady());
    // Electron tells of a window when its constructor is through.
    queueMicrotask(() => {
      app.emit('web-contents-created', makeEvent({}), guarded(this.#contents));
      app.emit('browser-window-created', makeEvent({}), guarded(this));
    });
    if (this.#visible) this.#setFocus(true);
  }

  get webContents(): StandInWebContents {
    return guarded(this.#contents);
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }

  loadFile(path: string): Promise<void> {
    return this.#contents.loadURL(pathToFileURL(path).href);
  }

  reload(): void {
    this.#contents.reload();
  }

  // ---- seen and focused

  show(): void {
    this.showInactive();
    this.#setFocus(true);
  }

  showInactive(): void {
    if (this.#visible && !this.#minimized) return;
    this.#visible = true;
    this.#minimized = false;
    void this.#contents.standInTell({ type: 'visibility', hidden: false });
    this.emit('show');
  }

  hide(): void {
    if (!this.#visible) return;
    this.#setFocus(false);
    this.#visible = false;
    void this.#contents.standInTell({ type: 'visibility', hidden: true });
    this.emit('hide');
  }

  minimize(): void {
    this.#setFocus(false);
    this.#minimized = true;
    void this.#contents.standInTell({ type: 'visibility', hidden: true });
    this.emit('minimize');
  }

  restore(): void {
    if (!this.#minimized) return;
    this.showInactive();
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  focus(): void {
    if (this.#visible && !this.#minimized) this.#setFocus(true);
  }

  blur(): void {
    this.#setFocus(false);
  }

  #setFocus(focused: boolean): void {
    if (this.#focused === focused) return;
    if (focused) for (const other of windows.values()) if (other !== this) other.#setFocus(false);
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur');
    app.emit(focused ? 'browser-window-focus' : 'browser-window-blur', makeEvent({}), guarded(this));
  }

  #becameReady(): void {
    if (this.#wasReady) return;
    this.#wasReady = true;
    this.emit('ready-to-show');
  }

  // ---- its end

  close(): void {
    const event = makeEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    this.#contents.standInDestroy();
    this.emit('closed');
    if (windows.size === 0) app.standInAllClosed();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  // ---- for the other parts of the stand-in

  protected override resized(width: number, height: number): void {
    inBackground(spec.resize(this.id, width, height));
  }

  get standInContents(): StandInWebContents {
    return this.#contents;
  }

  standInRecord(): WindowRecord {
    return {
      id: this.id,
      title: this.getTitle(),
      url: this.#contents.getURL(),
      visible: this.#visible && !this.#minimized,
      focused: this.#focused,
      minimized: this.#minimized,
      bounds: this.getBounds(),
      progress: this.standInProgress,
      alwaysOnTop: this.isAlwaysOnTop(),
      zoom: this.#contents.getZoomFactor(),
      options: plainFacts(this.#options),
      webPreferences: plainFacts(this.#options.webPreferences ?? {}),
    };
  }

  static getAllWindows(): StandInBrowserWindow[] {
    return [...windows.values()].map(guarded);
  }

  static getFocusedWindow(): StandInBrowserWindow | null {
    return [...windows.values()].find((window) => window.#focused) ?? null;
  }

  static fromId(id: number): StandInBrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(contents: StandInWebContents): StandInBrowserWindow | null {
    return windows.get(contents.id) ?? null;
  }
}

/** What of the options can be told to another process. */
function plainFacts(options: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'object'));
}

export const BrowserWindow = guardClass('BrowserWindow', StandInBrowserWindow, (window) => !window.isDestroyed());

app.standInWindows({
  closeAll: () => {
    for (const window of [...windows.values()]) window.close();
    return windows.size === 0;
  },
  destroyAll: () => {
    for (const window of [...windows.values()]) window.destroy();
  },
});

function windowAt(position: number): StandInBrowserWindow {
  const window = [...windows.values()][position];
  return window ?? refuse(`There is no window ${String(position)}; there are ${String(windows.size)}.`);
}

export const windowControl = {
  windows: (): readonly WindowRecord[] => [...windows.values()].map((window) => window.standInRecord()),
  closeWindow: (position: number) => {
    windowAt(position).close();
  },
  focusWindow: (position: number) => {
    windowAt(position).focus();
  },
  blurWindow: (position: number) => {
    windowAt(position).blur();
  },
  askPermission: (permission: string) => {
    const { standInContents: contents } = windowAt(0);
    return contents.session.standInAsk(guarded(contents), permission, contents.getURL());
  },
  tellFiles: async (entries: readonly (readonly [key: string, path: string])[]) => {
    for (const window of windows.values()) await window.standInContents.standInTell({ type: 'files', entries });
  },
};
