import { app, nativeTheme } from 'electron';
import type { Session } from 'electron';
import { join } from 'node:path';
import type { Route } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import type { Desktop } from '../core/app/desktop.ts';
import type { About } from '../core/app/handlers.ts';
import { makeHandlers } from '../core/app/handlers.ts';
import type { NotificationTarget } from '../core/app/notification-target.ts';
import { routeOf } from '../core/app/notification-target.ts';
import { NO_WINDOW, stillRunning, TEST_NOTIFICATION } from '../core/app/notifications.ts';
import { servedFile } from '../core/app/served-file.ts';
import type { MenuAction, TrayModel } from '../core/app/tray-model.ts';
import { trayModel } from '../core/app/tray-model.ts';
import type { Logger } from '../core/base/logger.ts';
import { GlobalShortcut } from './global-shortcut.ts';
import { answerCalls } from './ipc.ts';
import { openLoginItem } from './login-item.ts';
import { tellNews } from './news.ts';
import { Notifications } from './notifications.ts';
import { thoseThere } from './os-intake.ts';
import type { OsIntake } from './os-intake.ts';
import { followPower } from './power.ts';
import { serveArtifacts, servePage } from './protocol.ts';
import { isOwnPage } from './security.ts';
import { Quitting } from './quitting.ts';
import type { StartParts } from './start-parts.ts';
import { systemSettings } from './system.ts';
import { TrayClick } from './tray-click.ts';
import { TrayIcon } from './tray.ts';
import { WindowRoute } from './window-route.ts';
import type { LauncherWindow } from './window.ts';

export interface ShellOptions {
  readonly core: Core;
  readonly desktop: Desktop;
  readonly window: LauncherWindow;
  readonly session: Session;
  readonly intake: OsIntake;
  readonly logger: Logger;
  readonly logFile: string;
  readonly owner: string;
  readonly pageFolder: string;
  readonly devOrigin: string | null;
  readonly about: About;
  /** Each part of the start goes through it. */
  readonly parts: StartParts;
  /** This desktop probably shows no tray icon (tray-support.ts). */
  readonly lacksTray: boolean;
}

/** What this start was asked to do beside starting. */
export interface StartWishes {
  /** What the notification was about that started the program by its click. */
  readonly clicked: NotificationTarget | null;
  /** Connect to the practice server at once. */
  readonly practice: boolean;
  /** The system started it at login: nothing comes up by itself. */
  readonly atLogin: boolean;
}

/** Puts the core on the desktop: window, tray, notices, files from outside. */
export class Shell {
  readonly #options: ShellOptions;
  readonly #notifications: Notifications;
  /** null where the icon could not be made. */
  readonly #tray: TrayIcon | null;
  readonly #shortcut: GlobalShortcut;
  readonly #quitting: Quitting;
  readonly #route = new WindowRoute();
  readonly #trayClick = new TrayClick(() => performance.now());
  #trayIsStale = false;

