import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { app } from './app.ts';
import { mayBreak } from './breaks.ts';
import { guard, guarded, KnownEvents, makeEvent } from './guard.ts';
import { inBackground, refuse, spec } from './link.ts';

// ---- shell

const shownItems: string[] = [];
const openedPaths: string[] = [];
const openedExternal: string[] = [];

export const shell = guard('shell', {
  showItemInFolder: (path: string) => {
    shownItems.push(path);
  },
  openPath: (path: string) => {
    openedPaths.push(path);
    return Promise.resolve(existsSync(path) ? '' : 'Failed to open path');
  },
  openExternal: (url: string) => {
    openedExternal.push(new URL(url).href);
    return Promise.resolve();
  },
  beep: () => undefined,
} satisfies Pick<Electron.Shell, 'showItemInFolder' | 'openPath' | 'openExternal' | 'beep'>);

// ---- power

class StandInPowerMonitor
  extends KnownEvents
  implements
    Pick<Electron.PowerMonitor, 'getSystemIdleTime' | 'getSystemIdleState' | 'isOnBatteryPower' | 'onBatteryPower'>
{
  // 'lock-screen', 'on-battery' and the like do not exist on Linux (platform N1); an app may listen all the same.
  protected readonly known = [
    ...[
      'suspend',
      'resume',
      'shutdown',
      'lock-screen',
      'unlock-screen',
      'on-ac',
      'on-battery',
      'user-did-become-active',
    ],
    ...['user-did-resign-active', 'thermal-state-change', 'speed-limit-change'],
  ];
  readonly onBatteryPower = false;

  override on(event: string, listener: (...args: unknown[]) => void): this {
    mayBreak('power');
    return super.on(event, listener);
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}

export const powerMonitor = guard('powerMonitor', new StandInPowerMonitor());

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = guard('powerSaveBlocker', {
  start: () => {
    blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
} satisfies Electron.PowerSaveBlocker);

// ---- theme

let systemIsDark = false;

class StandInNativeTheme
  extends KnownEvents
  implements
    Pick<
      Electron.NativeTheme,
      'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'inForcedColorsMode'
    >
{
  protected readonly known = ['updated'];
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    if (!['system', 'light', 'dark'].includes(source)) refuse(`themeSource cannot be '${source}'`);
    this.#source = source;
    this.standInUpdate();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? systemIsDark : this.#source === 'dark';
  }

  standInUpdate(): void {
    inBackground(spec.setColorScheme(this.shouldUseDarkColors ? 'dark' : 'light'));
    this.emit('updated');
  }
}

const rawTheme = new StandInNativeTheme();

export const nativeTheme = guard('nativeTheme', rawTheme);

// ---- shortcuts

const shortcuts = new Map<string, () => void>();

export const globalShortcut = guard('globalShortcut', {
  register: (accelerator: string, callback: () => void) => {
    if (!app.isReady()) refuse('globalShortcut cannot be used before the app is ready');
    mayBreak('shortcut');
    if (shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: string) => {
    shortcuts.delete(accelerator);
  },
  unregisterAll: () => {
    shortcuts.clear();
  },
  isRegistered: (accelerator: string) => shortcuts.has(accelerator),
} satisfies Pick<Electron.GlobalShortcut, 'register' | 'unregister' | 'unregisterAll' | 'isRegistered'>);

// ---- screen

const AREA: Electron.Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

const display = {
  id: 1,
  bounds: AREA,
  workArea: AREA,
  size: AREA,
  workAreaSize: AREA,
  scaleFactor: 1,
  rotation: 0,
  internal: false,
};

class StandInScreen extends KnownEvents implements Pick<Electron.Screen, 'getCursorScreenPoint'> {
  protected readonly known = ['display-added', 'display-removed', 'display-metrics-changed'];

  #display(): object {
    if (!app.isReady()) refuse("The 'screen' module can't be used before the app 'ready' event");
    return guarded(display);
  }

  getPrimaryDisplay(): object {
    return this.#display();
  }

  getAllDisplays(): object[] {
    return [this.#display()];
  }

  getDisplayMatching(): object {
    return this.#display();
  }

  getDisplayNearestPoint(): object {
    return this.#display();
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

guard('Display', display);

export const screen = guard('screen', new StandInScreen());

// ---- net

/** Files as Electron's net gives them: whole, whatever Range was asked for (platform N5). */
async function fetchFile(url: string): Promise<Response> {
  return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
}

export const net = guard('net', {
  fetch: (input: string | Request, init?: RequestInit) => {
    if (!app.isReady()) refuse('net can only be used after app is ready');
    const url = typeof input === 'string' ? input : input.url;
    if (url.startsWith('file:')) return fetchFile(url);
    return /^https?:/.test(url) ? fetch(input, init) : refuse(`The stand-in's net does not fetch ${url}.`);
  },
  isOnline: () => true,
  online: true,
} satisfies Pick<Electron.Net, 'isOnline' | 'online'> & { fetch: unknown });

export const desktopControl = {
  shownItems: (): readonly string[] => [...shownItems],
  openedPaths: (): readonly string[] => [...openedPaths],
  openedExternal: (): readonly string[] => [...openedExternal],
  suspend: () => {
    powerMonitor.emit('suspend', makeEvent({}));
  },
  resume: () => {
    powerMonitor.emit('resume', makeEvent({}));
  },
  setSystemDark: (dark: boolean) => {
    systemIsDark = dark;
    rawTheme.standInUpdate();
  },
  shortcuts: (): readonly string[] => [...shortcuts.keys()],
  pressShortcut: (accelerator: string) => {
    const press = shortcuts.get(accelerator) ?? refuse(`The app did not register ${accelerator}.`);
    press();
  },
  emitOpenFile: (path: string) => {
    app.emit('open-file', makeEvent({}), path);
  },
  emitActivate: () => {
    app.emit('activate', makeEvent({}), true);
  },
  quit: () => {
    // After the answer is on its way: quitting ends this process.
    setImmediate(() => {
      app.quit();
    });
  },
};
