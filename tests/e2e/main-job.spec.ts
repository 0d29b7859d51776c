import type { Page } from '@playwright/test';
import type { App } from '../support/host/app.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expectLaunch } from './support/connect-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run, runButton } from './support/launch-view.ts';
import { expectSheet } from './support/result-view.ts';
import { HARBOUR, HILLS } from './support/samples.ts';

/** Drops both pictures, runs the sheet on them and waits for the notice. */
async function runSheet(app: App, page: Page): Promise<void> {
  await app.dropFiles(page, 'body', [HILLS, HARBOUR]);
  await run(page, 'Thumbnail sheet');
  await expect.poll(() => app.control.notifications()).toHaveLength(1);
}

test('the notification of two dropped pictures opens their contact sheet', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [HILLS, HARBOUR]);
  for (const [name, size] of [
    ['hills.png', 'Image · 7.5 KB'],
    ['harbour.png', 'Image · 3 KB'],
  ] as const) {
    const card = attachments(page, name);
    await expect(card).toContainText(size);
    await expect
      .poll(() => card.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
  }
  await run(page, 'Thumbnail sheet');
  await expect(attachments(page)).toHaveCount(0);
  await expect(runButton(page)).toHaveAccessibleDescription('Add images.');
  await goTo(page, 'Activity');
  await expect(runRows(page)).toContainText('hills.png and 1 more');
  await expect(runRows(page)).toContainText('Done');

  await expect.poll(() => app.control.notifications()).toHaveLength(1);
  const [notice] = await app.control.notifications();
  expect(notice).toMatchObject({ title: 'Thumbnail sheet is done', body: 'hills.png and 1 more: 1 text and 1 file' });
  await app.control.clickNotification(0);
  await expectSheet(page);
});

test('the notification opens the result after the window was closed for a while', async ({
  connected: { app, page },
}) => {
  await runSheet(app, page);
  await app.control.closeWindow(0);
  expect((await app.control.windows()).filter(({ visible }) => visible)).toEqual([]);
  expect(app.isRunning()).toBe(true);
  await app.control.collectGarbage();
  await app.control.clickNotification(0);
  await expect.poll(async () => (await app.control.windows())[0]?.visible).toBe(true);
  await expectSheet(await app.window());
});

test('the result is kept after the app quits', async ({ connectedForGood: { app, page }, launchApp }) => {
  await runSheet(app, page);
  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home, keyring: true });
  await again.control.clickTrayItem('Thumbnail sheet: done');
  await expectSheet(await again.window());
});

test('the result is kept after the app is killed', async ({ connectedForGood: { app, page }, launchApp }) => {
  await runSheet(app, page);
  await app.kill();
  const again = await launchApp({ home: app.home, keyring: true });
  await again.control.clickTrayItem('Open OmniTray');
  const window = await again.window();
  await expectLaunch(window);
  await openRun(window, 'Thumbnail sheet');
  await expectSheet(window);
});
