import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PageReply, PageRequest } from '../wire.ts';
import { fromWeb, toWeb } from './addresses.ts';
import { app } from './app.ts';
import { encodeClone } from './clone-codec.ts';
import { ContentsLook } from './contents-look.ts';
import { guard, guarded, makeEvent } from './guard.ts';
import { answerInvoke, recordTraffic, takeSend } from './ipc-main.ts';
import { inBackground, refuse, report, spec } from './link.ts';
import { pageScript } from './page-script.ts';
import type { DoorMessage, PageMessage } from './page-runtime.ts';
import type { StandInSession } from './session.ts';
import { makeFrame, type MainFrame } from './web-frame.ts';

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

const all = new Map<number, StandInWebContents>();

/** The page of a window. Main frames only: a frame below gets no preload script and so no IPC. */
export class StandInWebContents
  extends ContentsLook
  implements
    Pick<
      Electron.WebContents,
      'id' | 'send' | 'getURL' | 'getTitle' | 'isDestroyed' | 'isCrashed' | 'isLoading' | 'loadURL'
    >,
    Pick<Electron.WebContents, 'reload' | 'setWindowOpenHandler' | 'executeJavaScript'>
{
  readonly id: number;
  readonly session: StandInSession;
  readonly #door = `door${randomBytes(8).toString('hex')}`;
  readonly #opened: Promise<void>;
  readonly #frame: MainFrame;
  #destroyed = false;
  #crashed = false;
  #loading = false;
  #title = '';
  #expected: string | null = null;
  #mayOpen: OpenHandler | null = null;

  constructor(id: number, session: StandInSession, preload: string | undefined, size: Electron.Size) {
    super();
    this.id = id;
    this.session = session;
    this.#frame = makeFrame(this);
    const files = [
      ...session.getPreloadScripts().map((script) => script.filePath),
      ...(preload === undefined ? [] : [preload]),
    ];
    const binding = `wire${randomBytes(8).toString('hex')}`;
    const preloads = files.map((file) => readFileSync(file, 'utf8'));
    const script = pageScript({
      binding,
      door: this.#door,
      preloads,
      versions: { ...process.versions } as Record<string, string>,
    });
    this.#opened = spec.openPage(id, { ...size, script, binding });
    inBackground(this.#opened);
    all.set(id, this);
    guard('webContents', this, () => !this.#destroyed);
  }

  get mainFrame(): object {
    return guarded(this.#frame);
  }

  // ---- loading

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    this.#expected = toWeb(url);
    this.#loading = true;
    this.emit('did-start-loading');
    const problem = await spec.navigate(this.id, this.#expected);
    this.#loading = false;
    if (this.#destroyed) return;
    this.emit('did-stop-loading');
    if (problem === null) return;
    this.emit('did-fail-load', makeEvent({}), -2, 'ERR_FAILED', url, true, 1, 1);
    throw Object.assign(new Error(`ERR_FAILED (-2) loading '${url}'`), { code: 'ERR_FAILED', errno: -2, url });
  }

  reload(): void {
    this.#expected = toWeb(this.#frame.url);
    inBackground(spec.reload(this.id));
  }

  getURL(): string {
    return this.#frame.url;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    await this.#opened;
    return spec.evaluate(this.id, code);
  }

  // ---- messages

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    const text = encodeClone(args);
    recordTraffic('to-page', channel, args);
    void this.standInTell({ type: 'event', channel, args: text });
  }

  // ---- for the other parts of the stand-in

  /** Into the page. Before its document is there nobody listens, as in Electron. */
  async standInTell(message: DoorMessage): Promise<void> {
    const call = `globalThis[${JSON.stringify(this.#door)}]?.(${JSON.stringify(JSON.stringify(message))})`;
    // A page that is going away takes its messages with it.
    await this.#opened.then(() => spec.evaluate(this.id, call)).catch(() => undefined);
  }

  standInDestroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    inBackground(this.#opened.then(() => spec.closePage(this.id)));
    this.emit('destroyed');
  }

  async standInMessage(payload: string): Promise<void> {
    const message = JSON.parse(payload) as PageMessage;
    const event = makeEvent({
      type: 'frame',
      sender: guarded(this),
      senderFrame: guarded(this.#frame),
      frameId: 1,
      processId: 1,
      ports: [],
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    });
    if (message.type === 'invoke') {
      await this.standInTell(await answerInvoke(message, guard('IpcMainInvokeEvent', event)));
    } else if (message.type === 'send') takeSend(message, guard('IpcMainEvent', event));
    else if (message.type === 'open') this.standInOpened(message.url, message.features);
    else if (message.type === 'permission') {
      const allowed = await this.session.standInAsk(guarded(this), message.permission, this.#frame.url);
      await this.standInTell({ type: 'reply', id: message.id, ok: true, value: encodeClone(allowed) });
    } else {
      report(message.text);
      if (message.type === 'preload-error') this.emit('preload-error', makeEvent({}), '', new Error(message.text));
    }
  }

  async standInRequest(request: PageRequest): Promise<PageReply> {
    const url = fromWeb(request.url);
    const byPage = request.navigation !== null && request.url.split('#')[0] !== this.#expected?.split('#')[0];
    if (request.navigation === 'main-frame') this.#expected = null;
    if (byPage && !this.#mayGo(url, request.navigation === 'main-frame')) return { do: 'abort', reason: 'aborted' };
    return this.session.standInAnswer({ ...request, url }, this.id);
  }

  /** A page's own wish to go to another scheme. Chromium here opens none, so asking the app is all there is. */
  standInWantsToLeave(url: string): void {
    if (!this.#mayGo(fromWeb(url), true)) return;
    report(`The app lets its page go to ${url}, where the stand-in cannot follow.`);
  }

  #mayGo(url: string, isMainFrame: boolean): boolean {
    const details = makeEvent({
      url,
      isMainFrame,
      isSameDocument: false,
      frame: guarded(this.#frame),
      initiator: guarded(this.#frame),
    });
    this.emit('will-frame-navigate', details);
    if (isMainFrame) this.emit('will-navigate', details, url, false, true, 1, 1);
    return !details.defaultPrevented;
  }

  standInOpened(url: string, features: string): void {
    const details = {
      url: fromWeb(url),
      features,
      frameName: '',
      disposition: 'new-window',
      referrer: { url: this.#frame.url, policy: 'default' },
    };
    const denied = this.#mayOpen !== null && isDenied(Reflect.apply(this.#mayOpen, undefined, [details]) as unknown);
    if (!denied) report(`The app lets its page open ${url}; the stand-in opens no windows for pages.`);
  }

  standInNavigated(url: string, inPage: boolean): void {
    this.#frame.url = fromWeb(url);
    if (inPage) this.emit('did-navigate-in-page', makeEvent({}), this.#frame.url, true, 1, 1);
    else this.emit('did-navigate', makeEvent({}), this.#frame.url, 200, 'OK');
  }

  standInLoaded(): void {
    this.emit('dom-ready', makeEvent({}));
    this.emit('did-finish-load');
  }

  standInCrashed(): void {
    this.#crashed = true;
    const details = { reason: 'crashed', exitCode: 1 };
    this.emit('render-process-gone', makeEvent({}), details);
    app.emit('render-process-gone', makeEvent({}), guarded(this), details);
  }

  standInConsole(level: string, message: string): void {
    const levels: Readonly<Record<string, string>> = { debug: 'debug', warning: 'warning', error: 'error' };
    this.emit('console-message', makeEvent({ level: levels[level] ?? 'info', message, lineNumber: 0, sourceId: '' }));
  }

  standInDownload(url: string, fileName: string): void {
    const event = makeEvent({});
    const item = guard('DownloadItem', {
      getURL: () => fromWeb(url),
      getFilename: () => fileName,
      cancel: () => undefined,
    });
    this.session.emit('will-download', event, item, guarded(this));
    if (!event.defaultPrevented) report(`The app lets its page download ${url}; the stand-in saves nothing.`);
  }
}

/** Also for an answer that no type would let through. */
const isDenied = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'action' in answer && answer.action === 'deny';

export const contentsOf = (id: number): StandInWebContents | undefined => all.get(id);

export const webContents = guard('webContents', {
  getAllWebContents: () => [...all.values()].map(guarded),
  fromId: (id: number) => {
    const found = all.get(id);
    return found === undefined ? undefined : guarded(found);
  },
  getFocusedWebContents: () => refuse('The stand-in does not know webContents.getFocusedWebContents.'),
});
