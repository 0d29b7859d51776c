import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Electron, ElectronApplication, Page } from '@playwright/test';
import type { App, Host, LaunchOptions, SecondInstance } from './app.ts';
import { dragLeave, dragOver, drop, type Dragged, type Point } from './drag.ts';
import { homeEnv } from './home.ts';
import { remoteControl, type HostControl } from './recorder.ts';
import { until } from './until.ts';
import { PROJECT } from './which-host.ts';

type Options = LaunchOptions & { readonly home: string };

const PATIENCE_MS = 30_000;

/** Put in front of the app by Electron's own `-r`. */
const HOOK = join(import.meta.dirname, 'electron-hook.cjs');

const sandboxFlags = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

const argumentsOf = ({ app = PROJECT, args = [] }: Options): string[] => [...sandboxFlags(), '-r', HOOK, app, ...args];

/** A Wayland display is named from XDG_RUNTIME_DIR (libwayland, wl_display_connect), and the home has one of its own. */
function displayEnv(): Readonly<Record<string, string>> {
  const { WAYLAND_DISPLAY: display = '', XDG_RUNTIME_DIR: folder = '' } = process.env;
  return display === '' || folder === '' ? {} : { WAYLAND_DISPLAY: resolve(folder, display) };
}

const envOf = ({ home, env, ...wishes }: Options): Record<string, string> => ({
  ...homeEnv(home, wishes),
  ...displayEnv(),
  ...env,
});

class ElectronApp implements App {
  readonly host = 'electron';
  readonly home: string;
  readonly control;
  readonly #options: Options;
  readonly #binary: string;
  readonly #application: ElectronApplication;
  readonly #exited: Promise<number | null>;
  #output = '';

  constructor(binary: string, options: Options, application: ElectronApplication) {
    this.home = options.home;
    this.#binary = binary;
    this.#options = options;
    this.#application = application;
    this.control = remoteControl<HostControl>((method, args) => this.#call(method, args));
    const child = application.process();
    this.#exited = once(child, 'close').then(([code]) => code as number | null);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  #call(method: string, args: readonly unknown[]): Promise<unknown> {
    return this.#application.evaluate(
      (_electron, call) => {
        const recorder: unknown = Reflect.get(globalThis, '__omnitrayHost');
        const action: unknown = Reflect.get(recorder as object, call.method);
        if (typeof action !== 'function') throw new Error(`The recorder has no ${call.method}.`);
        return Reflect.apply(action, recorder, [...call.args]) as unknown;
      },
      { method, args },
    );
  }

  async window(): Promise<Page> {
    const newest = (): Page | null => this.#application.windows().at(-1) ?? null;
    const page = await until(newest, PATIENCE_MS, () => `No window came up.\n${this.output()}`);
    await page.waitForLoadState('load');
    return page;
  }

  drop(page: Page, where: Point, dragged: Dragged): Promise<void> {
    return drop(page, where, dragged);
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
    const second = spawn(this.#binary, argumentsOf({ ...this.#options, args }), { cwd, env: envOf(this.#options) });
    let output = '';
    for (const stream of [second.stdout, second.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const stillThere = setTimeout(() => second.kill('SIGKILL'), PATIENCE_MS);
    const [exitCode] = (await once(second, 'close')) as [number | null];
    clearTimeout(stillThere);
    return { exitCode, output };
  }

  async kill(): Promise<void> {
    this.#application.process().kill('SIGKILL');
    await this.#exited;
  }

  async quit(): Promise<number | null> {
    await this.control.quit();
    const stillThere = setTimeout(() => this.#application.process().kill('SIGKILL'), PATIENCE_MS);
    const code = await this.#exited;
    clearTimeout(stillThere);
    return code;
  }

  ended(): Promise<number | null> {
    return this.#exited;
  }

  isRunning(): boolean {
    const { exitCode, signalCode } = this.#application.process();
    return exitCode === null && signalCode === null;
  }

  output(): string {
    return this.#output;
  }

  /** Electron vouches for itself. */
  takeProblems(): readonly string[] {
    return [];
  }
}

/** Real Electron, driven by Playwright, with a recorder in front of the app. */
export function openElectron(electron: Electron, binary: string): Host {
  return {
    name: 'electron',
    launch: async (options) => {
      const application = await electron.launch({
        executablePath: binary,
        args: argumentsOf(options),
        cwd: options.home,
        env: envOf(options),
      });
      return new ElectronApp(binary, options, application);
    },
    close: () => Promise.resolve(),
  };
}
