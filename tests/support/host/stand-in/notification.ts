import type { NotificationRecord } from '../recorder.ts';
import { app } from './app.ts';
import { guardClass, KnownEvents, makeEvent } from './guard.ts';
import { refuse } from './link.ts';

interface Shown {
  readonly notification: WeakRef<StandInNotification>;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  closed: boolean;
}

/** The desktop keeps a notice on screen; Electron keeps only a weak reference to the object behind it. */
const shown: Shown[] = [];

class StandInNotification
  extends KnownEvents
  implements
    Pick<
      Electron.Notification,
      'id' | 'title' | 'subtitle' | 'body' | 'silent' | 'urgency' | 'timeoutType' | 'show' | 'close'
    >
{
  protected readonly known = ['show', 'click', 'close', 'failed', 'reply', 'action'];
  readonly id: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: Electron.Notification['urgency'];
  timeoutType: Electron.Notification['timeoutType'];
  #mine: Shown | null = null;

  static isSupported(): boolean {
    return true;
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    if (!app.isReady()) refuse('Cannot create Notification before app is ready');
    this.id = options.id ?? crypto.randomUUID();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
  }

  show(): void {
    this.close();
    this.#mine = {
      notification: new WeakRef(this),
      title: this.title,
      body: this.body,
      silent: this.silent,
      closed: false,
    };
    shown.push(this.#mine);
    setImmediate(() => this.emit('show', makeEvent({})));
  }

  close(): void {
    if (this.#mine === null || this.#mine.closed) return;
    this.#mine.closed = true;
    this.emit('close', makeEvent({ reason: 'applicationHidden' }));
  }
}

export const Notification = guardClass('Notification', StandInNotification);

function take(position: number): { readonly notice: Shown; readonly notification: StandInNotification } {
  const notice = shown[position];
  if (notice === undefined) refuse(`There is no notification ${String(position)}; there are ${String(shown.length)}.`);
  if (notice.closed) refuse(`The notification '${notice.title}' is closed.`);
  const notification = notice.notification.deref();
  if (notification === undefined) {
    refuse(`The click is lost: nobody kept the notification '${notice.title}' and it was collected.`);
  }
  return { notice, notification };
}

export const notificationControl = {
  notifications: (): readonly NotificationRecord[] =>
    shown.map(({ title, body, silent, closed }) => ({ title, body, silent, closed })),
  clickNotification: (position: number) => {
    const { notice, notification } = take(position);
    notification.emit('click', makeEvent({}));
    notice.closed = true;
    notification.emit('close', makeEvent({ reason: 'userCanceled' }));
  },
  closeNotification: (position: number) => {
    const { notice, notification } = take(position);
    notice.closed = true;
    notification.emit('close', makeEvent({ reason: 'userCanceled' }));
  },
};
