import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn, problem, serverField } from '../../tests/e2e/support/connect-view.ts';
import { attachments, chooseRecipe, message } from '../../tests/e2e/support/launch-view.ts';
import { makeOddFiles } from './odd-files.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** Connect: first start, a dead server, ready, no keychain, no token. */
export async function connectScene({ app, page, faults, token, shoot: take }: Scene): Promise<void> {
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

/** Launch: empty, composed, and with files that cannot be used. */
export async function launchScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
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

/** Unusual names, many files, small windows, and the menu of the server. */
export async function dropsScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 7));
  await app.drop(page, 'main', { text: 'https://example.org/a/page/with/a/rather/long/address?and=a&query=too' });
  await app.drop(page, 'main', {
    text: 'A text that was dropped, and that is too long for the line it has to fit on.',
  });
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
  await page.getByRole('button', { name: /^Forget 127/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('settings-forget');
}
