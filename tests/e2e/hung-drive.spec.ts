import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HungShare, mountShare } from '../support/hung-share.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe } from './support/launch-view.ts';
import { HILLS } from './support/samples.ts';

let drive: HungShare;
test.beforeAll(async () => {
  drive = await mountShare();
});
test.beforeEach(() => test.skip(drive.lacking !== null, drive.lacking ?? ''));
// A process that waits for the drive cannot be ended before.
test.afterEach(() => drive.answer());
test.afterAll(() => drive.remove());

test('a start with six files of a hung drive shows the window at once, and the files load when the drive is back', async ({
  connectedForGood: { app, page },
  launchApp,
}) => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => join(drive.folder, `${name}.txt`));
  for (const path of files) writeFileSync(path, 'words');
  await app.dropFiles(page, 'body', files);
  await expect(attachments(page)).toHaveCount(6);
  await expect(page.getByText('This is being checked.')).toHaveCount(0);
  expect(await app.quit()).toBe(0);

  await drive.hang();
  const again = await launchApp({ home: app.home, keyring: true, args: [HILLS] });
  const next = await again.window();
  await expect(next.getByText('This is being checked.')).toHaveCount(6);
  // The page, the database, the keychain and the server answer meanwhile.
  await expect(attachments(next, 'hills.png').locator('img')).toBeVisible();
  await chooseRecipe(next, 'Word count');
  await drive.answer();
  await expect(next.getByText('This is being checked.')).toHaveCount(0);
  await expect(attachments(next)).toHaveCount(7);
});
