import { mayBreak } from './breaks.ts';
import { app } from './app.ts';
import { addScheme, policyToWeb, fromWeb } from './addresses.ts';
import { guard, guardClass, ignored, KnownEvents } from './guard.ts';
import { refuse } from './link.ts';
import { StandInWebRequest } from './web-request.ts';
import type { PageReply, PageRequest } from '../wire.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

const privileged = new Map<string, Electron.Privileges>();
let privilegesTaken = false;

/** Chromium's own; an app can take these over, which the stand-in does not do. */
const BUILT_IN = ['http', 'https', 'file', 'data', 'blob', 'about', 'devtools', 'chrome'];

export class StandInProtocol implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: readonly Electron.CustomScheme[]): void {
    if (app.isReady()) refuse('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (privilegesTaken) refuse('protocol.registerSchemesAsPrivileged can only be called once');
    privilegesTaken = true;
    for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges ?? {});
  }

  handle(scheme: string, handler: Handler): void {
    if (BUILT_IN.includes(scheme)) refuse(`The stand-in does not hand the scheme '${scheme}' over to the app.`);
    mayBreak('protocol');
    if (this.#handlers.has(scheme)) refuse('Failed to register protocol: ' + scheme);
    this.#handlers.set(scheme, handler);
    if (privileged.get(scheme)?.standard === true) addScheme(scheme);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) refuse('Failed to unhandle protocol: ' + scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  standInHandler(url: string): Handler | undefined {
    return this.#handlers.get(url.slice(0, url.indexOf(':')));
  }
}

interface PreloadScript {
  readonly id: string;
  readonly filePath: string;
}

export class StandInSession
  extends KnownEvents
  implements
    Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'resolveProxy' | 'clearCache'>,
    Pick<Electron.Session, 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setCertificateVerifyProc'>,
    Pick<Electron.Session, 'setSpellCheckerEnabled' | 'isPersistent' | 'closeAllConnections' | 'registerPreloadScript'>,
    Pick<Electron.Session, 'unregisterPreloadScript' | 'clearStorageData'>
{
  protected readonly known = [
    'will-download',
    'preconnect',
    'spellcheck-dictionary-initialized',
    'file-system-access-restricted',
  ];
  readonly #persistent: boolean;
  readonly #rawProtocol = new StandInProtocol();
  readonly #rawWebRequest = new StandInWebRequest();
  readonly #preloads = new Map<string, PreloadScript>();
  #mayAsk: RequestHandler = null;
  #mayHave: CheckHandler = null;

  constructor(persistent: boolean) {
    super();
    this.#persistent = persistent;
    guard('protocol', this.#rawProtocol);
    guard('webRequest', this.#rawWebRequest);
  }

  get protocol(): StandInProtocol {
    return guardedPart(this.#rawProtocol);
  }

  get webRequest(): StandInWebRequest {
    return guardedPart(this.#rawWebRequest);
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#mayAsk = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#mayHave = handler;
  }

  // The pages of the stand-in reach no devices, screens or certificates of their own.
  readonly setDevicePermissionHandler = ignored;
  readonly setDisplayMediaRequestHandler = ignored;
  readonly setCertificateVerifyProc = ignored;
  readonly setSpellCheckerEnabled = ignored;

  isPersistent(): boolean {
    return this.#persistent;
  }

  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }

  clearCache(): Promise<void> {
    return Promise.resolve();
  }

  clearStorageData(): Promise<void> {
    return Promise.resolve();
  }

  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }

  registerPreloadScript(script: Electron.PreloadScriptRegistration): string {
    if (script.type !== 'frame') refuse('The stand-in has no service workers to preload.');
    const id = script.id ?? crypto.randomUUID();
    this.#preloads.set(id, { id, filePath: script.filePath });
    return id;
  }

  unregisterPreloadScript(id: string): void {
    this.#preloads.delete(id);
  }

  getPreloadScripts(): readonly (PreloadScript & { readonly type: 'frame' })[] {
    return [...this.#preloads.values()].map((script) => ({ ...script, type: 'frame' }));
  }

  /** Electron grants what nobody refuses. */
  async standInAsk(sender: object, permission: string, url: string): Promise<boolean> {
    const origin = new URL(url).origin;
    const checked: unknown =
      this.#mayHave === null || Reflect.apply(this.#mayHave, undefined, [sender, permission, origin, {}]);
    if (checked !== true) return false;
    const ask = this.#mayAsk;
    if (ask === null) return true;
    const details = { requestingUrl: url, isMainFrame: true };
    return new Promise((resolve) => {
      Reflect.apply(ask, undefined, [sender, permission, resolve, details]);
    });
  }

  /** Answers a page's request as the app wants it answered; the address is in the app's own form. */
  async standInAnswer(request: PageRequest, contentsId: number): Promise<PageReply> {
    const redirect = await this.#rawWebRequest.standInBefore(request, contentsId);
    if (redirect !== null) return redirect;
    const handler = this.#rawProtocol.standInHandler(request.url);
    if (handler === undefined) {
      return /^(https?|data|blob|file):/.test(request.url) ? { do: 'continue' } : { do: 'abort', reason: 'failed' };
    }
    const response = await handler(new Request(request.url, initOf(request)));
    const headers = Object.fromEntries(response.headers);
    const kept = await this.#rawWebRequest.standInReceived(request, contentsId, headers, response.status);
    return {
      do: 'fulfill',
      status: response.status,
      headers: toPage(kept),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
}

const proxied = new WeakMap<object, object>();

function guardedPart<T extends object>(raw: T): T {
  const known = proxied.get(raw) ?? guard(raw.constructor.name.replace('StandIn', ''), raw);
  proxied.set(raw, known);
  return known as T;
}

function initOf({ method, headers, body }: PageRequest): RequestInit {
  const referrer = headers.referer;
  const own = { ...headers, ...(referrer === undefined ? {} : { referer: fromWeb(referrer) }) };
  return { method, headers: own, ...(body === null ? {} : { body: Buffer.from(body) }) };
}

function toPage(headers: Record<string, string>): Record<string, string> {
  const policies = Object.entries(headers).map(([name, value]) =>
    /^content-security-policy/i.test(name) ? [name, policyToWeb(value)] : [name, value],
  );
  return Object.fromEntries(policies) as Record<string, string>;
}

const partitions = new Map<string, StandInSession>();

function makeSession(persistent: boolean): StandInSession {
  const made = guard('session', new StandInSession(persistent));
  app.emit('session-created', made);
  return made;
}

let standard: StandInSession | null = null;

export const session = guard('session', {
  get defaultSession(): StandInSession {
    if (!app.isReady()) refuse('Session can only be received when app is ready');
    return (standard ??= makeSession(true));
  },
  fromPartition: (partition: string): StandInSession => {
    if (!app.isReady()) refuse('Session can only be received when app is ready');
    const made = partitions.get(partition) ?? makeSession(partition.startsWith('persist:'));
    partitions.set(partition, made);
    return made;
  },
});

const early = new StandInProtocol();

/** `protocol` of the module: privileges before the app is ready, the default session's handlers after it. */
export const protocol = guard('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly Electron.CustomScheme[]) =>
    early.registerSchemesAsPrivileged(schemes),
  handle: (scheme: string, handler: Handler) => session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme: string) => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => session.defaultSession.protocol.isProtocolHandled(scheme),
});

export const Session = guardClass('Session', StandInSession);
