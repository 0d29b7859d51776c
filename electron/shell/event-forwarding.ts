import type { Core } from '../core/app/core.ts';
import { settingsView } from '../core/app/handlers.ts';
import {
  batchNotification,
  type DesktopNotification,
  externalJobNotification,
  runNotification,
  TokenNotifications,
  withoutDetails,
} from '../core/app/notifications.ts';
import type { Notifications } from './notifications.ts';
import type { LauncherWindow } from './window.ts';

interface ForwardingPorts {
  readonly core: Core;
  readonly window: LauncherWindow;
  readonly notifications: Notifications;
  /** Called when the content of the tray may have changed. */
  readonly refreshTray: () => void;
}

/** Forwards the events of the core to the window, the tray and the desktop's notifications. */
export function forwardEvents({ core, window, notifications, refreshTray }: ForwardingPorts): void {
  const notify = (notification: DesktopNotification): void => {
    const { notifyWhen, notifyDetails } = core.settings.read();
    const isWanted = notifyWhen === 'always' || (notifyWhen === 'unfocused' && !window.isFocused());
    if (isWanted) notifications.show(notifyDetails ? notification : withoutDetails(notification));
  };
  core.connection.onChange((view) => {
    window.send('connection:changed', view);
    refreshTray();
  });
  core.catalogue.onChange((view) => {
    window.send('recipes:changed', view);
    refreshTray();
  });
  core.catalogue.onUpdated((recipes) => window.send('recipes:updated', recipes));
  core.presets.onChange((presets) => {
    window.send('presets:changed', presets);
    refreshTray();
  });
  core.externalJobs.onChange((runs) => window.send('external-jobs:changed', runs));
  core.externalJobs.onEnd((run) => {
    if (core.settings.read().notifyElsewhere) notify(externalJobNotification(run));
  });
  core.draft.onChange((view) => window.send('draft:changed', view));
  followUnreadable(core, window);
  core.settings.onChange(() => window.send('settings:changed', settingsView(core)));
  core.attention.onChange((view) => window.send('runs:attention', view));
  core.batchSaver.onProgress((view) => window.send('batch:saving', view));
  core.runs.onRemoved((runId) => {
    window.send('run:removed', { runId });
    refreshTray();
  });
  const tokenNotifications = new TokenNotifications();
  core.runs.onChange(({ run, before }) => {
    window.send('run:changed', run);
    if (before !== run.state) refreshTray();
    // The practice server brings its own token.
    const isPractice = core.connection.view.profiles.find(({ id }) => id === run.profileId)?.practice === true;
    const wait = isPractice ? null : tokenNotifications.forChange(run);
    if (wait !== null && !window.isFocused()) notify(wait);
    const own = runNotification(before, run);
    if (own === null) return;
    const shown = run.batchId === null ? own : batchNotification(own, run, core.listed.ofBatch(run.batchId));
    if (shown !== null) notify(shown);
  });
}

/** Combines the many events of one damaged database page into one event for the window. */
function followUnreadable({ unreadable }: Core, window: LauncherWindow): void {
  let isPlanned = false;
  unreadable.onFound(() => {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      window.send('unreadable:changed', unreadable.view);
    });
  });
}
