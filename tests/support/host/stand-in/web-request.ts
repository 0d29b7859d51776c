import type { PageReply, PageRequest } from '../wire.ts';
import { toWeb } from './addresses.ts';
import { refuse } from './link.ts';

type Before = Electron.OnBeforeRequestListenerDetails;
type Received = Electron.OnHeadersReceivedListenerDetails;
type BeforeListener = ((details: Before, callback: (response: Electron.CallbackResponse) => void) => void) | null;
type ReceivedListener =
  ((details: Received, callback: (response: Electron.HeadersReceivedResponse) => void) => void) | null;

interface Watch<Listener> {
  readonly patterns: readonly string[];
  readonly listener: Listener;
}

/** `https://*.host/*` and the like. */
function matches(url: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (pattern === '<all_urls>') return true;
    const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${source}$`).test(url);
  });
}

function watchOf<Listener>(args: readonly unknown[]): Watch<Listener> | null {
  const [first, second] = args.length === 1 ? [{ urls: ['<all_urls>'] }, args[0]] : args;
  if (second === null) return null;
  if (typeof second !== 'function') refuse('Must pass null or a Function');
  return { patterns: (first as Electron.WebRequestFilter).urls, listener: second as Listener };
}

/** The two hooks that an app needs to refuse requests and to add headers; another one throws. */
export class StandInWebRequest {
  #before: Watch<NonNullable<BeforeListener>> | null = null;
  #received: Watch<NonNullable<ReceivedListener>> | null = null;

  onBeforeRequest(...args: readonly unknown[]): void {
    this.#before = watchOf(args);
  }

  onHeadersReceived(...args: readonly unknown[]): void {
    this.#received = watchOf(args);
  }

  /** What becomes of the request, null when it goes on. */
  async standInBefore(request: PageRequest, contentsId: number): Promise<PageReply | null> {
    const watch = this.#before;
    if (watch === null || !matches(request.url, watch.patterns)) return null;
    const answer = await new Promise<Electron.CallbackResponse>((resolve) => {
      Reflect.apply(watch.listener, undefined, [detailsOf(request, contentsId), resolve]);
    });
    if (answer.cancel === true) return { do: 'abort', reason: 'blockedbyclient' };
    if (answer.redirectURL === undefined) return null;
    return { do: 'fulfill', status: 307, headers: { location: toWeb(answer.redirectURL) }, body: new Uint8Array() };
  }

  /** The headers that the page gets. */
  async standInReceived(
    request: PageRequest,
    contentsId: number,
    headers: Record<string, string>,
    status: number,
  ): Promise<Record<string, string>> {
    const watch = this.#received;
    if (watch === null || !matches(request.url, watch.patterns)) return headers;
    const responseHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const details = {
      ...detailsOf(request, contentsId),
      responseHeaders,
      statusCode: status,
      statusLine: `HTTP/1.1 ${String(status)}`,
    };
    const answer = await new Promise<Electron.HeadersReceivedResponse>((resolve) => {
      Reflect.apply(watch.listener, undefined, [details, resolve]);
    });
    const kept = Object.entries(answer.responseHeaders ?? responseHeaders);
    return Object.fromEntries(kept.map(([name, value]) => [name, [value].flat().join(', ')]));
  }
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  stylesheet: 'stylesheet',
  image: 'image',
  media: 'media',
  font: 'font',
  script: 'script',
  fetch: 'xhr',
  xhr: 'xhr',
  ping: 'ping',
  websocket: 'webSocket',
};

function detailsOf(request: PageRequest, contentsId: number): object {
  const type = request.navigation === null ? null : request.navigation === 'main-frame' ? 'mainFrame' : 'subFrame';
  return {
    id: 0,
    url: request.url,
    method: request.method,
    webContentsId: contentsId,
    resourceType: type ?? RESOURCE_TYPES[request.resourceType] ?? 'other',
    referrer: request.headers.referer ?? '',
    timestamp: Date.now(),
  };
}
