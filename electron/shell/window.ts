import { BrowserWindow, nativeTheme, screen, type Session, type WebContents } from 'electron';
import { EVENT_CHANNEL } from '../contract/channels.ts';
import type { EventName, Events } from '../contract/events.ts';
import { UI_ORIGIN } from './security.ts';
import type { Bounds, WindowBounds } from './window-bounds.ts';

/** A window is destroyed after it was hidden for so long, to free its memory. */
const KEEP_HIDDEN_MS = 5 * 60 * 1_000;
/** A page that crashes twice within this time is not replaced. */
const CRASH_PAUSE_MS = 60_000;
const SMALLEST = { width: 640, height: 480 };
const USUAL = { width: 960, height: 640 };

interface LauncherOptions {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  /** The address of the development server; null: the built page. */
  readonly pageUrl: string | null;
  readonly bounds: WindowBounds;
}

/** The only window: made when it is first needed, hidden when closed, destroyed after a while. */
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

  /** The window, as the parent of dialogs; null while it is not visible. */
  get visible(): BrowserWindow | null {
    return this.#window?.isVisible() === true ? this.#window : null;
  }

  /** The facts that decide what a click on the tray icon does (tray-click.ts). */
  get facts(): { readonly isVisible: boolean; readonly isFocused: boolean; readonly blurredAt: number | null } {
    return { isVisible: this.visible !== null, isFocused: this.isFocused(), blurredAt: this.#blurredAt };
  }

  /** Shows and focuses the window. Called only after an action of the user, so it may take the focus (platform F7). */
  show(): void {
    if (this.#forget !== null) clearTimeout(this.#forget);
    const window = this.#window ?? this.#make();
    if (window.isMinimized()) window.restore();
    // A new page is shown when it has loaded.
    if (!window.webContents.isLoading()) {
      window.show();
      window.focus();
    }
  }

  /** Hides the window. Its page is kept for a while. */
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

  /** Sends an event to the page. Does nothing while there is none. */
  send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const contents = this.#window?.webContents;
    if (contents?.isDestroyed() === false) contents.send(EVENT_CHANNEL, name, payload);
  }

  /** Sets the zoom of this window and of later ones; 1 is 100 %. */
  zoom(factor: number): void {
    this.#zoom = factor;
    this.#window?.webContents.setZoomFactor(factor);
  }

  /** Sets what decides whether the window is hidden when the user closes it. */
  onClosing(listener: () => 'hide' | 'stay'): void {
    this.#onClosing = listener;
  }

  /** From now on a close request closes the window instead of hiding it. */
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
      // The background of the page in both themes, so that nothing flashes before the first paint.
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
    // Not 'ready-to-show': on Wayland it is emitted only after the window is shown (electron/electron#48859).
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

  /** Replaces a page that crashed, unless it crashes again soon. */
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

/** Bounds on a connected screen: the monitor of the stored bounds may have been removed. */
function onScreen({ x, y, width, height }: Bounds): Partial<Electron.Rectangle> {
  if (x === undefined || y === undefined) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const fits =
    x < workArea.x + workArea.width && x + width > workArea.x && y >= workArea.y && y < workArea.y + workArea.height;
  return fits
    ? { x, y, width, height }
    : { width: Math.min(width, workArea.width), height: Math.min(height, workArea.height) };
}
