/**
 * What a spec can see of the desktop and do to it. Both hosts answer to it: the stand-in by recorder code of its own
 * (stand-in/recorder.ts), real Electron by a script put in front of the app (electron-hook.cjs). It is found as
 * `globalThis.__omnitrayHost` in the app's process.
 */

export interface MenuRecord {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly submenu: readonly MenuRecord[] | null;
}

export interface TrayRecord {
  readonly tooltip: string;
  /** The picture's file name, null when it did not come from a file. */
  readonly image: string | null;
  /** As it was when the app last called setContextMenu: Linux shows later changes only then. */
  readonly menu: readonly MenuRecord[];
}

export interface NotificationRecord {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly closed: boolean;
}

export interface DialogRecord {
  readonly kind: 'open' | 'save' | 'message' | 'error';
  /** As JSON text: titles, buttons, filters, default paths. */
  readonly options: string;
}

export interface WindowRecord {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly minimized: boolean;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Flash, progress and always-on-top, as last set. */
  readonly progress: number;
  readonly alwaysOnTop: boolean;
  /** 1 is the usual size of what the page shows. */
  readonly zoom: number;
  /** What the window was made with. Empty on real Electron, which does not tell. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

export interface TrafficRecord {
  readonly direction: 'to-main' | 'to-page';
  readonly channel: string;
  /** What was sent, as JSON text with bytes read as letters. */
  readonly text: string;
}

/** Positions count from 0, in the order of making. Asking for what is not there throws and says so. */
export interface HostControl {
  trays(): readonly TrayRecord[];
  trayMenu(): readonly MenuRecord[];
  trayTooltip(): string;
  clickTray(): void;
  /** `label` or `label > label` for a submenu. A disabled or hidden item throws. */
  clickTrayItem(label: string): void;
  /** macOS's drop on the tray icon. */
  emitTrayDropFiles(paths: readonly string[]): void;

  notifications(): readonly NotificationRecord[];
  clickNotification(position: number): void;
  closeNotification(position: number): void;

  /** null: the person changes their mind. */
  answerNextOpenDialog(paths: readonly string[] | null): void;
  answerNextSaveDialog(path: string | null): void;
  answerNextMessageBox(button: number): void;
  dialogs(): readonly DialogRecord[];

  shownItems(): readonly string[];
  openedPaths(): readonly string[];
  openedExternal(): readonly string[];
  readClipboard(): Promise<string>;
  /** MIME types of what is on the clipboard. */
  clipboardTypes(): Promise<readonly string[]>;
  writeClipboard(text: string): Promise<void>;
  /** Files copied in a file manager. */
  writeClipboardFiles(paths: readonly string[]): Promise<void>;
  writeClipboardImage(png: Uint8Array): Promise<void>;

  emitOpenFile(path: string): void;
  emitActivate(): void;
  suspend(): void;
  resume(): void;
  setSystemDark(dark: boolean): void;

  windows(): readonly WindowRecord[];
  /** As the person's click on the window's close button. */
  closeWindow(position: number): void;
  focusWindow(position: number): void;
  blurWindow(position: number): void;

  ipcTraffic(): readonly TrafficRecord[];
  shortcuts(): readonly string[];
  pressShortcut(accelerator: string): void;
  startedDrags(): readonly (readonly string[])[];
  /** What the app's permission handlers say to a page that asks. */
  askPermission(permission: string): Promise<boolean>;
  /** Collects garbage, so that a tray icon or notification that nobody keeps is gone now and not some day. */
  collectGarbage(): Promise<void>;
  /** A variable of the app's environment, '' when it has none. */
  environment(name: string): string;
  processId(): number;
  quit(): void;
}

/** Names of files as the page sees them and where they are; told before a drop. Only the stand-in needs it. */
export interface StandInControl extends HostControl {
  tellFiles(entries: readonly (readonly [key: string, path: string])[]): Promise<void>;
}

/** The same from another process. */
export type Remote<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Awaited<Answer>>
    : never;
};

export type Control = Remote<HostControl>;

/** A recorder whose methods are called somewhere else. */
export function remoteControl<T extends HostControl>(
  call: (method: string, args: readonly unknown[]) => Promise<unknown>,
): Remote<T> {
  return new Proxy({} as Remote<T>, {
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: readonly unknown[]) => call(method, args) : undefined,
  });
}
