import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppPaths, CommandLine, type PathName } from './app-facts.ts';
import { guard, ignored, KnownEvents, makeEvent } from './guard.ts';
import { refuse } from './link.ts';
import { whenQuitChosen } from './menu.ts';
import { SingleInstance } from './single-instance.ts';

interface Package {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

/** What app.quit has to close, told by the part that makes windows. */
interface Windows {
  /** False when a window refused to close. */
  closeAll(): boolean;
  destroyAll(): void;
}

class StandInApp
  extends KnownEvents
  implements
    Pick<Electron.App, 'whenReady' | 'isReady' | 'quit' | 'exit' | 'relaunch' | 'focus' | 'hide' | 'show' | 'isHidden'>,
    Pick<
      Electron.App,
      'getPath' | 'setPath' | 'getAppPath' | 'setAppLogsPath' | 'getName' | 'setName' | 'getVersion' | 'name'
    >,
    Pick<Electron.App, 'getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages' | 'getLocaleCountryCode'>,
    Pick<Electron.App, 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock'>,
    Pick<
      Electron.App,
      'setAppUserModelId' | 'setToastActivatorCLSID' | 'setDesktopName' | 'setBadgeCount' | 'getBadgeCount'
    >,
    Pick<
      Electron.App,
      'setLoginItemSettings' | 'enableSandbox' | 'disableHardwareAcceleration' | 'isPackaged' | 'dock'
    >,
    Pick<Electron.App, 'setAsDefaultProtocolClient' | 'addRecentDocument' | 'clearRecentDocuments'>
{
  protected readonly known = [
    ...[
      'will-finish-launching',
      'ready',
      'window-all-closed',
      'before-quit',
      'will-quit',
      'quit',
      'open-file',
      'open-url',
    ],
    ...['activate', 'second-instance', 'browser-window-created', 'browser-window-focus', 'browser-window-blur'],
    ...['web-contents-created', 'session-created', 'render-process-gone', 'child-process-gone', 'certificate-error'],
    ...['select-client-certificate', 'login', 'gpu-info-update', 'accessibility-support-changed', 'continue-activity'],
    ...['did-become-active', 'did-resign-active'],
  ];
  readonly isPackaged = false;
  readonly dock = undefined;
  readonly commandLine = guard('app.commandLine', new CommandLine());
  name = 'Electron';
  #version = '0.0.0';
  #folder = '';
  #badge = 0;
  #ready = false;
  #quitting = false;
  readonly #paths = new AppPaths();
  #instance: SingleInstance | null = null;
  #windows: Windows = { closeAll: () => true, destroyAll: () => undefined };
  readonly #whenReady = Promise.withResolvers<undefined>();

  // ---- its life

  async whenReady(): Promise<void> {
    await this.#whenReady.promise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  quit(): void {
    const before = makeEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    if (!this.#windows.closeAll()) {
      this.#quitting = false;
      return;
    }
    const will = makeEvent({});
    this.emit('will-quit', will);
    this.#quitting = false;
    if (!will.defaultPrevented) this.#end(0);
  }

  exit(code = 0): void {
    this.#windows.destroyAll();
    this.#end(code);
  }

  #end(code: number): void {
    this.emit('quit', makeEvent({}), code);
    this.#instance?.release();
    process.exit(code);
  }

  relaunch(): void {
    refuse('The stand-in cannot relaunch the app.');
  }

  focus(): void {
    // A desktop would raise the app; windows tell their own focus.
  }

  hide(): void {
    refuse('app.hide is macOS only.');
  }

  show(): void {
    refuse('app.show is macOS only.');
  }

  isHidden(): boolean {
    return false;
  }

  // ---- who it is and where

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.#version;
  }

  getAppPath(): string {
    return this.#folder;
  }

  getPath(name: PathName): string {
    return this.#paths.get(name, this.name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.#paths.set('logs', path);
    mkdirSync(this.getPath('logs'), { recursive: true });
  }

  getLocale(): string {
    return 'en-US';
  }

  getSystemLocale(): string {
    return 'en-US';
  }

  getLocaleCountryCode(): string {
    return 'US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  // ---- one instance

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const instance = new SingleInstance(folder);
    if (!instance.take()) {
      instance.tellFirst({ argv: process.argv, workingDirectory: process.cwd(), additionalData });
      return false;
    }
    this.#instance = instance;
    void this.#whenReady.promise.then(() => {
      instance.listen(({ argv, workingDirectory, additionalData: data }) => {
        this.emit('second-instance', makeEvent({}), [...argv], workingDirectory, data);
      });
    });
    return true;
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance !== null;
  }

  releaseSingleInstanceLock(): void {
    this.#instance?.release();
    this.#instance = null;
  }

  // ---- the desktop: taken, and without effect on Linux

  readonly setAppUserModelId = ignored;
  readonly setToastActivatorCLSID = ignored;
  readonly setDesktopName = ignored;
  readonly setLoginItemSettings = ignored;
  disableHardwareAcceleration(): void {
    this.#beforeReady('app.disableHardwareAcceleration()');
  }

  enableSandbox(): void {
    this.#beforeReady('app.enableSandbox()');
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return false;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  setAsDefaultProtocolClient(): boolean {
    return false;
  }

  readonly addRecentDocument = ignored;
  readonly clearRecentDocuments = ignored;

  #beforeReady(what: string): void {
    if (this.#ready) refuse(`${what} can only be called before app is ready`);
  }

  // ---- for the other parts of the stand-in

  standInLoad(folder: string): { readonly main: string } {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { name, productName, version, main } = JSON.parse(text) as Package & { readonly main?: string };
    this.name = productName ?? name ?? this.name;
    this.#version = version ?? this.#version;
    this.#folder = folder;
    return { main: join(folder, main ?? 'index.js') };
  }

  standInWindows(windows: Windows): void {
    this.#windows = windows;
  }

  standInReady(): void {
    this.emit('will-finish-launching');
    this.#ready = true;
    const clicked = process.env.OMNITRAY_HOST_CLICKED;
    // Electron's NotificationResponse.
    const response = { actionIdentifier: 'default', date: 0, identifier: clicked, userInfo: {} };
    this.emit('ready', makeEvent({}), clicked === undefined ? {} : response);
    this.#whenReady.resolve(undefined);
  }

  /** The last window is gone. Without a listener Electron quits. */
  standInAllClosed(): void {
    if (this.#quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }
}

const rawApp = new StandInApp();

export const app = guard('app', rawApp);

whenQuitChosen(() => {
  app.quit();
});
