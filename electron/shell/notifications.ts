import { Notification } from 'electron';
import type { Notice } from '../core/app/notices.ts';
import type { Logger } from '../core/log/logger.ts';
import { toastXml } from './toast.ts';

/** Notices held at once. `close` is not always told (PLATFORM P1), so old ones must go by count. */
const MOST_HELD = 50;
const RUN_ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/** Shows notices and hears their clicks, also those of notices from before this start. */
export class Notifications {
  readonly #held = new Map<string | null, Electron.Notification>();
  readonly #open: (runId: string | null) => void;
  readonly #logger: Logger;

  constructor(open: (runId: string | null) => void, logger: Logger) {
    this.#open = open;
    this.#logger = logger;
  }

  /** Listens to notices that an earlier start of the app left in the desktop's list (PLATFORM P2, P3). */
  async listen(): Promise<void> {
    if (process.platform === 'win32') {
      Notification.handleActivation((details) => {
        const runId = RUN_ID.exec(details.arguments)?.[0];
        if (runId !== undefined && !this.#held.has(runId)) this.#open(runId);
      });
    }
    if (process.platform === 'darwin') {
      const earlier = await Notification.getHistory();
      earlier.forEach((notification) => this.#hold(notification.id, notification));
    }
  }

  /** False on a desktop without notices. One is a hint: the record is in Activity, so nothing is lost. */
  show(notice: Notice): boolean {
    if (!Notification.isSupported()) return false;
    const { runId, title, body } = notice;
    const notification = new Notification({
      title,
      body,
      ...(runId === null ? {} : { id: runId }),
      ...(runId !== null && process.platform === 'win32' ? { toastXml: toastXml(runId, title, body) } : {}),
    });
    this.#hold(runId, notification);
    notification.on('failed', (_event, reason) => this.#logger.warn('A notice was not shown.', { reason }));
    notification.show();
    return true;
  }

  /** Electron keeps only a weak hold of a notice: without ours, its click is lost (electron/electron#12690). */
  #hold(runId: string | null, notification: Electron.Notification): void {
    this.#held.delete(runId);
    this.#held.set(runId, notification);
    notification.on('click', () => {
      this.#held.delete(runId);
      this.#open(runId);
    });
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST_HELD && oldest !== undefined) this.#held.delete(oldest);
  }
}
