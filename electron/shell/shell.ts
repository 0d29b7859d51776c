import { app, nativeTheme, powerMonitor, type Session } from 'electron';
import { join } from 'node:path';
import type { PresetId, Route } from '../contract/views.ts';
import { AppError } from '../core/base/coded-error.ts';
import type { Core } from '../core/app/core.ts';
import type { Desktop } from '../core/app/desktop.ts';
import { type About, makeHandlers } from '../core/app/handlers.ts';
import { type NotificationTarget, routeOf } from '../core/app/notification-target.ts';
import { NO_WINDOW, stillRunning, TEST_NOTIFICATION } from '../core/app/notifications.ts';
import { servedFile } from '../core/app/served-file.ts';
import { type MenuAction, trayModel, type TrayModel } from '../core/app/tray-model.ts';
import { usePreset } from '../core/app/use-preset.ts';
import type { Logger } from '../core/base/logger.ts';
import { GlobalShortcut } from './global-shortcut.ts';
import { answerCalls } from './ipc.ts';
import { openLoginItem } from './login-item.ts';
import { forwardEvents } from './event-forwarding.ts';
import { Notifications } from './notifications.ts';
import { existing, type OsIntake } from './os-intake.ts';
import { serveArtifacts, servePage } from './protocol.ts';
import { isOwnPage } from './security.ts';
import { Quitting } from './quitting.ts';
import type { StartParts } from './start-parts.ts';
import { systemSettings } from './system.ts';
import { TrayClick } from './tray-click.ts';
import { TrayIcon } from './tray.ts';
import { WindowRoute } from './window-route.ts';
import type { LauncherWindow } from './window.ts';

interface ShellOptions {
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
  /** Runs each part of the start. */
  readonly parts: StartParts;
  /** Whether this desktop probably has no tray (tray-support.ts). */
  readonly lacksTray: boolean;
}

/** What this start must do. */
interface StartOptions {
  /** The target of the notification whose click started the program; null for every other start. */
  readonly clicked: NotificationTarget | null;
  /** Whether to connect to the practice server at once. */
  readonly practice: boolean;
  /** Whether the system started the program at login: then the window stays hidden. */
  readonly atLogin: boolean;
}

/** Connects the core with the desktop: window, tray, notifications, and files from outside. */
export class Shell {
  readonly #options: ShellOptions;
  readonly #notifications: Notifications;
  /** Null when the icon could not be made. */
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
    forwardEvents({ core, window, notifications: this.#notifications, refreshTray: () => this.#refreshTray() });
    parts.onChange((failures) => window.send('start:failures', failures));
    parts.run('power', () => this.#followPower());
    parts.run('settings', () => this.#applyAppearance());
    core.settings.onChange(() => this.#applyAppearance());
    window.onClosing(() => this.#onClosing());
    // Without a route: macOS may emit it for a click on a notification too, which sets the route.
    app.on('activate', () => window.show());
    // The tray keeps the program running; without a listener Electron would quit with the last window.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', () => window.letClose());
    app.on('will-quit', () => core.close());
  }

  /**
   * Resumes the runs, checks the server, and accepts files from outside. Each part runs although another one failed.
   * Never rejects.
   */
  async start({ clicked, practice, atLogin }: StartOptions): Promise<void> {
    const { core, intake, parts } = this.#options;
    // First, because runs in progress must go on whatever else fails.
    parts.run('runs', () => core.engine.resume());
    // Before the window, so that it does not open with the connect view.
    if (practice) await parts.finish('practice', () => core.connection.practice());
    parts.run('window', () => {
      const isHidden = atLogin && !this.#lacksTray;
      if (practice || (!isHidden && (core.connection.view.profile === null || this.#lacksTray)))
        this.navigate(this.#home());
    });
    parts.run('shortcut', () => {
      if (!this.#shortcut.take(core.settings.read().shortcut)) parts.report('shortcut');
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

  /** Quits the program. Asks first when runs are in progress. */
  quit(): Promise<void> {
    return this.#quitting.quit();
  }

  /** Shows the window at a route. */
  navigate(route: Route): void {
    this.#route.want(route);
    this.#options.window.show();
    this.#options.window.send('navigate', route);
  }

  /** Without a tray icon, the window is the only access to the program. */
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

  /** The runs of a stored route may have been removed since: then the list is shown. */
  #openable(route: Route): Route {
    const { runs, listed } = this.#options.core;
    const isGone =
      (route.view === 'result' && runs.find(route.runId) === null) ||
      (route.view === 'batch' && listed.ofBatch(route.batchId).length === 0);
    return isGone ? { view: 'activity' } : route;
  }

  #showOrHide(): void {
    const { window } = this.#options;
    const action = this.#trayClick.next(window.facts);
    if (action !== 'none') window[action]();
  }

  /** Shows the window at once, and then finds out which arguments are files. */
  async #takeArguments(paths: readonly string[]): Promise<void> {
    this.navigate(this.#home());
    const files = await existing(paths);
    if (files.length > 0) await this.#options.core.draft.add({ paths: files });
  }

  #takeFiles(paths: readonly string[]): void {
    this.navigate(this.#home());
    if (paths.length > 0) void this.#options.core.draft.add({ paths });
  }

  /** Shows the launcher, filled in with a preset and ready to run. */
  #fillIn(presetId: PresetId): void {
    try {
      usePreset(this.#options.core, presetId);
      this.navigate({ view: 'launch', focus: 'run' });
    } catch (failure) {
      // It was removed after the menu opened.
      if (!(failure instanceof AppError)) throw failure;
      this.navigate(this.#home());
    }
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
    const onNavigated = (shown: Route): void => this.#route.reached(shown);
    const system = systemSettings({
      settings: core.settings,
      loginItem: openLoginItem(app),
      shortcut: this.#shortcut,
      hasTray: !this.#lacksTray,
      showTestNotification: () => this.#notifications.show(TEST_NOTIFICATION),
    });
    answerCalls(
      makeHandlers({ core, desktop, about, system, start: parts, quit, route, onNavigated, logFile, owner }),
      (contents, url) => window.owns(contents) && isOwnPage(url, devOrigin),
      logger,
    );
  }

  #onClosing(): 'hide' | 'stay' {
    const { settings } = this.#options.core;
    if (settings.read().whenClosed === 'quit') {
      void this.quit();
      return 'stay';
    }
    // Once when there is an icon, otherwise each time, because nothing else shows that the program runs.
    if (this.#lacksTray || !settings.read().closingExplained) this.#notifications.show(stillRunning(!this.#lacksTray));
    if (!settings.read().closingExplained) settings.change({ closingExplained: true });
    return 'hide';
  }

  #trayModel(): TrayModel {
    const { core } = this.#options;
    const presets = core.presets.view.flatMap((preset) => {
      const recipe = core.catalogue.find(preset.recipeId);
      return recipe === null ? [] : [{ ...preset, recipeName: recipe.name }];
    });
    return trayModel(core.connection.view, core.runs.forTray(), presets);
  }

  /** Combines many changes at once into one new menu. */
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
      case 'use-preset':
        this.#fillIn(action.presetId);
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

  /** Sends no requests while the machine sleeps: on waking all timers would fire at once (platform N1). */
  #followPower(): void {
    const { engine } = this.#options.core;
    powerMonitor.on('suspend', () => engine.suspend());
    powerMonitor.on('resume', () => engine.wakeUp());
  }

  #applyAppearance(): void {
    const { theme, textSize } = this.#options.core.settings.read();
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    this.#options.window.zoom(textSize / 100);
  }
}
