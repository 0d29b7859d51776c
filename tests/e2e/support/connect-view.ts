import type { Locator, Page } from '@playwright/test';
import type { App } from '../../support/host/app.ts';
import { expect } from '../../support/host/launch.ts';

export const serverField = (page: Page): Locator => page.getByLabel('Server', { exact: true });
export const tokenField = (page: Page): Locator => page.getByLabel('Token', { exact: true });
export const connectButton = (page: Page): Locator => page.getByRole('button', { name: 'Connect', exact: true });
export const keepForSession = (page: Page): Locator => page.getByRole('button', { name: 'Keep for this session only' });
/** Why the last try to connect failed, with its one action. */
export const problem = (page: Page): Locator => page.getByRole('alert');

/** The Connect view, filled in as a person does: the address typed, the token copied in Omnitool and pasted. */
export async function fillIn(app: App, page: Page, origin: string, token: string): Promise<void> {
  await serverField(page).fill(origin);
  await app.control.writeClipboard(token);
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(page.getByText('Token from the clipboard')).toBeVisible();
}

export interface ServerToUse {
  readonly origin: string;
  readonly token: string;
  /** `session` expects that there is no keychain, `keychain` that there is one. */
  readonly keep: 'session' | 'keychain';
}

/** From the first start to the recipes of a server. Returns the window's page. */
export async function connectTo(app: App, { origin, token, keep }: ServerToUse): Promise<Page> {
  const page = await app.window();
  await fillIn(app, page, origin, token);
  await connectButton(page).click();
  if (keep === 'session') await keepForSession(page).click();
  await expectLaunch(page);
  return page;
}

/** The same by the one call that the form makes in the end: for specs that are about what comes after. */
export async function connectAtOnce(app: App, { origin, token, keep }: ServerToUse): Promise<Page> {
  const page = await app.window();
  await expect(serverField(page)).toBeVisible();
  const connected = await page.evaluate((request) => window.omnitray.call('connection:connect', request), {
    address: origin,
    token: { from: 'typed' as const, token },
    keep,
    allowInsecure: false,
  });
  expect(connected.ok).toBe(true);
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await expectLaunch(page);
  return page;
}

/** The Launch view of a server that is there, with its recipes. */
export async function expectLaunch(page: Page): Promise<void> {
  await expect(page.getByRole('option').first()).toBeVisible();
}
