import type { Page } from '@playwright/test';
import { startPracticeServer } from '../../electron/practice/server.ts';
import type { App } from '../support/host/app.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import {
  connectButton,
  connectTo,
  expectLaunch,
  fillIn,
  problem,
  serverField,
  tokenField,
} from './support/connect-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { startListeningHop } from './support/listening-hop.ts';
import { expectSheet } from './support/result-view.ts';
import { FILE, HARBOUR, HILLS } from './support/samples.ts';
import { menuLabels } from './support/tray.ts';
import { documentOf, filesOf, heapOf, placesOf, trafficOf } from './support/traces.ts';

/** A token that the server refuses, a right one, runs that lose a file, are well, and fail. */
async function useTheApp(
  app: App,
  page: Page,
  origin: string,
  tokens: readonly [wrong: string, right: string],
): Promise<void> {
  const [wrong, right] = tokens;
  await fillIn(app, page, origin, wrong);
  await connectButton(page).click();
  await expect(problem(page)).toContainText('The server does not accept this token.');
  await page.getByRole('button', { name: 'Clear' }).click();
  await connectTo(app, { origin, token: right, keep: 'keychain' });
  for (const recipe of ['Image to grey', 'Thumbnail sheet']) {
    await app.dropFiles(page, 'body', [HILLS, HARBOUR]);
    await expect(attachments(page)).toHaveCount(2);
    await run(page, recipe);
    await expect.poll(() => menuLabels(app)).toContain(`${recipe}: done`);
  }
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Thumbnail sheet')).toContainText('Done');
  await goTo(page, 'Launch');
  await run(page, 'Fails half-way', 'hello');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Fails half-way')).toContainText('Failed');
  await openRun(page, 'Thumbnail sheet');
  await expectSheet(page);
}

test('the page, its messages, the disk and the log hold no token, session or file id', async ({
  server,
  faults,
  launchApp,
}) => {
  const other = await startPracticeServer();
  const hop = await startListeningHop(faults.origin);
  // Something for the log.
  faults.fail(FILE, 410, 1);
  const app = await launchApp({ keyring: true });
  const page = await app.window();
  await useTheApp(app, page, hop.origin, [other.token, server.token]);
  const { cookies, fids } = hop;
  expect(cookies.size).toBeGreaterThan(0);
  // Two uploads and what came back of each run.
  expect(fids.size).toBe(7);

  const keys = [server.token, other.token, ...cookies, 'sessionId'];
  const files = await filesOf(app);
  for (const name of ['config.json', 'omnitray.db', 'omnitray.log']) {
    expect(
      files.some(({ place, text }) => place.endsWith(name) && text !== ''),
      name,
    ).toBe(true);
  }
  expect(placesOf(keys, [...files, ...(await trafficOf(app)), await documentOf(page)])).toEqual([]);
  // The list of runs keeps file ids, so that nothing is uploaded twice; nobody else is told them.
  const told = files.filter(({ place }) => !/\.db(-wal|-shm)?$/.test(place));
  expect(placesOf(fids, [...told, ...(await trafficOf(app)), await documentOf(page)])).toEqual([]);

  // A start that finds the token in the keychain, so that even a clipboard never had it.
  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home, keyring: true });
  await again.control.clickTrayItem('Open OmniTray');
  const window = await again.window();
  await expectLaunch(window);
  await run(window, 'Echo', 'hello again');
  await expect.poll(async () => (await again.control.notifications())[0]?.title).toBe('Echo is done');
  await openRun(window, 'Thumbnail sheet');
  await expectSheet(window);
  const heap = await heapOf(window);
  expect(heap.text).toContain('harbour.png');
  const secrets = [server.token, ...cookies, ...fids];
  expect(placesOf(secrets, [heap, await documentOf(window), ...(await trafficOf(again))])).toEqual([]);
  expect(placesOf([server.token, ...cookies], await filesOf(again))).toEqual([]);
  await hop.close();
  await other.close();
});

test('a typed token is sent to the app once to check and once to connect, then removed', async ({
  server,
  launchApp,
}) => {
  const app = await launchApp({ keyring: true });
  const page = await app.window();
  await serverField(page).fill(server.origin);
  await tokenField(page).fill(server.token);
  await expect(page.getByText(/May run every recipe/)).toBeVisible();
  await connectButton(page).click();
  await expectLaunch(page);
  const carriers = (await app.control.ipcTraffic()).filter(({ text }) => text.includes(server.token));
  expect(carriers.map(({ direction, text }) => [direction, (JSON.parse(text) as unknown[])[0]])).toEqual([
    ['to-main', 'connection:inspect-token'],
    ['to-main', 'connection:connect'],
  ]);
  expect(placesOf([server.token], [...(await filesOf(app)), await documentOf(page)])).toEqual([]);
  expect(app.output()).toBe('');
});
