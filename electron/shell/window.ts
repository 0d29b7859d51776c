import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Session, WebContents } from 'electron';
import type { EventName, Events } from '../contract/events.ts';
import { tellPage } from './ipc.ts';
import { UI_ORIGIN } from './security.ts';
import type { Bounds, WindowBounds } from './window-bounds.ts';

/** A window that stayed hidden this long gives its memory back; the next click makes a new one. */
const KEEP_HIDDEN_MS = 5 * 60 * 1_000;
/** A page that crashes twice within this time is not brought back by itself. */
const CRASH_PAUSE_MS = 60_000;
const SMALLEST = { width: 640, height: 480 };
const USUAL = { width: 960, height: 640 };

export interface LauncherOptions {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  /** Where the page is served from while developing; the built page otherwise. */
  readonly pageUrl: string | null;
  readonly bounds: WindowBounds;
}

/** The one launcher window: made on first need, hidden when closed, gone after a while. */
export class LauncherWindow {
  readonly #options: LauncherOptions;
  #window: BrowserWindow | null = null;
  #forget: NodeJS.Timeout | null = null;
  #closing = false;
  #crashedAt = 0;
  #blurredAt: number | null = null;
  #zoom = 1;
  #onClosing: () => 'hide' | 'stay' = () => 'hide';

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  owns(contents: WebContents): boolean {
    return this.#window !== null && !this.#window.isDestroyed() && this.#window.webContents === contents;
  }

  isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** The window, for dialogs that belong to it; null while there is none on screen. */
  get visible(): BrowserWindow | null {
    return this.#window?.isVisible() === true ? this.#window : null;
  }

  /** What a click on the tray icon depends on (tray-click.ts). */
  get facts(): { readonly isVisible: boolean; readonly isFocused: boolean; readonly blurredAt: number | null } {
    return { isVisible: this.visible !== null, isFocused: this.isFocused(), blurredAt: this.#blurredAt };
  }

  /** Brings the window up; only ever after the user asked for it, so taking the focus is theirs (platform F7). */
  show(): void {
    if (this.#forget !== null) clearTimeout(this.#forget);
    const window = this.#window ?? this.#make();
    if (window.isMinimized()) window.restore();
    // A new page shows itself once it is there.
    if (!window.webContents.isLoading()) {
      window.show();
      window.focus();
    }
  }

  /** Takes the window off the screen; its page lives on for a while. */
  hide(): void {
    const window = this.#window;
    if (window === null) return;
    this.#options.bounds.write(window.getNormalBounds());
    window.hide();
    if (this.#forget !== null) clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      if (!window.isDestroyed() && !window.isVisible()) window.destroy();
    }, KEEP_HIDDEN_MS);
    this.#forget.unref();
  }

  tell<Name extends EventName>(name: Name, payload: Events[Name]): void {
    if (this.#window !== null) tellPage(this.#window.webContents, name, payload);
  }

  /** The size of everything in the window, now and in every later one. */
  zoom(factor: number): void {
    this.#zoom = factor;
    this.#window?.webContents.setZoomFactor(factor);
  }

  /** Told when the user closes the window; answers what becomes of it. */
  onClosing(listener: () => 'hide' | 'stay'): void {
    this.#onClosing = listener;
  }

  /** From now on closing means closing. */
  letClose(): void {
    this.#closing = true;
  }

  #make(): BrowserWindow {
    const window = new BrowserWindow({
      ...onScreen(this.#options.bounds.read() ?? USUAL),
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      show: false,
      title: 'OmniTray',
      icon: this.#options.icon,
      autoHideMenuBar: true,
      // The page's ground in both themes, so that nothing flashes before the first paint.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#17171a' : '#f5f5f6',
      webPreferences: {
        preload: this.#options.preload,
        session: this.#options.session,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    this.#window = window;
    // Not 'ready-to-show': on Wayland it comes only once a window is up (electron/electron#48859), so none ever would.
    window.webContents.once('did-finish-load', () => {
      window.webContents.setZoomFactor(this.#zoom);
      window.show();
      window.focus();
    });
    window.on('close', (event) => this.#hideInstead(event, window));
    window.on('blur', () => (this.#blurredAt = performance.now()));
    window.webContents.on('render-process-gone', () => this.#replace(window));
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    void window.loadURL(this.#options.pageUrl ?? `${UI_ORIGIN}/index.html`);
    return window;
  }

  /** A page that crashed: the program goes on, and the user gets a new one, unless it crashes again at once. */
  #replace(crashed: BrowserWindow): void {
    const wasVisible = crashed.isVisible();
    crashed.destroy();
    if (this.#closing) return;
    const now = Date.now();
    if (wasVisible && now - this.#crashedAt > CRASH_PAUSE_MS) this.show();
    this.#crashedAt = now;
  }

  #hideInstead(event: Electron.Event, window: BrowserWindow): void {
    if (this.#closing) {
      this.#options.bounds.write(window.getNormalBounds());
      return;
    }
    event.preventDefault();
    if (this.#onClosing() === 'hide') this.hide();
  }
}

/** Bounds that lie on a screen that is there now; a monitor may have gone since. */
function onScreen({ x, y, width, height }: Bounds): Partial<Electron.Rectangle> {
  if (x === undefined || y === undefined) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const fits =
    x < workArea.x + workArea.width && x + width > workArea.x && y >= workArea.y && y < workArea.y + workArea.height;
  return fits
    ? { x, y, width, height }
    : { width: Math.min(width, workArea.width), height: Math.min(height, workArea.height) };
}
