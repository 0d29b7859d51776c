import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FaultProxy } from '../support/fault-proxy.ts';
import type { App } from '../support/host/app.ts';
import { UNTIL_FINISHED } from '../support/test-core.ts';
import { expect, test } from './support/fixtures.ts';
import { run } from './support/launch-view.ts';
import { EXEC, HILLS, UPLOAD } from './support/samples.ts';
import { menuLabels } from './support/tray.ts';

const execs = (faults: FaultProxy): number => faults.seen.filter((route) => route === EXEC).length;

/** Waits for the notice of a start that has no window, and opens what it is about. */
async function openFromNotice(app: App, title: string): Promise<void> {
  await expect
    .poll(async () => (await app.control.notifications()).map((notice) => notice.title), { timeout: 30_000 })
    .toEqual([title]);
  await app.control.clickNotification(0);
}

test('a run survives a kill while it runs', async ({ connectedForGood: { app, page }, faults, launchApp, server }) => {
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  await app.kill();
  const again = await launchApp({ home: app.home, keyring: true });
  server.finishWaits();
  await openFromNotice(again, 'Slow steps is done');
  await expect((await again.window()).getByText(/^Finished \d+ steps/)).toBeVisible();
  expect(execs(faults)).toBe(1);
});

test('a run survives a kill while its files are sent', async ({
  connectedForGood: { app, page },
  faults,
  launchApp,
}) => {
  faults.fail(UPLOAD, 'hang');
  await app.dropFiles(page, 'body', [HILLS]);
  await run(page, 'Hash files');
  await expect.poll(() => menuLabels(app)).toContain('Hash files: sending');
  await app.kill();
  faults.heal();
  const again = await launchApp({ home: app.home, keyring: true });
  await openFromNotice(again, 'Hash files is done');
  await expect((await again.window()).getByRole('article').filter({ hasText: 'hills.png' }).first()).toBeVisible();
  expect(execs(faults)).toBe(1);
});

test('a run that ended while the app was closed is collected at the next start', async ({
  connectedForGood: { app, page },
  faults,
  launchApp,
  server,
}) => {
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await expect.poll(() => execs(faults)).toBe(1);
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  expect(await app.quit()).toBe(0);
  server.finishWaits();
  const again = await launchApp({ home: app.home, keyring: true });
  await openFromNotice(again, 'Slow steps is done');
  expect(execs(faults)).toBe(1);
});

test('a start without a reply before the kill is unconfirmed and not sent again', async ({
  connectedForGood: { app, page },
  faults,
  launchApp,
}) => {
  faults.fail(EXEC, 'hang');
  await run(page, 'Echo', 'hello');
  await expect.poll(() => menuLabels(app)).toContain('Echo: starting');
  await app.kill();
  faults.heal();
  const again = await launchApp({ home: app.home, keyring: true });
  await expect.poll(() => menuLabels(again)).toContain('Echo: unconfirmed');
  await expect.poll(() => again.control.trayTooltip()).toContain('Connected to');
  await again.control.clickTrayItem('Echo: unconfirmed');
  const window = await again.window();
  await window.getByRole('button', { name: 'Give up' }).click();
  await expect.poll(() => menuLabels(again)).toContain('Echo: failed');
  expect(execs(faults)).toBe(0);
});

test('a failed app start shows the error and ends, and the next one succeeds', async ({ launchApp }) => {
  const app = await launchApp();
  await app.window();
  expect(await app.quit()).toBe(0);
  const database = new DatabaseSync(join(app.home, 'data/omnitray.db'));
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  database.exec('PRAGMA user_version = 9999');
  expect((await app.startSecondInstance([])).exitCode).toBe(1);
  expect(await readFile(join(app.home, 'data/logs/omnitray.log'), 'utf8')).toContain('OmniTray could not start.');
  database.exec(`PRAGMA user_version = ${Number(version)}`);
  database.close();
  const again = await launchApp({ home: app.home });
  await expect((await again.window()).getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
});
