import { test as base } from '@playwright/test';
import type { App, Host, LaunchOptions } from './app.ts';
import { startPrivateKeyring, type PrivateKeyring } from '../keyring.ts';
import { makeHome, removeHome } from './home.ts';
import { openHost } from './open-host.ts';

type LaunchApp = (options?: LaunchOptions) => Promise<App>;

interface TestFixtures {
  /** Starts the app in a home of its own (or one from before). All is gone when the test is over. */
  readonly launchApp: LaunchApp;
}

interface WorkerFixtures {
  readonly host: Host;
}

/** What one test started. */
class Launched {
  readonly apps: App[] = [];
  readonly #homes = new Set<string>();
  readonly #keyrings = new Map<string, PrivateKeyring>();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async launch(options: LaunchOptions): Promise<App> {
    const home = options.home ?? makeHome();
    this.#homes.add(home);
    const env = options.keyring === true ? { ...(await this.#keyring(home)), ...options.env } : options.env;
    const app = await this.#host.launch({ ...options, home, ...(env === undefined ? {} : { env }) });
    this.apps.push(app);
    return app;
  }

  /** What an app of that home needs to find its keyring, which outlives the app. */
  async #keyring(home: string): Promise<Readonly<Record<string, string>>> {
    const keyring = this.#keyrings.get(home) ?? (await startPrivateKeyring());
    this.#keyrings.set(home, keyring);
    return { DBUS_SESSION_BUS_ADDRESS: keyring.env.DBUS_SESSION_BUS_ADDRESS };
  }

  async end(): Promise<void> {
    for (const app of this.apps) if (app.isRunning()) await app.kill();
    for (const keyring of this.#keyrings.values()) await keyring.stop();
    for (const home of this.#homes) removeHome(home);
  }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: [
    async ({ playwright }, use) => {
      const host = await openHost(playwright);
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  launchApp: async ({ host }, use, info) => {
    const launched = new Launched(host);
    await use((options = {}) => launched.launch(options));
    const problems = launched.apps.flatMap((app) => app.takeProblems());
    if (info.status !== info.expectedStatus || problems.length > 0) {
      for (const [place, app] of launched.apps.entries()) {
        await info.attach(`app-output-${String(place + 1)}.txt`, { body: app.output(), contentType: 'text/plain' });
      }
    }
    await launched.end();
    if (problems.length > 0) throw new Error(`The host cannot vouch for this run:\n${problems.join('\n')}`);
  },
});

export { expect } from '@playwright/test';
