import { app, dialog, nativeTheme } from 'electron';
import type { Session } from 'electron';
import { join } from 'node:path';
import type { Place } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import type { Desktop } from '../core/app/desktop.ts';
import type { About } from '../core/app/handlers.ts';
import { makeHandlers, settingsView } from '../core/app/handlers.ts';
import type { NoticeTarget } from '../core/app/notice-target.ts';
import { placeOf } from '../core/app/notice-target.ts';
import type { Notice } from '../core/app/notices.ts';
import {
  batchNotice,
  elsewhereNotice,
  noticeOf,
  STILL_HERE,
  TEST_NOTICE,
  TokenNotices,
  withoutDetails,
} from '../core/app/notices.ts';
import { servedFile } from '../core/app/served-file.ts';
import type { MenuAction, TrayModel } from '../core/app/tray-model.ts';
import { trayModel } from '../core/app/tray-model.ts';
import type { Logger } from '../core/log/logger.ts';
import { GlobalShortcut } from './global-shortcut.ts';
import { answerCalls } from './ipc.ts';
import { openLoginItem } from './login-item.ts';
import { Notifications } from './notifications.ts';
import type { OsIntake } from './os-intake.ts';
import { followPower } from './power.ts';
import { serveArtifacts, servePage } from './protocol.ts';
import { isOwnPage } from './security.ts';
import { systemSettings } from './system.ts';
import { TrayClick } from './tray-click.ts';
import { TrayIcon } from './tray.ts';
import { WindowPlace } from './window-place.ts';
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
}

/** What this start was asked to do beside starting. */
export interface StartWishes {
  /** What the notification was about that started the program by its click. */
  readonly clicked: NoticeTarget | null;
  /** Connect to the practice server at once. */
  readonly practice: boolean;
  readonly showWindow: boolean;
  /** The system started it at login: nothing comes up by itself. */
  readonly atLogin: boolean;
}

/** Puts the core on the desktop: window, tray, notices, files from outside. */
export class Shell {
  readonly #options: ShellOptions;
  readonly #notifications: Notifications;
  readonly #tray: TrayIcon;
  readonly #shortcut: GlobalShortcut;
  readonly #place = new WindowPlace();
  readonly #tokenNotices = new TokenNotices();
  readonly #trayClick = new TrayClick(() => performance.now());
  #trayIsStale = false;

