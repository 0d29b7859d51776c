import { ignored, KnownEvents } from './guard.ts';

type Options = Pick<
  Electron.BrowserWindowConstructorOptions,
  'x' | 'y' | 'width' | 'height' | 'title' | 'alwaysOnTop' | 'resizable'
>;

/** What a window looks like: size, place, title and marks, as the app set them. */
export abstract class WindowLook
  extends KnownEvents
  implements
    Pick<Electron.BrowserWindow, 'getBounds' | 'setBounds' | 'getNormalBounds' | 'getSize' | 'setSize' | 'getPosition'>,
    Pick<Electron.BrowserWindow, 'setPosition' | 'center' | 'setMinimumSize' | 'getMinimumSize' | 'getContentSize'>,
    Pick<
      Electron.BrowserWindow,
      'getTitle' | 'setTitle' | 'setBackgroundColor' | 'getBackgroundColor' | 'setSkipTaskbar'
    >,
    Pick<Electron.BrowserWindow, 'setProgressBar' | 'flashFrame' | 'setAlwaysOnTop' | 'isAlwaysOnTop' | 'moveTop'>,
    Pick<Electron.BrowserWindow, 'setMenuBarVisibility' | 'setAutoHideMenuBar' | 'removeMenu' | 'setMenu' | 'setIcon'>,
    Pick<
      Electron.BrowserWindow,
      'maximize' | 'unmaximize' | 'isMaximized' | 'isFullScreen' | 'setVisibleOnAllWorkspaces'
    >
{
  protected readonly known = [
    ...['close', 'closed', 'show', 'hide', 'focus', 'blur', 'ready-to-show', 'resize', 'resized', 'will-resize'],
    ...['move', 'moved', 'will-move', 'maximize', 'unmaximize', 'minimize', 'restore', 'page-title-updated'],
    ...['unresponsive', 'responsive', 'session-end', 'query-session-end', 'enter-full-screen', 'leave-full-screen'],
    ...['always-on-top-changed', 'system-context-menu', 'app-command'],
  ];
  standInProgress = -1;
  #bounds: Electron.Rectangle;
  #minimum = [0, 0];
  #title: string;
  #background = '#FFFFFF';
  #onTop: boolean;
  #maximized = false;

  constructor(options: Options) {
    super();
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.#title = options.title ?? 'Electron';
    this.#onTop = options.alwaysOnTop ?? false;
  }

  /** The page takes its window's size. */
  protected abstract resized(width: number, height: number): void;

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { width, height } = this.#bounds;
    if (width !== before.width || height !== before.height) {
      this.resized(width, height);
      this.emit('resize');
      this.emit('resized');
    }
    if (this.#bounds.x !== before.x || this.#bounds.y !== before.y) {
      this.emit('move');
      this.emit('moved');
    }
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    this.setPosition(0, 0);
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
  }

  getMinimumSize(): number[] {
    return [...this.#minimum];
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  setBackgroundColor(color: string): void {
    this.#background = color;
  }

  getBackgroundColor(): string {
    return this.#background;
  }

  setProgressBar(progress: number): void {
    this.standInProgress = progress;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#onTop = flag;
  }

  isAlwaysOnTop(): boolean {
    return this.#onTop;
  }

  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isFullScreen(): boolean {
    return false;
  }

  // Nothing of these can be seen in a page.
  readonly setSkipTaskbar = ignored;
  readonly flashFrame = ignored;
  readonly moveTop = ignored;
  readonly setMenuBarVisibility = ignored;
  readonly setAutoHideMenuBar = ignored;
  readonly removeMenu = ignored;
  readonly setMenu = ignored;
  readonly setIcon = ignored;
  readonly setVisibleOnAllWorkspaces = ignored;
}
