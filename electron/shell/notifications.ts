import { Notification } from 'electron';
import type { NotificationTarget } from '../core/app/notification-target.ts';
import { idOf, targetOf } from '../core/app/notification-target.ts';
import type { DesktopNotification } from '../core/app/notifications.ts';
import type { Logger } from '../core/base/logger.ts';
import { idOfActivation, toastXml } from './toast.ts';

/** Notifications held at once. `close` is not always told (platform P1), so old ones must go by count. */
const MOST_HELD = 50;

/** A click on one of ours that says nothing we know still asks for the window. */
const JUST_THE_WINDOW: NotificationTarget = { kind: 'window' };

/** Shows notifications and hears their clicks, also those of notifications from before this start. */
export class Notifications {
  /**
   * Electron keeps only a weak hold of a notification: without ours, its click is lost (electron/electron#12690). Held one by
   * one and not by id: on Linux two of the same id are both on the screen, and both can be clicked.
   */
  readonly #held = new Set<Electron.Notification>();
  readonly #open: (target: NotificationTarget) => void;
  readonly #logger: Logger;

  constructor(open: (target: NotificationTarget) => void, logger: Logger) {
    this.#open = open;
    this.#logger = logger;
  }

  /** Listens to notifications that an earlier start of the app left in the desktop's list (platform P2, P3). */
  async listen(): Promise<void> {
    if (process.platform === 'win32') {
      Notification.handleActivation((details) => {
        const id = idOfActivation(details.arguments);
        // One that is held tells its click itself.
        if (![...this.#held].some((held) => held.id === id)) this.#open(targetOf(id) ?? JUST_THE_WINDOW);
      });
    }
    if (process.platform === 'darwin') {
      for (const earlier of await Notification.getHistory()) {
        this.#hold(earlier, targetOf(earlier.id) ?? JUST_THE_WINDOW);
      }
    }
  }

  /** False on a desktop without notifications. One is a hint: the record is in Activity, so nothing is lost. */
  show({ target, title, body }: DesktopNotification): boolean {
    if (!Notification.isSupported()) return false;
    const id = idOf(target);
    const notification = new Notification({
      id,
      title,
      body,
      ...(process.platform === 'win32' ? { toastXml: toastXml(id, title, body) } : {}),
    });
    this.#hold(notification, target);
    notification.on('failed', (_event, reason) => this.#logger.warn('A notification was not shown.', { reason }));
    notification.show();
    return true;
  }

  #hold(notification: Electron.Notification, target: NotificationTarget): void {
    this.#held.add(notification);
    notification.on('click', () => {
      this.#held.delete(notification);
      this.#open(target);
    });
    const [oldest] = this.#held;
    if (this.#held.size > MOST_HELD && oldest !== undefined) this.#held.delete(oldest);
  }
}
