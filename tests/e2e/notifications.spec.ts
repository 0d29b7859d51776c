import type { PracticeServer } from '../../electron/practice/server.ts';
import type { App } from '../support/host/app.ts';
import { expect, test } from './support/fixtures.ts';
import { run } from './support/launch-view.ts';
import { EXEC } from './support/samples.ts';

const titles = async (app: App): Promise<readonly string[]> =>
  (await app.control.notifications()).map(({ title }) => title);

/** As another client of the same user does. */
async function startExternalJob(server: PracticeServer, name: string, text: string): Promise<void> {
  const recipe = server.recipes.find((each) => each.name === name);
  const reply = await fetch(`${server.origin}/api/v1/workflow/exec`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ workflow: recipe?.id, args: { text } }),
  });
  expect(reply.status).toBe(200);
}

test('each notification of an external job opens its own job, also after a later notification', async ({
  connected: { app, page },
  server,
}) => {
  await page.evaluate(() => window.omnitray.call('settings:change', { notifyElsewhere: true }));
  await startExternalJob(server, 'Word count', 'one two');
  await expect.poll(() => titles(app)).toEqual(['Word count is done']);
  await startExternalJob(server, 'Fails half-way', 'x');
  await expect.poll(() => titles(app)).toEqual(['Word count is done', 'Fails half-way has failed']);
  await app.control.collectGarbage();
  for (const [position, recipe] of ['Word count', 'Fails half-way'].entries()) {
    await app.control.clickNotification(position);
    await expect(page.getByRole('listitem').filter({ hasText: recipe })).toBeFocused();
  }
});

test('the notification of a needed token opens the field for it', async ({ connected: { app, page }, faults }) => {
  faults.fail(EXEC, 401);
  await app.control.blurWindow(0);
  await run(page, 'Echo', 'hello');
  await expect.poll(() => titles(app)).toEqual([`${new URL(faults.origin).host} needs a new token`]);
  await app.control.clickNotification(0);
  await expect(page.getByRole('heading', { name: /^New token for / })).toBeVisible();
});

test('a click on a notification of an earlier session starts the app and opens its subject', async ({
  connected: { app, page },
  launchApp,
}) => {
  await run(page, 'Echo', 'hello');
  await expect.poll(() => titles(app)).toEqual(['Echo is done']);
  const view = await page.evaluate(() => window.omnitray.call('app:view'));
  const runId = view.ok ? (view.value.runs[0]?.id ?? '') : '';
  await app.quit();
  const again = await launchApp({ home: app.home, args: ['--at-login'], clicked: `run.${runId}` });
  const next = await again.window();
  await expect(next.getByRole('heading', { name: 'Echo', level: 1 })).toBeVisible();
  await again.quit();
  // One that nobody knows any more leads to the list, and one that is not ours starts the app as always.
  const gone = await launchApp({ home: app.home, args: ['--at-login'], clicked: `run.${crypto.randomUUID()}` });
  await expect((await gone.window()).getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await gone.quit();
  const odd = await launchApp({ home: app.home, args: ['--at-login'], clicked: 'run.../../etc/passwd' });
  await expect.poll(() => odd.control.trayTooltip()).toContain('OmniTray');
  expect(await odd.control.windows()).toEqual([]);
});
