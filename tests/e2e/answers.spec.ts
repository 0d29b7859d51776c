import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { UNTIL_FINISHED } from '../support/test-core.ts';
import { chooseRecipe, run } from './support/launch-view.ts';
import { expectDrawn, pictures } from './support/result-view.ts';

const LISTEN = 'GET /api/v1/mercenaries/listen';

const answer = (page: Page): Locator => page.getByRole('article', { name: 'Answer in chat' });
const outcome = (page: Page): Locator => page.getByRole('region', { name: 'State of the run' });

test('a recipe that answers only in chat gives its text and picture', async ({ connected: { app, page } }) => {
  await chooseRecipe(page, 'Chat-only answer');
  await expect(page.getByText('Answers in chat only. OmniTray brings the answer back.')).toBeVisible();
  await run(page, 'Chat-only answer', 'are you there');
  await expect
    .poll(async () => (await app.control.notifications()).map(({ title }) => title))
    .toEqual(['Chat-only answer is done']);
  await app.control.clickNotification(0);
  await expect(answer(page).getByRole('heading', { name: 'Your message' })).toBeVisible();
  await expect(answer(page)).toContainText('are you there');
  await expect(pictures(page)).toHaveCount(1);
  await expectDrawn(pictures(page));
});

test('a picture that a message only links to stands in its place, and its file can be saved', async ({
  connected: { app, page },
}, testInfo) => {
  await run(page, 'Illustrated page', 'Harbour at dawn');
  await openRun(page, 'Illustrated page');
  const picture = answer(page).getByRole('img', { name: 'Harbour at dawn' });
  await expectDrawn(picture);
  await expect(picture).toHaveAttribute('src', /^omnitray-artifact:/);
  await answer(page).getByRole('button', { name: 'Harbour at dawn' }).click();
  await expect.poll(async () => (await app.control.openedPaths()).length).toBe(1);
  const saved = testInfo.outputPath('saved.png');
  await app.control.answerNextSaveDialog(saved);
  await page.getByRole('button', { name: 'Save full size.png' }).click();
  await expect
    .poll(() =>
      readFile(saved).then(
        (bytes) => bytes.subarray(1, 4).toString(),
        () => '',
      ),
    )
    .toBe('PNG');
  await page.getByRole('button', { name: 'Show page.markdown' }).click();
  await expectDrawn(
    page.getByRole('listitem').filter({ hasText: 'page.markdown' }).getByRole('img', { name: 'Harbour at dawn' }),
  );
});

test('a page that a recipe only stores in the File Manager comes back, and says where it was', async ({
  connected: { page },
}) => {
  await chooseRecipe(page, 'Web page');
  await expect(page.getByText('Stores a file in Omnitool.')).toBeVisible();
  await run(page, 'Web page', 'Harbour\nA fine day.');
  await openRun(page, 'Web page');
  await expect(page.getByRole('main')).toContainText('page.html');
  await expect(page.getByRole('main')).toContainText('Found in the File Manager of Omnitool');
});

test('a recipe that no list holds is loaded by its id and runs', async ({ connected: { page } }) => {
  const search = page.getByRole('combobox', { name: 'Search recipes' });
  await search.fill(RECIPE.chatMessages);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Chat in several messages', level: 1 })).toBeVisible();
  await run(page, 'Chat in several messages', 'good morning');
  await openRun(page, 'Chat in several messages');
  // In the order in which the recipe said them.
  await expect(answer(page)).toHaveCount(3);
  await expect(answer(page).nth(0)).toContainText('good morning');
  await expect(answer(page).nth(1).getByRole('heading', { name: 'Your message' })).toBeVisible();
});

test('two runs at the same time keep their own answers', async ({ connected: { page } }) => {
  await run(page, 'Slow chat', 'the first question');
  await expect(page.getByText('Slow chat is on its way')).toBeVisible();
  await run(page, 'Slow chat', 'the second question');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Slow chat').filter({ hasText: 'Done' })).toHaveCount(2);
  for (const [mine, other] of [
    ['the second question', 'the first question'],
    ['the first question', 'the second question'],
  ] as const) {
    await goTo(page, 'Activity');
    await runRows(page, 'Slow chat')
      .filter({ hasText: mine })
      .getByRole('button', { name: 'Slow chat', exact: true })
      .click();
    await expect(answer(page)).toContainText(mine);
    await expect(answer(page)).not.toContainText(other);
  }
});

test('a failed run names its block and the error of the block', async ({ connected: { page } }) => {
  await run(page, 'Fails half-way', 'hello');
  await openRun(page, 'Fails half-way');
  await expect(outcome(page)).toContainText('Step that fails: The second step of this recipe always fails.');
});

test('runs end although the server refuses the stream', async ({ server, faults, launchApp }) => {
  faults.fail(LISTEN, 404);
  const { connectTo } = await import('./support/connect-view.ts');
  const app = await launchApp();
  const page = await connectTo(app, { origin: faults.origin, token: server.token, keep: 'session' });
  await run(page, 'Word count', 'one two three');
  await openRun(page, 'Word count');
  await expect(page.getByRole('main')).toContainText('3 words');
});

test('a running job shows its block, and external jobs are listed separately', async ({
  connected: { page },
  server,
}) => {
  await run(page, 'Slow steps', UNTIL_FINISHED);
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Slow steps')).toContainText(/Step \d+, block \d+ of \d+/);
  const recipe = server.recipes.find(({ name }) => name === 'Word count');
  await fetch(`${server.origin}/api/v1/workflow/exec`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ workflow: recipe?.id, args: { text: 'from another place' } }),
  });
  const elsewhere = page.getByRole('region', { name: 'Started elsewhere' });
  await expect(elsewhere).toContainText('Word count');
  await elsewhere.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('main')).toContainText('3 words');
});

test.describe('a server with a thousand recipes', () => {
  test.use({ moreRecipes: 1_000 });

  test('lists them, filters while typing and shows the inputs of a recipe', async ({ connected: { page } }) => {
    await page.keyboard.press('/');
    await page.keyboard.type('Echo');
    await expect(page.getByRole('option')).not.toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-setsize', /^10\d\d$/);
    const search = page.getByRole('combobox', { name: 'Search recipes' });
    await search.fill('word count');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Word count', level: 1 })).toBeVisible();
    const star = page.getByRole('button', { name: 'Favourite Word count' });
    await star.click();
    // Where the list shows it is decided when it is a favourite.
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await search.fill('');
    await expect(page.getByRole('option').first()).toHaveAccessibleName(/^Word count/);
    await page.getByRole('button', { name: 'About' }).click();
    await expect(page.getByRole('dialog', { name: 'About Word count' })).toContainText('Each gets a line in the text');
  });
});
