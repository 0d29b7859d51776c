import type { ExternalJobView, ProfileId, RunState, RunView } from '../../contract/views.ts';
import { isEnded, isLiftedBy } from '../../contract/views.ts';
import type { BatchRuns, NotificationTarget } from './notification-target.ts';
import {
  batchNotificationWords,
  externalJobEndWords,
  HIDDEN_BODY,
  newTokenWords,
  type NotificationWords,
  runNotificationWords,
  stillRunningWords,
  TEST_WORDS,
} from '../../contract/text/notifications.ts';
import { startFailureWords } from '../../contract/text/start.ts';

/** A desktop notification as plain data. A click opens its target (notification-target.ts). */
export interface DesktopNotification extends NotificationWords {
  readonly target: NotificationTarget;
}

/** Shown when the user closes the window and the program keeps running. */
export const stillRunning = (hasTray: boolean): DesktopNotification => ({
  target: { kind: 'window' },
  ...stillRunningWords(hasTray),
});

/** Shown on request from the settings, to try notifications out. */
export const TEST_NOTIFICATION: DesktopNotification = { target: { kind: 'settings' }, ...TEST_WORDS };

const { title: noWindow, next: whatHelps } = startFailureWords({ part: 'window', problem: null });

/** Shown when the window could not be made, so that the window itself cannot report it. */
export const NO_WINDOW: DesktopNotification = { target: { kind: 'window' }, title: noWindow, body: whatHelps };

/** Removes what bystanders could read on the screen: file names, results, reasons of a failure. */
export const withoutDetails = (notification: DesktopNotification): DesktopNotification => ({
  ...notification,
  body: HIDDEN_BODY,
});

/** For a job that another client started. Off by default, because the user may be working in that client. */
export const externalJobNotification = (run: ExternalJobView): DesktopNotification => ({
  target: { kind: 'external-job', externalJobId: run.id },
  ...externalJobEndWords(run),
});

/** Reports once for each server that its runs wait for a new token, and again after they had continued. */
export class TokenNotifications {
  readonly #notified = new Set<ProfileId>();

  /** The notification for a change of a run; null for none. */
  forChange({ state, reason, profileId, serverName }: RunView): DesktopNotification | null {
    if (state === 'uploading' || state === 'starting') this.#notified.delete(profileId);
    if (state !== 'waiting' || !isLiftedBy(reason, 'new-token') || this.#notified.has(profileId)) return null;
    this.#notified.add(profileId);
    return { target: { kind: 'server', profileId }, ...newTokenWords(serverName, reason) };
  }
}

/**
 * The notification for a change of a run; null for none. It is shown on the transition into a state, so that a restart
 * or a look at an old run never repeats it. A run that the user stopped needs none.
 */
export function runNotification(before: RunState | null, run: RunView): DesktopNotification | null {
  if (before === null || before === run.state) return null;
  if (run.state === 'stopped') return null;
  // The answer may still arrive another way.
  if (run.state === 'unconfirmed' && run.candidates === null) return null;
  if (!isEnded(run) && run.state !== 'unconfirmed') return null;
  return { target: { kind: 'run', runId: run.id }, ...runNotificationWords(run) };
}

/**
 * One notification for a whole batch, when its last run has ended: a drop of a thousand files must not ring a thousand
 * times. It opens the first run that failed, if any. A run whose start is unconfirmed gets its own notification at
 * once, because it needs the user.
 *
 * @param own the notification for the run alone (`runNotification`)
 */
export function batchNotification(
  own: DesktopNotification,
  run: RunView,
  batch: BatchRuns,
): DesktopNotification | null {
  const { batchId } = run;
  if (batchId === null || run.state === 'unconfirmed' || batch.length < 2) return own;
  if (batch.some((each) => !isEnded(each) && each.state !== 'unconfirmed')) return null;
  return { target: { kind: 'batch', batchId }, ...batchNotificationWords(run.recipeName, batch) };
}
