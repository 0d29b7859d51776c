import type { Page } from '@playwright/test';
import { goTo, openRun, runRows } from '../../tests/e2e/support/activity-view.ts';
import { attachments, chooseRecipe, run, runButton } from '../../tests/e2e/support/launch-view.ts';
import { longText, makeBrokenFilm, makeOddFiles, makeSound } from './odd-files.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** Runs in all their states, in Activity and one by one, and the settings. */
export async function runsScene({ app, page, faults, shoot: take }: Scene): Promise<void> {
  await goTo(page, 'Activity');
  await take('activity-empty');
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png')]);
  await run(page, 'Thumbnail sheet');
  await expect(runButton(page)).toBeDisabled();
  await take('launch-started');
  await app.dropFiles(page, 'main', [sample('notes.txt')]);
  await run(page, 'Word count', 'Count this, and the notes.');
  for (const recipe of ['Fails half-way', 'Fails after output', 'No output', 'Chat-only answer'])
    await run(page, recipe, 'a message');
  // The fault hits the next start, so the others must have ended.
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Chat-only answer')).toContainText('Done');
  await expect(runRows(page, 'No output')).toContainText('No output');
  await goTo(page, 'Launch');
  faults.fail('POST /api/v1/workflow/exec', 'lose-answer', 1);
  faults.fail('GET /api/v1/mercenaries/listen', 404);
  await run(page, 'Join text', 'the answer to this start is lost');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Join text')).toContainText('One job on the server');
  faults.heal();
  await goTo(page, 'Launch');
  await run(page, 'Slow steps', 'steps=10 delay=9000');
  faults.fail('POST /fid', 'hang', 1);
  await app.dropFiles(page, 'main', [sample('photos.csv')]);
  await run(page, 'CSV to JSON');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Slow steps')).toContainText('block 2 of');
  for (const recipe of ['Thumbnail sheet', 'Word count']) await expect(runRows(page, recipe)).toContainText('Done');
  await take('activity-heavy');
  const results = [
    ['Thumbnail sheet', 'result-picture'],
    ['Word count', 'result-text-and-data'],
    ['Chat-only answer', 'result-chat'],
    ['Fails half-way', 'result-failed'],
    ['Fails after output', 'result-partly-failed'],
    ['No output', 'result-empty'],
    ['Join text', 'result-unconfirmed'],
    ['Slow steps', 'result-running'],
  ] as const;
  for (const [recipe, name] of results) {
    await openRun(page, recipe);
    await take(name);
  }
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await take('settings');
  await page.getByText('Remove the oldest results over a size', { exact: true }).first().scrollIntoViewIfNeeded();
  await take('settings-runs');
}

/** Results of every kind of file, and a long text. */
export async function resultsScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await app.drop(page, 'main', { text: longText() });
  await expect(attachments(page)).toHaveCount(1);
  await run(page, 'Echo');
  await expect(attachments(page)).toHaveCount(0);
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo')).toContainText('Done');
  await openRun(page, 'Echo');
  await page.getByRole('button', { name: 'Show all 5,000 lines' }).scrollIntoViewIfNeeded();
  await take('result-long-text');
  await goTo(page, 'Launch');
  const files = [
    sample('hills.png'),
    sample('harbour.png'),
    makeSound(scratch),
    makeBrokenFilm(scratch),
    sample('photos.csv'),
  ];
  await app.dropFiles(page, 'main', files);
  await expect(attachments(page)).toHaveCount(files.length);
  await run(page, 'Echo', 'One of each kind.');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo').first()).toContainText('hills.png and 4 more');
  await expect(runRows(page, 'Echo').first()).toContainText('Done');
  await openRun(page, 'Echo');
  await expect(page.getByText('It cannot be played here.', { exact: false })).toBeVisible();
  await take('result-every-kind');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('result-every-kind-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await page
    .getByRole('button', { name: /^Enlarge/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('result-enlarged');
  await page.keyboard.press('Escape');
  await takeAwayShots(page, take);
}

/** The actions on a result, on the one that is open. */
async function takeAwayShots(page: Page, take: Scene['shoot']): Promise<void> {
  await page.getByText('Log', { exact: true }).click();
  await expect(page.getByText('Taken by the server')).toBeVisible();
  await page.getByRole('button', { name: 'More for hills.png' }).click();
  await take('result-menu-and-log');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save all' }).click();
  await expect(page.getByLabel('Names')).toHaveValue('{name}');
  await take('result-save-all');
  await page.getByLabel('Names').fill('{nmae}');
  await take('result-save-all-refused');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'What was sent' }).click();
  await expect(page.getByRole('dialog', { name: 'What was sent' })).toBeVisible();
  await take('result-what-was-sent');
  await page.keyboard.press('Escape');
}

/** Marks and help of recipes, chat answers of several kinds, and a drop of many files. */
export async function answersScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await chooseRecipe(page, 'Word count');
  await page.getByRole('button', { name: 'Favourite Word count' }).click();
  await chooseRecipe(page, 'Postcard by form');
  await take('launch-notes');
  await page.getByRole('button', { name: 'About' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('launch-about');
  await page.keyboard.press('Escape');
  await chooseRecipe(page, 'Web page');
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('db24c696a38698a6d1cc392e510926e330c0');
  await expect(page.getByRole('button', { name: 'Load this recipe' })).toBeVisible();
  await take('launch-recipe-by-id');
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('');
  for (const [recipe, name] of [
    ['Report in chat', 'result-chat-report'],
    ['Files in chat', 'result-chat-files'],
    ['Illustrated page', 'result-linked-pictures'],
    ['Web page', 'result-file-manager'],
  ] as const) {
    await run(page, recipe, 'a quiet harbour');
    await goTo(page, 'Activity');
    await expect(runRows(page, recipe)).toContainText('Done');
    await openRun(page, recipe);
    await expect(page.getByRole('article').or(page.getByText('page.html')).first()).toBeVisible();
    await take(name);
    await goTo(page, 'Launch');
  }
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 7));
  await expect(attachments(page)).toHaveCount(7);
  await chooseRecipe(page, 'Echo');
  await page.getByText('One run per file', { exact: true }).click();
  await take('launch-one-run-per-file');
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(page.getByText('7 done')).toBeVisible();
  await page.getByRole('button', { name: /Echo 7 runs/ }).click();
  await take('activity-batch');
}

/** A server that does not answer. */
export async function failureScene({ page, faults, shoot: take }: Scene): Promise<void> {
  await faults.close();
  await run(page, 'Word count', 'this waits for the server');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Word count')).toContainText('Waiting');
  await take('activity-offline');
  await openRun(page, 'Word count');
  await take('result-waiting');
  await goTo(page, 'Launch');
  await take('launch-offline');
}
