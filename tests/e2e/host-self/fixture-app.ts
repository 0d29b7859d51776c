import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '../../support/host/app.ts';
import { test as base } from '../../support/host/launch.ts';
import { PROJECT } from '../../support/host/which-host.ts';

export { expect } from '../../support/host/launch.ts';

export const FIXTURE_APP = join(PROJECT, 'tests/support/host/fixture-app');

/** What the fixture app's page is given by its preload script. */
interface Fixture {
  invoke(channel: string, ...args: readonly unknown[]): Promise<unknown>;
}

declare global {
  interface Window {
    readonly fixture: Fixture & { send(channel: string, ...args: readonly unknown[]): void };
    readonly moduleRan?: boolean;
    readonly inlineRan?: boolean;
    readonly told?: readonly unknown[];
  }
}

interface Heard {
  readonly what: string;
  readonly facts: readonly unknown[];
}

/** Calls the fixture app's main process from its page. */
export const invoke = (page: Page, channel: string, ...args: readonly unknown[]): Promise<unknown> =>
  page.evaluate(([name, values]) => window.fixture.invoke(name, ...values), [channel, args] as const);

/** Everything of a kind that the fixture app's main process heard. */
export async function heard(page: Page, what: string): Promise<readonly (readonly unknown[])[]> {
  const all = (await invoke(page, 'heard')) as readonly Heard[];
  return all.filter((each) => each.what === what).map((each) => each.facts);
}

interface Fixtures {
  readonly app: App;
  readonly page: Page;
}

/** The fixture app, started, and its window. */
export const test = base.extend<Fixtures>({
  app: async ({ launchApp }, use) => {
    await use(await launchApp({ app: FIXTURE_APP }));
  },
  page: async ({ app }, use) => {
    await use(await app.window());
  },
});
