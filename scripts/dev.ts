/**
 * `npm run dev`: the app on its practice server, with live reload. Svelte and CSS files are replaced in the open page, other
 * files of the page reload it, and the rest restarts the main process. Where Electron cannot run, the page opens in
 * Chromium (lib/dev-stand-in.ts). Ctrl+C ends everything.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { develop, type DevApp } from './lib/dev-loop.ts';
import { openDevStandIn } from './lib/dev-stand-in.ts';
import { findElectron } from './lib/electron.ts';

const root = join(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'omnitray-dev-'));

/** The app on real Electron. Unlike `electron-vite dev`, it waits for the old process, which holds the single-instance lock. */
class ElectronDevApp implements DevApp {
  readonly #path: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #quit: () => void;
  #child: ChildProcess | null = null;

  constructor(path: string, server: ViteDevServer, quit: () => void) {
    this.#path = path;
    this.#env = { OMNITRAY_HOME: home, ...process.env, ELECTRON_RENDERER_URL: server.resolvedUrls?.local[0] };
    this.#quit = quit;
  }

  async start(): Promise<void> {
    const isFirst = this.#child === null;
    await this.end();
    this.#child = spawn(this.#path, [root, '--practice'], { stdio: 'inherit', env: this.#env });
    this.#child.once('exit', (code) => {
      if (code === 0) this.#quit();
      else if (code !== null)
        console.log(`The main process ended with ${code}. It starts again after the next change.`);
    });
    console.log(isFirst ? 'The app is open.' : 'The main process was restarted.');
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const exit = once(child, 'exit');
    // As a crash would: the app keeps everything.
    child.kill('SIGKILL');
    await exit;
  }
}

const electron =
  process.env.OMNITRAY_E2E_HOST === 'stand-in' ? { why: 'OMNITRAY_E2E_HOST asks for the stand-in.' } : findElectron();
if ('why' in electron) console.log(`${electron.why} The page opens in Chromium instead.`);
const files = ['hills.png', 'harbour.png'].map((name) => join(root, 'resources/samples', name));
try {
  await develop(root, async (server, quit) =>
    'path' in electron
      ? new ElectronDevApp(electron.path, server, quit)
      : openDevStandIn({ server, home, files, quit }),
  );
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