  constructor(options: ShellOptions) {
    this.#options = options;
    const { core, logger } = options;
    this.#notifications = new Notifications((target) => this.#open(target), logger);
    this.#tray = new TrayIcon(this.#trayModel(), {
      resources: join(app.getAppPath(), 'resources'),
      onAction: (action) => void this.#act(action),
      onClick: () => this.#showOrHide(),
      onFiles: (paths) => this.#takeFiles(paths),
    });
    this.#shortcut = new GlobalShortcut(() => this.#options.window.show());
    this.#serve();
    this.#followCore();
    followPower(core.engine);
    this.#applyAppearance();
    options.window.onHidden(() => this.#explainClosing());
    // Where it was: macOS may also tell this for the click on a notice, which has said where to go.
    app.on('activate', () => options.window.show());
    // The tray keeps the program running; without a listener Electron would quit with the last window.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', () => options.window.letClose());
    app.on('will-quit', () => core.close());
  }

  /** Everything is wired: go on with the runs, look for the server, and take what came from outside. */
  async start({ clicked, practice, showWindow, atLogin }: StartWishes): Promise<void> {
    const { core, intake, logger } = this.#options;
    // Before the window, so that it does not open on a question that is about to be answered.
    if (practice) await core.connection.practice();
    const hasNoServer = core.connection.view.profile === null;
    if (practice || (!atLogin && (hasNoServer || showWindow))) this.go(this.#home());
    if (!this.#shortcut.take(core.settings.read().shortcut)) logger.warn('The keys for the window are taken.');
    core.engine.resume();
    void core.draftKeeper.start();
    core.housekeeping.start();
    if (clicked !== null) this.#open(clicked);
    intake.deliverTo((files) => this.#takeFiles(files));
    await Promise.all([this.#notifications.listen(), practice ? null : core.connection.startUp()]);
  }

  /** Brings the window up at a place. */
  go(place: Place): void {
    this.#place.want(place);
    this.#options.window.show();
    this.#options.window.tell('go', place);
  }

  #home(): Place {
    return { view: this.#options.core.connection.view.profile === null ? 'connect' : 'launch' };
  }

  #open(target: NoticeTarget): void {
    const { core, window } = this.#options;
    const place = placeOf(target, {
      hasRun: (runId) => core.runs.find(runId) !== null,
      batch: (batchId) => core.listed.ofBatch(batchId),
      needsToken: (profileId) => {
        const { profile, status } = core.connection.view;
        return profile?.id === profileId && (status === 'expired' || status === 'refused');
      },
    });
    if (place === null) window.show();
    else this.go(place);
  }

  /** A window that was closed can outlive the run it showed: the list is the next best place. */
  #openable(place: Place): Place {
    const isGone = place.view === 'result' && this.#options.core.runs.find(place.runId) === null;
    return isGone ? { view: 'activity' } : place;
  }

  #showOrHide(): void {
    const { window } = this.#options;
    const wish = this.#trayClick.next(window.facts);
    if (wish === 'show') window.show();
    else if (wish === 'hide') window.hide();
  }

  #takeFiles(paths: readonly string[]): void {
    this.go(this.#home());
    if (paths.length > 0) void this.#options.core.draft.add({ paths });
  }

  #serve(): void {
    const { core, desktop, window, session, logger, logFile, owner, pageFolder, devOrigin, about } = this.#options;
    servePage(session, pageFolder);
    serveArtifacts(session, (url) => servedFile(core, url));
    const place = (): Place => this.#openable(this.#place.forNewPage() ?? this.#home());
    const onWent = (at: Place): void => this.#place.reached(at);
    const system = systemSettings({
      settings: core.settings,
      loginItem: openLoginItem(app),
      shortcut: this.#shortcut,
      showTestNotice: () => this.#notifications.show(TEST_NOTICE),
    });
    answerCalls(
      makeHandlers({ core, desktop, about, system, place, onWent, logFile, owner }),
      { isOwnWindow: (contents) => window.owns(contents), isOwnPage: (url) => isOwnPage(url, devOrigin) },
      logger,
    );
  }

  #followCore(): void {
    const { core, window } = this.#options;
    core.connection.onChange((view) => {
      window.tell('connection:changed', view);
      this.#refreshTray();
    });
    core.catalogue.onChange((view) => window.tell('recipes:changed', view));
    core.catalogue.onUpdated((recipes) => window.tell('recipes:updated', recipes));
    core.elsewhere.onChange((runs) => window.tell('elsewhere:changed', runs));
    core.elsewhere.onEnd((run) => {
      if (core.settings.read().notifyElsewhere) this.#notify(elsewhereNotice(run));
    });
    core.draft.onChange((view) => window.tell('draft:changed', view));
    followUnreadable(core, window);
    core.settings.onChange(() => {
      window.tell('settings:changed', settingsView(core));
      this.#applyAppearance();
    });
    core.runs.onRemoved((runId) => {
      window.tell('run:removed', { runId });
      this.#refreshTray();
    });
    core.runs.onNews(({ run, before }) => {
      window.tell('run:changed', run);
      if (before !== run.state) this.#refreshTray();
      const wait = this.#tokenNotices.hear(run);
      // The window says it too.
      if (wait !== null && !window.isFocused()) this.#notify(wait);
      const own = noticeOf(before, run);
      if (own === null) return;
      const notice = run.batchId === null ? own : batchNotice(own, run, core.listed.ofBatch(run.batchId));
      if (notice !== null) this.#notify(notice);
    });
  }

  #notify(notice: Notice): void {
    const { notifyWhen, notifyDetails } = this.#options.core.settings.read();
    const isWanted = notifyWhen === 'always' || (notifyWhen === 'unfocused' && !this.#options.window.isFocused());
    if (isWanted) this.#notifications.show(notifyDetails ? notice : withoutDetails(notice));
  }

  #explainClosing(): void {
    const { settings } = this.#options.core;
    if (settings.read().closingExplained) return;
    settings.change({ closingExplained: true });
    this.#notifications.show(STILL_HERE);
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
      this.#tray.show(this.#trayModel());
    });
  }

  async #act(action: MenuAction): Promise<void> {
    switch (action.do) {
      case 'go':
        this.go(action.place);
        return;
      case 'show':
        this.#options.window.show();
        return;
      case 'add-files':
        this.#takeFiles(await this.#options.desktop.pickFiles());
        return;
      case 'quit':
        if (await this.#mayQuit()) app.quit();
    }
  }

  /** Asks only when something is being sent; what runs on the server goes on without us. */
  async #mayQuit(): Promise<boolean> {
    const sending = this.#options.core.runs.forTray().filter((run) => run.state === 'uploading').length;
    if (sending === 0) return true;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: sending === 1 ? 'A run is still being sent' : `${sending} runs are still being sent`,
      detail: 'They go on by themselves when OmniTray starts again.',
      buttons: ['Keep running', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    });
    return response === 1;
  }

  #applyAppearance(): void {
    const { theme, textSize } = this.#options.core.settings.read();
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    this.#options.window.zoom(textSize / 100);
  }
}

/** A damaged page of the database is a hundred records at once, and one word to the window. */
function followUnreadable({ unreadable }: Core, window: LauncherWindow): void {
  let isTelling = false;
  unreadable.onFound(() => {
    if (isTelling) return;
    isTelling = true;
    setImmediate(() => {
      isTelling = false;
      window.tell('unreadable:changed', unreadable.view);
    });
  });
}
