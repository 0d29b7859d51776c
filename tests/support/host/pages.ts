import type { Browser, BrowserContext, CDPSession, Page, Request, Route } from '@playwright/test';
import type { AppCalls, NewPage, PageCalls, PageReply, PageRequest } from './wire.ts';

interface Opened {
  readonly page: Page;
  readonly cdp: CDPSession;
}

const isWeb = (url: string): boolean => /^https?:/.test(url);

/** The windows of one app process under the stand-in: pages in a Chromium context of their own. */
export class Pages implements PageCalls {
  /** What the stand-in could not vouch for, in words. */
  readonly problems: string[] = [];
  readonly #browser: Browser;
  readonly #app: () => AppCalls;
  readonly #opened = new Map<number, Promise<Opened>>();
  readonly #whenReady = Promise.withResolvers<undefined>();
  #context: Promise<BrowserContext> | null = null;
  #colorScheme: 'light' | 'dark' = 'light';
  #clipboard: string | null = null;
  #closed = false;

  constructor(browser: Browser, app: () => AppCalls) {
    this.#browser = browser;
    this.#app = app;
  }

  /** Resolves when the app said that it is ready. */
  whenReady(): Promise<undefined> {
    return this.#whenReady.promise;
  }

  /** The window opened last, null when none is open. */
  async newest(): Promise<Page | null> {
    const latest = [...this.#opened.values()].at(-1);
    return latest === undefined ? null : (await latest).page;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#opened.clear();
    await (await this.#context)?.close();
  }

  ready(): Promise<void> {
    this.#whenReady.resolve(undefined);
    return Promise.resolve();
  }

  problem(text: string): Promise<void> {
    this.problems.push(text);
    return Promise.resolve();
  }

  async openPage(id: number, options: NewPage): Promise<void> {
    const opening = this.#open(id, options);
    this.#opened.set(id, opening);
    await opening;
  }

  async navigate(id: number, url: string): Promise<string | null> {
    const { page } = await this.#get(id);
    return page.goto(url).then(
      () => null,
      (problem: unknown) => String(problem),
    );
  }

  async evaluate(id: number, expression: string): Promise<unknown> {
    const { cdp } = await this.#get(id);
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  async reload(id: number): Promise<void> {
    await (await this.#get(id)).page.reload();
  }

  async closePage(id: number): Promise<void> {
    const { page } = await this.#get(id);
    this.#opened.delete(id);
    await page.close();
  }

  async resize(id: number, width: number, height: number): Promise<void> {
    await (await this.#get(id)).page.setViewportSize({ width, height });
  }

  async setColorScheme(colorScheme: 'light' | 'dark'): Promise<void> {
    this.#colorScheme = colorScheme;
    for (const opened of this.#opened.values()) await (await opened).page.emulateMedia({ colorScheme });
  }

  /** Chromium's own clipboard follows the app's, so that Ctrl+V in a page pastes what the desktop would. */
  async setClipboard(text: string): Promise<void> {
    this.#clipboard = text;
    for (const id of this.#opened.keys()) await this.#pasteable(id);
  }

  #get(id: number): Promise<Opened> {
    const opened = this.#opened.get(id);
    return opened ?? Promise.reject(new Error(`There is no page ${String(id)}.`));
  }

  async #pasteable(id: number): Promise<void> {
    if (this.#clipboard === null) return;
    await this.evaluate(id, `navigator.clipboard.writeText(${JSON.stringify(this.#clipboard)})`);
  }

  #ensureContext(): Promise<BrowserContext> {
    this.#context ??= this.#browser
      .newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
      .then(async (context) => {
        // Pages of the app have a route of their own; what is left belongs to windows that pages opened by themselves.
        await context.route(
          () => true,
          (route) => route.abort('blockedbyclient'),
        );
        context.on('page', (page) => void this.#closeForeign(page));
        return context;
      });
    return this.#context;
  }

  /** A window that a page opened by itself: the app was asked (see #listen), and the stand-in opens none. */
  async #closeForeign(page: Page): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values());
    const isOwn = opened.some((each) => each.status === 'fulfilled' && each.value.page === page);
    if (!isOwn && !this.#closed) await page.close();
  }

  async #open(id: number, options: NewPage): Promise<Opened> {
    const context = await this.#ensureContext();
    const page = await context.newPage();
    await page.route(
      () => true,
      (route) => this.#route(id, route),
    );
    await page.setViewportSize({ width: options.width, height: options.height });
    await page.emulateMedia({ colorScheme: this.#colorScheme });
    const cdp = await context.newCDPSession(page);
    this.#listen(id, page, cdp, options.binding);
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    await cdp.send('Runtime.addBinding', { name: options.binding });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: options.script });
    return { page, cdp };
  }

  #listen(id: number, page: Page, cdp: CDPSession, binding: string): void {
    const tell = (told: (app: AppCalls) => Promise<unknown>): void => {
      // The app may be killed at any moment; then there is nobody left to be told.
      if (!this.#closed) void told(this.#app()).catch(() => undefined);
    };
    cdp.on('Runtime.bindingCalled', (call) => {
      if (call.name === binding) tell((app) => app.message(id, call.payload));
    });
    cdp.on('Page.windowOpen', (opening) => {
      tell((app) => app.opened(id, opening.url, opening.windowFeatures.join(',')));
    });
    cdp.on('Page.frameRequestedNavigation', (asked) => {
      if (asked.disposition === 'currentTab' && !isWeb(asked.url)) tell((app) => app.wantsToLeave(id, asked.url));
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) tell((app) => app.navigated(id, frame.url + (frame.urlFragment ?? ''), false));
    });
    cdp.on('Page.navigatedWithinDocument', ({ url }) => {
      tell((app) => app.navigated(id, url, true));
    });
    cdp.on('Page.loadEventFired', () => {
      tell((app) => app.loaded(id));
    });
    page.on('console', (said) => {
      tell((app) => app.consoleSaid(id, said.type(), said.text()));
    });
    page.on('pageerror', (problem) => {
      tell((app) => app.consoleSaid(id, 'error', `Uncaught ${problem.stack ?? problem.message}`));
    });
    page.on('download', (download) => {
      tell((app) => app.downloads(id, download.url(), download.suggestedFilename()));
      void download.cancel();
    });
    page.on('crash', () => {
      tell((app) => app.crashed(id));
    });
  }

  async #route(id: number, route: Route): Promise<void> {
    const answering = this.#app().request(id, describe(route.request()));
    await carryOut(route, await answering.catch((): PageReply => ({ do: 'abort', reason: 'failed' })));
  }
}

function describe(request: Request): PageRequest {
  const frame = request.isNavigationRequest() ? request.frame() : null;
  return {
    url: request.url(),
    method: request.method(),
    headers: request.headers(),
    body: request.postDataBuffer(),
    resourceType: request.resourceType(),
    navigation: frame === null ? null : frame.parentFrame() === null ? 'main-frame' : 'sub-frame',
  };
}

async function carryOut(route: Route, reply: PageReply): Promise<void> {
  const done =
    reply.do === 'continue'
      ? route.continue()
      : reply.do === 'abort'
        ? route.abort(reply.reason)
        : route.fulfill({ status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) });
  // A page that was closed or left meanwhile no longer waits for its answer.
  await done.catch(() => undefined);
}
