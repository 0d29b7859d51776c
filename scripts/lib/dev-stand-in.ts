import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { ViteDevServer } from 'vite';
import type { App, Host } from '../../tests/support/host/app.ts';
import { openStandIn } from '../../tests/support/host/stand-in-app.ts';
import { hasDisplay } from '../../tests/support/host/which-host.ts';
import type { DevApp } from './dev-loop.ts';
import { findChromium } from './tools.ts';

/** The port on which Chromium's DevTools usually listen. */
const DEBUG_PORT = 9_222;
/** What the page's console says of Vite's updates. */
const UPDATED = /^\[vite\] (?:css )?hot updated: (.+)$/;
/** How often the problems of the stand-in are read, in ms: it collects them for its specs. */
const PROBLEMS_MS = 500;

interface Options {
  readonly server: ViteDevServer;
  /** The home of the app; a restart goes on with its data. */
  readonly home: string;
  /** Files for the draft of the first start. */
  readonly files: readonly string[];
  /** Called when the user quits the app or closes its window. */
  readonly quit: () => void;
}

/**
 * Opens Chromium for the app in the stand-in host (tests/support/host): with a window where there is a display, else one
 * that another browser can look into.
 */
export async function openDevStandIn(options: Options): Promise<DevApp> {
  const headless = !hasDisplay();
  const executablePath = findChromium(!headless);
  if (executablePath === null) throw new Error('Chromium is not installed. Run: npm run test:tools');
  const port = headless ? await freePort(DEBUG_PORT) : 0;
  const host = await openStandIn(chromium, {
    executablePath,
    headless,
    args: headless ? [`--remote-debugging-port=${port}`] : [],
    // By default Playwright ends this process at once.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  if (headless) console.log(`To see and use the page, open chrome://inspect in Chrome, Configure, 127.0.0.1:${port}`);
  return new StandInDevApp(host, options);
}

class StandInDevApp implements DevApp {
  readonly #host: Host;
  readonly #options: Options;
  #app: App | null = null;
  #ended = false;

  constructor(host: Host, options: Options) {
    this.#host = host;
    this.#options = options;
    setInterval(() => {
      for (const problem of this.#app?.takeProblems() ?? []) console.log(`Problem: ${problem}`);
    }, PROBLEMS_MS).unref();
  }

  async start(): Promise<void> {
    const { server, home, files } = this.#options;
    const isFirst = this.#app === null;
    await this.#kill();
    const connected = connectionTo(server);
    const env = { ELECTRON_RENDERER_URL: server.resolvedUrls?.local[0] ?? '' };
    try {
      this.#app = await this.#host.launch({ home, env, args: isFirst ? ['--practice', ...files] : ['--practice'] });
      this.#follow(this.#app, await this.#app.window());
      const log = join(home, 'data/logs/main.log');
      // Only now a change of the page reaches it.
      void connected.then(() =>
        console.log(isFirst ? `The page is open. Log: ${log}` : 'The main process was restarted.'),
      );
    } catch (failure) {
      console.log(`The app does not start. It starts again after the next change.\n${String(failure)}`);
    }
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#kill();
    await this.#host.close();
  }

  /** Ends the app as a crash would, which loses nothing, and waits until its pages are closed. */
  async #kill(): Promise<void> {
    if (this.#app?.isRunning() === true) await this.#app.kill();
    await this.#app?.ended();
  }

  #follow(app: App, page: Page): void {
    const quit = (): void => {
      if (!this.#ended) this.#options.quit();
    };
    page.on('console', (message) => {
      const file = UPDATED.exec(message.text())?.[1];
      if (file !== undefined) console.log(`The page was updated: ${file}`);
      // A failed request is not named by its message, and requests also fail while the app restarts.
      else if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        console.log(`The page reports: ${message.text()}`);
    });
    page.on('pageerror', (error) => console.log(`The page reports: ${error.message}`));
    page.on('load', () => console.log('The page was reloaded.'));
    page.on('close', () => {
      if (app.isRunning()) quit();
    });
    void app.ended().then((code) => {
      if (code === 0) quit();
      else if (code !== null)
        console.log(`The main process ended with ${code}. It starts again after the next change.`);
    });
  }
}

/** Resolves when a page connects to Vite. */
const connectionTo = (server: ViteDevServer): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      server.ws.off('connection', done);
      resolve();
    };
    server.ws.on('connection', done);
  });

/** The port, or another one where it is taken. */
async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort(0);
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
