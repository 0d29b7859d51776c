/**
 * `npm run shots`: every view in its states, light and dark, to shots/. To be looked at: a change of a view is not done
 * before its picture was.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as playwright from '@playwright/test';
import type { Page } from '@playwright/test';
import { startPracticeServer } from '../electron/practice/server.ts';
import { goTo, openRun, runRows } from '../tests/e2e/support/activity-view.ts';
import { connectTo, fillIn, problem, serverField } from '../tests/e2e/support/connect-view.ts';
import { attachments, chooseRecipe, message, run, runButton } from '../tests/e2e/support/launch-view.ts';
import { startFaultProxy } from '../tests/support/fault-proxy.ts';
import type { FaultProxy } from '../tests/support/fault-proxy.ts';
import type { App } from '../tests/support/host/app.ts';
import { makeHome, removeHome } from '../tests/support/host/home.ts';
import { openHost } from '../tests/support/host/open-host.ts';
import { makeBrokenFilm, longText, makeOddFiles, makeSound } from './lib/odd-files.ts';

const { expect } = playwright;
const root = join(import.meta.dirname, '..');
const folder = join(root, 'shots');
const sample = (name: string): string => join(root, 'resources/samples', name);
const scratch = mkdtempSync(join(tmpdir(), 'omnitray-shots-'));

/** One start of the app with its server, and the pictures taken of it. */
interface Scene {
  readonly app: App;
  readonly page: Page;
  readonly faults: FaultProxy;
  readonly token: string;
  /** Takes what is on screen, light and dark. */
  readonly shoot: (name: string) => Promise<void>;
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A picture that has arrived may still have to be drawn.
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  console.log(name);
}

async function connectScene({ app, page, faults, token, shoot: take }: Scene): Promise<void> {
  await expect(serverField(page)).toBeVisible();
  await take('connect-first-start');
  await serverField(page).fill('127.0.0.1:9');
  await expect(page.getByText(/does not answer/)).toBeVisible();
  await take('connect-dead-server');
  await fillIn(app, page, faults.origin, token);
  await expect(page.getByText(/Valid until/)).toBeVisible();
  await expect(page.getByText(/^Omnitool 1/)).toBeVisible();
  await take('connect-ready');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(problem(page)).toBeVisible();
  await take('connect-no-keychain');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('connect-no-keychain-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await app.control.writeClipboard('not a token');
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(page.getByText('This is not a whole token.')).toBeVisible();
  await take('connect-no-token');
}

async function dropsScene({ app, page, shoot: take }: Scene): Promise<void> {
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 7));
  await app.dropText(page, 'main', 'https://example.org/a/page/with/a/rather/long/address?and=a&query=too');
  await app.dropText(page, 'main', 'A text that was dropped, and that is too long for the line it has to fit on.');
  await expect(attachments(page)).toHaveCount(9);
  await take('launch-odd-names');
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 60));
  await expect(attachments(page)).toHaveCount(69);
  await chooseRecipe(page, 'Echo');
  await take('launch-many');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('launch-many-small');
  await page.getByRole('button', { name: 'Change recipe' }).click();
  await expect(page.getByRole('combobox', { name: 'Search recipes' })).toBeFocused();
  await take('launch-choosing-small');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 960, height: 640 });
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await chooseRecipe(page, 'Image to grey');
  await take('launch-pictures-only');
  await page.getByRole('button', { name: /Connected to/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Check again' })).toBeVisible();
  await take('server-menu');
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /^Forget/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('settings-forget');
}

async function resultsScene({ app, page, shoot: take }: Scene): Promise<void> {
  await app.dropText(page, 'main', longText());
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
}

async function launchScene({ app, page, shoot: take }: Scene): Promise<void> {
  await take('launch-empty');
  const paths = ['hills.png', 'harbour.png', 'notes.txt'].map(sample);
  await app.dragOver(page, 'main', { files: paths });
  await take('launch-drag');
  await app.dragLeave(page);
  await app.dropFiles(page, 'main', paths);
  await expect(attachments(page)).toHaveCount(3);
  await take('launch-no-recipe');
  await chooseRecipe(page, 'Thumbnail sheet');
  await message(page).fill('Two columns, please.');
  await expect(page.getByText('Will not be used', { exact: true })).toBeVisible();
  await take('launch-composed');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('launch-composed-small');
  await page.setViewportSize({ width: 1440, height: 900 });
  await take('launch-composed-large');
  await page.setViewportSize({ width: 960, height: 640 });
  await chooseRecipe(page, 'Chat-only answer');
  await take('launch-chat-only');
  const bad = ['empty.txt', 'a name that is rather long and goes on for a while before it ends.bmp'].map((name) =>
    join(scratch, name),
  );
  writeFileSync(bad[0] ?? '', '');
  writeFileSync(bad[1] ?? '', Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]));
  await app.dropFiles(page, 'main', [...bad, scratch]);
  await expect(attachments(page)).toHaveCount(6);
  await take('launch-problems');
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('nothing like this');
  await take('launch-no-match');
}

async function runsScene({ app, page, faults, shoot: take }: Scene): Promise<void> {
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
  // The fault is for the next start alone, so the others must be over.
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

/** What came with any recipe, any result: marks and help, chat answers of several kinds, and a drop of many. */
async function answersScene({ app, page, shoot: take }: Scene): Promise<void> {
  await chooseRecipe(page, 'Word count');
  await page.getByRole('button', { name: 'Favourite Word count' }).click();
  await chooseRecipe(page, 'Postcard by form');
  await take('launch-notes');
  await page.getByRole('button', { name: 'About' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('launch-about');
  await page.keyboard.press('Escape');
  for (const [recipe, name] of [
    ['Report in chat', 'result-chat-report'],
    ['Files in chat', 'result-chat-files'],
  ] as const) {
    await run(page, recipe, 'a quiet harbour');
    await goTo(page, 'Activity');
    await expect(runRows(page, recipe)).toContainText('Done');
    await openRun(page, recipe);
    await expect(page.getByRole('article').first()).toBeVisible();
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

async function troubleScene({ page, faults, shoot: take }: Scene): Promise<void> {
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

async function play(name: string, isConnected: boolean, scene: (scene: Scene) => Promise<void>): Promise<void> {
  const server = await startPracticeServer();
  const faults = await startFaultProxy(server.origin);
  const home = makeHome();
  const app = await host.launch({ home });
  try {
    const page = isConnected
      ? await connectTo(app, { origin: faults.origin, token: server.token, keep: 'session' })
      : await app.window();
    await scene({ app, page, faults, token: server.token, shoot: (shot) => shoot(page, shot) });
    const problems = app.takeProblems();
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } catch (failure) {
    console.error(`${name} could not be shot.\n${app.output()}`);
    throw failure;
  } finally {
    await app.kill();
    removeHome(home);
    await faults.close();
    await server.close();
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const host = await openHost(playwright);
console.log(`Host: ${host.name}`);
try {
  await play('connect', false, connectScene);
  await play('launch', true, launchScene);
  await play('drops', true, dropsScene);
  await play('runs', true, runsScene);
  await play('results', true, resultsScene);
  await play('answers', true, answersScene);
  await play('trouble', true, troubleScene);
} finally {
  await host.close();
  rmSync(scratch, { recursive: true, force: true });
}
