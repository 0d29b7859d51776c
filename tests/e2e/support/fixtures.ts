import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import type { PracticeServer } from '../../../electron/practice/server.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import type { FaultProxy } from '../../support/fault-proxy.ts';
import type { App } from '../../support/host/app.ts';
import { test as base } from '../../support/host/launch.ts';
import { connectAtOnce } from './connect-view.ts';

export { expect } from '../../support/host/launch.ts';

declare global {
  interface Window {
    /** What the app gives its page, for the few specs that are about just that. */
    readonly omnitray: Bridge;
  }
}

/** A running app and its window. */
interface Opened {
  readonly app: App;
  readonly page: Page;
}

interface Fixtures {
  /** A folder of the test's own, for files to drop and places to save to. */
  readonly scratch: string;
  /** Generated recipes beside the usual ones. */
  readonly moreRecipes: number;
  readonly server: PracticeServer;
  /** A real hop in front of `server` where things can go wrong. */
  readonly faults: FaultProxy;
  /** The app, connected to `server` by way of `faults` without a keychain, showing Launch. */
  readonly connected: Opened;
  /** The same with a keychain of its own, so that a restart finds the token. */
  readonly connectedForGood: Opened;
}

export const test = base.extend<Fixtures>({
  scratch: async ({ host }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `omnitray-${host.name}-`));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  },
  moreRecipes: [0, { option: true }],
  server: async ({ scratch, moreRecipes }, use) => {
    const server = await startPracticeServer({ port: 0, folder: join(scratch, 'server'), moreRecipes });
    await use(server);
    await server.close();
  },
  faults: async ({ server }, use) => {
    const faults = await startFaultProxy(server.origin);
    await use(faults);
    await faults.close();
  },
  connected: async ({ server, faults, launchApp }, use) => {
    const app = await launchApp();
    await use({ app, page: await connectAtOnce(app, { origin: faults.origin, token: server.token, keep: 'session' }) });
  },
  connectedForGood: async ({ server, faults, launchApp }, use) => {
    const app = await launchApp({ keyring: true });
    await use({
      app,
      page: await connectAtOnce(app, { origin: faults.origin, token: server.token, keep: 'keychain' }),
    });
  },
});
