import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserType, Page } from '@playwright/test';
import { chromiumFlags, findChromium } from '../../../scripts/lib/tools.ts';
import type { App, Host, LaunchOptions, SecondInstance } from './app.ts';
import { dragLeave, dragOver, drop, fileKeys, type Dragged, type Point } from './drag.ts';
import { homeEnv } from './home.ts';
import { Line } from './line.ts';
import { Pages } from './pages.ts';
import { remoteControl, type StandInControl } from './recorder.ts';
import { until } from './until.ts';
import { PROJECT } from './which-host.ts';
import type { AppCalls } from './wire.ts';

type Options = LaunchOptions & { readonly home: string };

/** How long an app may take to be ready, to show a window, or to end when it was told to. */
const PATIENCE_MS = 30_000;

/** Node 24, which strips types: this process's own, or the project's where the specs run on another. */
const NODE =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : join(PROJECT, 'node_modules/node/bin/node');

/** The stand-in and the app are compiled once for all specs. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'omnitray-e2e-cache');

interface Running {
  readonly child: ChildProcess;
  readonly line: Line<AppCalls>;
  readonly pages: Pages;
  readonly exited: Promise<number | null>;
  output(): string;
}

function run(browser: Browser, options: Options, cwd: string): Running {
  const start = join(import.meta.dirname, 'stand-in/start.ts');
  const child = fork(start, [options.app ?? PROJECT, ...(options.args ?? [])], {
    cwd,
    env: { ...homeEnv(options.home, options), NODE_COMPILE_CACHE, ...options.env },
    execPath: NODE,
    execArgv: [],
    serialization: 'advanced',
    silent: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const pages: Pages = new Pages(browser, () => line.there);
  const line = new Line<AppCalls>(child, pages);
  // 'close' comes after the last of its output. Windows die with their process.
  const exited = once(child, 'close').then(async ([code]) => {
    line.close();
    await pages.close();
    return code as number | null;
  });
  return { child, line, pages, exited, output: () => output };
}

class StandInApp implements App {
  readonly host = 'stand-in';
  readonly home: string;
  readonly control;
  readonly #browser: Browser;
  readonly #options: Options;
  readonly #running: Running;

  constructor(browser: Browser, options: Options, running: Running) {
    this.home = options.home;
    this.control = remoteControl<StandInControl>((method, args) => running.line.there.control(method, args));
    this.#browser = browser;
    this.#options = options;
    this.#running = running;
  }

  async window(): Promise<Page> {
    const page = await until(
      () => this.#running.pages.newest(),
      PATIENCE_MS,
      () => `No window came up.\n${this.output()}`,
    );
    await page.waitForURL((url) => url.protocol !== 'about:');
    await page.waitForLoadState('load');
    return page;
  }

  async drop(page: Page, where: Point, dragged: Dragged): Promise<void> {
    if ('files' in dragged) await this.control.tellFiles(fileKeys(dragged.files));
    await drop(page, where, dragged);
  }

  dropFiles(page: Page, where: Point, files: readonly string[]): Promise<void> {
    return this.drop(page, where, { files });
  }

  dragOver(page: Page, where: Point, dragged: Dragged): Promise<void> {
    return dragOver(page, where, dragged);
  }

  dragLeave(page: Page): Promise<void> {
    return dragLeave(page);
  }

  async startSecondInstance(args: readonly string[], cwd = this.home): Promise<SecondInstance> {
    const second = run(this.#browser, { ...this.#options, args }, cwd);
    const stillThere = setTimeout(() => second.child.kill('SIGKILL'), PATIENCE_MS);
    const exitCode = await second.exited;
    clearTimeout(stillThere);
    this.#running.pages.problems.push(...second.pages.problems);
    return { exitCode, output: second.output() };
  }

  async kill(): Promise<void> {
    this.#running.child.kill('SIGKILL');
    await this.#running.exited;
  }

  async quit(): Promise<number | null> {
    await this.control.quit();
    const stillThere = setTimeout(() => {
      this.#running.pages.problems.push('The app did not end after Quit.');
      this.#running.child.kill('SIGKILL');
    }, PATIENCE_MS);
    const code = await this.#running.exited;
    clearTimeout(stillThere);
    return code;
  }

  ended(): Promise<number | null> {
    return this.#running.exited;
  }

  isRunning(): boolean {
    return this.#running.child.exitCode === null && this.#running.child.signalCode === null;
  }

  output(): string {
    return this.#running.output();
  }

  takeProblems(): readonly string[] {
    return this.#running.pages.problems.splice(0);
  }
}

type BrowserOptions = NonNullable<Parameters<BrowserType['launch']>[0]>;

/** The stand-in: the app's own main file on Node, its windows in a Chromium that this process owns. */
export async function openStandIn(chromium: BrowserType, own: BrowserOptions = {}): Promise<Host> {
  const executablePath = own.executablePath ?? findChromium();
  if (executablePath === null) throw new Error('The e2e stand-in needs Chromium. Run: npm run test:tools');
  // Chromium reads file names by its locale: in the plain C one it loses dropped files with letters beyond ASCII.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const browser = await chromium.launch({
    ...own,
    executablePath,
    args: [...chromiumFlags(), ...(own.args ?? [])],
    env,
  });
  return {
    name: 'stand-in',
    launch: async (options) => {
      const running = run(browser, options, options.home);
      const ready = await Promise.race([
        running.pages.whenReady().then(() => true),
        running.exited.then(() => false),
        late(),
      ]);
      const app = new StandInApp(browser, options, running);
      if (ready === true) return app;
      await app.kill();
      throw new Error(
        `The app ${ready === null ? 'was not ready in time' : 'ended before it was ready'}.\n${app.output()}`,
      );
    },
    close: () => browser.close(),
  };
}

const late = (): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS, null).unref();
  });