  constructor(options: ShellOptions) {
    this.#options = options;
    const { core, window, logger, parts } = options;
    this.#notifications = new Notifications((target) => this.#open(target), logger);
    this.#tray = parts.run('tray', () => this.#makeTray());
    this.#quitting = new Quitting(core, () => window.visible);
    this.#shortcut = new GlobalShortcut(() => window.show());
    if (parts.run('window', () => this.#serve()) === null) this.#notifications.show(NO_WINDOW);
    tellNews({ core, window, notifications: this.#notifications, refreshTray: () => this.#refreshTray() });
    parts.onChange((failures) => window.tell('start:failures', failures));
    parts.run('power', () => followPower(core.engine));
    parts.run('settings', () => this.#applyAppearance());
    core.settings.onChange(() => this.#applyAppearance());
    window.onClosing(() => this.#onClosing());
    // Where it was: macOS may also tell this for the click on a notice, which has said where to go.
    app.on('activate', () => window.show());
    // The tray keeps the program running; without a listener Electron would quit with the last window.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', () => window.letClose());
    app.on('will-quit', () => core.close());
  }

  /**
   * Everything is wired: go on with the runs, look for the server, and take what came from outside. Each part is on its
   * own, so that one that fails does not keep the others from working. Never rejects.
   */
  async start({ clicked, practice, atLogin }: StartWishes): Promise<void> {
    const { core, intake, parts } = this.#options;
    // First, as nothing of it needs a window: what was under way goes on whatever else fails.
    parts.run('runs', () => core.engine.resume());
    // Before the window, so that it does not open on a question that is about to be answered.
    if (practice) await parts.finish('practice', () => core.connection.practice());
    parts.run('window', () => {
      const isHidden = atLogin && !this.#lacksTray;
      if (practice || (!isHidden && (core.connection.view.profile === null || this.#lacksTray)))
        this.navigate(this.#home());
    });
    parts.run('shortcut', () => {
      if (!this.#shortcut.take(core.settings.read().shortcut)) parts.tell('shortcut');
    });
    parts.run('housekeeping', () => core.housekeeping.start());
    const underWay = [
      parts.finish('draft', () => core.draftPersistence.start()),
      parts.finish('notifications', () => this.#notifications.listen()),
      ...(practice ? [] : [parts.finish('server', () => core.connection.startUp())]),
    ];
    parts.run('files', () => {
      if (clicked !== null) this.#open(clicked);
      intake.deliverTo((files) => void this.#takeArguments(files));
    });
    await Promise.all(underWay);
  }

  /** Ends the program, after a question where runs are under way. */
  quit(): Promise<void> {
    return this.#quitting.quit();
  }

  /** Shows the window at a route. */
  navigate(route: Route): void {
    this.#route.want(route);
    this.#options.window.show();
    this.#options.window.tell('navigate', route);
  }

  /** Without an icon the window is the only way in. */
  get #lacksTray(): boolean {
    return this.#tray === null || this.#options.lacksTray;
  }

  #home(): Route {
    return { view: this.#options.core.connection.view.profile === null ? 'connect' : 'launch' };
  }

  #open(target: NotificationTarget): void {
    const { core, window } = this.#options;
    const route = routeOf(target, {
      hasRun: (runId) => core.runs.find(runId) !== null,
      batch: (batchId) => core.listed.ofBatch(batchId),
      needsToken: (profileId) => {
        const { profile, status } = core.connection.view;
        return profile?.id === profileId && (status === 'expired' || status === 'refused');
      },
    });
    if (route === null) window.show();
    else this.navigate(route);
  }

  /** A window that was closed can outlive the run it showed: the list is the next best view. */
  #openable(route: Route): Route {
    const isGone = route.view === 'result' && this.#options.core.runs.find(route.runId) === null;
    return isGone ? { view: 'activity' } : route;
  }

  #showOrHide(): void {
    const { window } = this.#options;
    const wish = this.#trayClick.next(window.facts);
    if (wish === 'show') window.show();
    else if (wish === 'hide') window.hide();
  }

  /** The window comes at once; which of the arguments are files is found out meanwhile. */
  async #takeArguments(paths: readonly string[]): Promise<void> {
    this.navigate(this.#home());
    const files = await thoseThere(paths);
    if (files.length > 0) await this.#options.core.draft.add({ paths: files });
  }

  #takeFiles(paths: readonly string[]): void {
    this.navigate(this.#home());
    if (paths.length > 0) void this.#options.core.draft.add({ paths });
  }

  #makeTray(): TrayIcon {
    return new TrayIcon(this.#trayModel(), {
      resources: join(app.getAppPath(), 'resources'),
      onAction: (action) => void this.#act(action),
      onClick: () => this.#showOrHide(),
      onFiles: (paths) => this.#takeFiles(paths),
    });
  }

  #serve(): void {
    const { core, desktop, window, session, logger, logFile, owner, pageFolder, devOrigin, about, parts } =
      this.#options;
    servePage(session, pageFolder);
    serveArtifacts(session, (url) => servedFile(core, url));
    const route = (): Route => this.#openable(this.#route.forNewPage() ?? this.#home());
    const quit = (): Promise<void> => this.quit();
    const onNavigated = (at: Route): void => this.#route.reached(at);
    const system = systemSettings({
      settings: core.settings,
      loginItem: openLoginItem(app),
      shortcut: this.#shortcut,
      hasTray: !this.#lacksTray,
      showTestNotification: () => this.#notifications.show(TEST_NOTIFICATION),
    });
    answerCalls(
      makeHandlers({ core, desktop, about, system, start: parts, quit, route, onNavigated, logFile, owner }),
      { isOwnWindow: (contents) => window.owns(contents), isOwnPage: (url) => isOwnPage(url, devOrigin) },
      logger,
    );
  }

  #onClosing(): 'hide' | 'stay' {
    const { settings } = this.#options.core;
    if (settings.read().whenClosed === 'quit') {
      void this.quit();
      return 'stay';
    }
    // Said once where the icon reminds of it, and each time where nothing does.
    if (this.#lacksTray || !settings.read().closingExplained) this.#notifications.show(stillRunning(!this.#lacksTray));
    if (!settings.read().closingExplained) settings.change({ closingExplained: true });
    return 'hide';
  }

  #trayModel(): TrayModel {
    const { core } = this.#options;
    return trayModel(core.connection.view, core.runs.forTray());
  }

  /** Many changes at once make one new menu. */
  #refreshTray(): void {
    if (this.#trayIsStale) return;
    this.#trayIsStale = true;
    setImmediate(() => {
      this.#trayIsStale = false;
      this.#tray?.show(this.#trayModel());
    });
  }

  async #act(action: MenuAction): Promise<void> {
    switch (action.do) {
      case 'navigate':
        this.navigate(action.route);
        return;
      case 'show':
        this.#options.window.show();
        return;
      case 'add-files':
        this.#takeFiles(await this.#options.desktop.pickFiles());
        return;
      case 'quit':
        await this.quit();
    }
  }

  #applyAppearance(): void {
    const { theme, textSize } = this.#options.core.settings.read();
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    this.#options.window.zoom(textSize / 100);
  }
}
