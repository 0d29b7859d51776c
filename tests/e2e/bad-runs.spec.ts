import type { Locator, Page } from '@playwright/test';
import type { App } from '../support/host/app.ts';
import { UNTIL_FINISHED } from '../support/test-core.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { run } from './support/launch-view.ts';
import { EXEC } from './support/samples.ts';
import { menuLabels, trayIcon } from './support/tray.ts';

const outcome = (page: Page): Locator => page.getByRole('region', { name: 'State of the run' });

/** Waits for the one notice and opens its run. */
async function openFromNotice(app: App, page: Page, title: string): Promise<void> {
  await expect.poll(async () => (await app.control.notifications()).map((notice) => notice.title)).toEqual([title]);
  await app.control.clickNotification(0);
  await expect(outcome(page)).toBeVisible();
}

for (const { recipe, label, sentence, next } of [
  {
    recipe: 'Fails half-way',
    label: 'Failed',
    sentence: 'The recipe failed on the server',
    next: 'Look at the recipe in Omnitool, or run it again.',
  },
  {
    recipe: 'Missing block',
    label: 'Failed',
    sentence: 'The recipe failed on the server',
    next: 'Look at the recipe in Omnitool, or run it again.',
  },
  {
    recipe: 'No output',
    label: 'No output',
    sentence: 'Done, and nothing came back: the recipe has no output, and it said nothing in chat.',
    next: 'Add a Recipe Output or a Chat Output block to the recipe in Omnitool.',
  },
] as const) {
  test(`${recipe}: shows ${label} with an explanation and a next step`, async ({ connected: { app, page } }) => {
    await run(page, recipe, 'hello');
    await openFromNotice(app, page, `${recipe}: ${label.toLowerCase()}`);
    await expect(outcome(page)).toContainText(label);
    await expect(outcome(page)).toContainText(sentence);
    await expect(outcome(page)).toContainText(next);
  });
}

test('a recipe that fails after an output shows the output and the error', async ({ connected: { app, page } }) => {
  await run(page, 'Fails after output', 'what came before');
  await openFromNotice(app, page, 'Fails after output: failed');
  await expect(outcome(page)).toContainText('The recipe failed on the server');
  await expect(page.getByRole('article').filter({ hasText: 'what came before' })).toBeVisible();
});

test('a refused start shows the reason and a next step', async ({ connected: { app, page }, faults }) => {
  faults.fail(EXEC, 500);
  await run(page, 'Echo', 'hello');
  await openFromNotice(app, page, 'Echo: failed');
  await expect(outcome(page)).toContainText('The server did not start this recipe.');
  await expect(outcome(page)).toContainText('Open the recipe in Omnitool: it may need blocks that are not installed.');
});

test('a run waits for a server that goes away in the middle', async ({ connected: { app, page }, faults, server }) => {
  const host = new URL(faults.origin).host;
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  faults.fail('', 'cut');
  // The stream that is open tells of the end; what came back cannot be asked for.
  server.finishWaits();
  await expect(page.getByText(`${host} does not answer.`).first()).toBeVisible();
  await expect(page.getByText('Runs wait and continue by themselves.')).toBeVisible();
  await expect.poll(() => app.control.trayTooltip()).toContain(`${host} does not answer`);
  await run(page, 'Echo', 'in the meantime');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo')).toContainText('Waiting');
  await expect(runRows(page, 'Echo')).toContainText('does not answer. This run waits for it.');
  faults.heal();
  await expect(runRows(page, 'Echo')).toContainText('Done', { timeout: 30_000 });
  await expect(runRows(page, 'Slow steps')).toContainText('Done', { timeout: 30_000 });
  await expect.poll(() => app.control.trayTooltip()).toBe(`OmniTray: Connected to ${host}`);
  expect(faults.seen.filter((route) => route === EXEC)).toHaveLength(2);
});

test('a run that a restarted server lost is not shown as done', async ({ connected: { app, page }, server }) => {
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  await server.restart();
  await openFromNotice(app, page, 'Slow steps: lost');
  await expect(outcome(page)).toContainText('The server was restarted or forgot this run before its end was seen.');
});

test('a start with a lost reply continues from the events of its session and is not sent again', async ({
  connected: { app, page },
  faults,
}) => {
  faults.fail(EXEC, 'lose-answer', 1);
  await run(page, 'Echo', 'hello');
  await expect
    .poll(async () => (await app.control.notifications()).map(({ title }) => title))
    .toEqual(['Echo is done']);
  expect(faults.seen.filter((route) => route === EXEC)).toHaveLength(1);
});

test('a start without reply or events is unconfirmed, shows the possible job and can be given up', async ({
  connected: { app, page },
  faults,
}) => {
  faults.fail(EXEC, 'lose-answer', 1);
  faults.fail('GET /api/v1/mercenaries/listen', 404);
  await run(page, 'Echo', 'hello');
  await openFromNotice(app, page, 'Echo: unconfirmed');
  await expect(outcome(page)).toContainText('The server was asked to start this and the answer got lost.');
  await expect(outcome(page)).toContainText('OmniTray does not send it twice by itself.');
  await expect(outcome(page)).toContainText('One job on the server could be this run.');
  expect([null, 'tray-attention.png']).toContain(await trayIcon(app));
  await page.getByRole('button', { name: 'Give up' }).click();
  await expect(outcome(page)).toContainText('Ended by you. It may still have run on the server.');
  expect(faults.seen.filter((route) => route === EXEC)).toHaveLength(1);
});

test('the user stops a run', async ({ connected: { app, page }, faults, server }) => {
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await openRun(page, 'Slow steps');
  await expect(outcome(page)).toContainText('Running');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect.poll(() => faults.seen).toContain('POST /api/v1/workflow/stop');
  server.finishWaits();
  await expect(outcome(page)).toContainText('Stopped before it was done.');
  expect(await app.control.notifications()).toEqual([]);
});
