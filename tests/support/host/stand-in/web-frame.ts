import { guard, guarded } from './guard.ts';

export interface MainFrame {
  /** In the app's own form. */
  url: string;
}

interface Contents {
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
}

/** The main frame of a page: the only one that has a preload script, and so the only sender. */
export function makeFrame(contents: Contents): MainFrame {
  const frame = {
    url: '',
    get origin(): string {
      const { protocol, host } = new URL(frame.url === '' ? 'about:blank' : frame.url);
      return `${protocol}//${host}`;
    },
    parent: null,
    frames: [],
    name: '',
    detached: false,
    processId: 1,
    routingId: 1,
    frameTreeNodeId: 1,
    get top(): object {
      return guarded(frame);
    },
    isDestroyed: (): boolean => contents.isDestroyed(),
    send: (channel: string, ...args: unknown[]): void => {
      contents.send(channel, ...args);
    },
  } satisfies Partial<Record<keyof Electron.WebFrameMain, unknown>>;
  guard('WebFrameMain', frame, () => !contents.isDestroyed());
  return frame;
}
