import type { Core } from '../core/app/core.ts';
import { settingsView } from '../core/app/handlers.ts';
import type { DesktopNotification } from '../core/app/notifications.ts';
import {
  batchNotification,
  externalJobNotification,
  runNotification,
  TokenNotifications,
  withoutDetails,
} from '../core/app/notifications.ts';
import type { Notifications } from './notifications.ts';
import type { LauncherWindow } from './window.ts';

export interface NewsPorts {
  readonly core: Core;
  readonly window: LauncherWindow;
  readonly notifications: Notifications;
  /** What the tray shows may have changed. */
  readonly refreshTray: () => void;
}

/** Tells the window, the tray and the desktop what happens in the core. */
export function tellNews({ core, window, notifications, refreshTray }: NewsPorts): void {
  const notify = (notice: DesktopNotification): void => {
    const { notifyWhen, notifyDetails } = core.settings.read();
    const isWanted = notifyWhen === 'always' || (notifyWhen === 'unfocused' && !window.isFocused());
    if (isWanted) notifications.show(notifyDetails ? notice : withoutDetails(notice));
  };
  core.connection.onChange((view) => {
    window.tell('connection:changed', view);
    refreshTray();
  });
  core.catalogue.onChange((view) => window.tell('recipes:changed', view));
  core.catalogue.onUpdated((recipes) => window.tell('recipes:updated', recipes));
  core.externalJobs.onChange((runs) => window.tell('external-jobs:changed', runs));
  core.externalJobs.onEnd((run) => {
    if (core.settings.read().notifyElsewhere) notify(externalJobNotification(run));
  });
  core.draft.onChange((view) => window.tell('draft:changed', view));
  followUnreadable(core, window);
  core.settings.onChange(() => window.tell('settings:changed', settingsView(core)));
  core.attention.onChange((view) => window.tell('runs:attention', view));
  core.runs.onRemoved((runId) => {
    window.tell('run:removed', { runId });
    refreshTray();
  });
  const tokenNotices = new TokenNotifications();
  core.runs.onNews(({ run, before }) => {
    window.tell('run:changed', run);
    if (before !== run.state) refreshTray();
    // The practice server brings its own token, and the window says it too.
    const isPractice = core.connection.view.profiles.find(({ id }) => id === run.profileId)?.practice === true;
    const wait = isPractice ? null : tokenNotices.forChange(run);
    if (wait !== null && !window.isFocused()) notify(wait);
    const own = runNotification(before, run);
    if (own === null) return;
    const notice = run.batchId === null ? own : batchNotification(own, run, core.listed.ofBatch(run.batchId));
    if (notice !== null) notify(notice);
  });
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
