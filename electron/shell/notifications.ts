import { Notification } from 'electron';
import { idOf, type NotificationTarget, targetOf } from '../core/app/notification-target.ts';
import type { DesktopNotification } from '../core/app/notifications.ts';
import type { Logger } from '../core/base/logger.ts';
import { idOfActivation, toastXml } from './windows-toast.ts';

/** The largest number of notifications that are held. `close` is not always emitted (platform P1). */
const MOST_HELD = 50;

/** A click on a notification with an unknown id still shows the window. */
const JUST_THE_WINDOW: NotificationTarget = { kind: 'window' };

/** Shows notifications and handles their clicks, also those of notifications from before this start. */
export class Notifications {
  /**
   * Electron holds a notification only weakly: without this reference its click is lost (electron/electron#12690). A set
   * and not a map by id: on Linux two notifications with one id are both on screen, and both can be clicked.
   */
  readonly #held = new Set<Electron.Notification>();
  readonly #open: (target: NotificationTarget) => void;
  readonly #logger: Logger;

  constructor(open: (target: NotificationTarget) => void, logger: Logger) {
    this.#open = open;
    this.#logger = logger;
  }

  /** Handles clicks on notifications that an earlier start left in the desktop's list (platform P2, P3). */
  async listen(): Promise<void> {
    if (process.platform === 'win32') {
      Notification.handleActivation((details) => {
        const id = idOfActivation(details.arguments);
        // A held notification emits its own `click`.
        if (![...this.#held].some((held) => held.id === id)) this.#open(targetOf(id) ?? JUST_THE_WINDOW);
      });
    }
    if (process.platform === 'darwin') {
      for (const earlier of await Notification.getHistory()) {
        this.#hold(earlier, targetOf(earlier.id) ?? JUST_THE_WINDOW);
      }
    }
  }

  /** Returns false on a desktop without notifications. Nothing is lost then, because Activity shows the same. */
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
