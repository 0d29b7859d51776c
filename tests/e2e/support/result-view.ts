import type { Locator, Page } from '@playwright/test';
import type { App } from '../../support/host/app.ts';
import { expect } from '../../support/host/launch.ts';
import { openRun } from './activity-view.ts';
import { attachments, run } from './launch-view.ts';
import { HARBOUR, HILLS } from './samples.ts';
import { menuLabels } from './tray.ts';

export const pictures = (page: Page): Locator => page.getByRole('button', { name: /^Enlarge / }).locator('img');
const receipt = (page: Page): Locator => page.getByRole('complementary', { name: 'Receipt' });

/** Whether the page has really got the picture and could draw it. */
export async function expectDrawn(picture: Locator): Promise<void> {
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
}

/** The result of Thumbnail sheet on the two sample pictures, open in the window. */
export async function expectSheet(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Thumbnail sheet', level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('2 pictures');
  await expect(pictures(page)).toHaveCount(1);
  await expectDrawn(pictures(page));
  await expect(receipt(page)).toContainText('hills.png');
  await expect(receipt(page)).toContainText('harbour.png');
}

/** Sends both pictures and a message to Echo, which gives them back, and opens the run once it is so far. */
export async function echoPictures(app: App, page: Page, until: 'done' | 'fetching' = 'done'): Promise<void> {
  await app.dropFiles(page, 'body', [HILLS, HARBOUR]);
  await expect(attachments(page)).toHaveCount(2);
  await run(page, 'Echo', 'two pictures and a word');
  await expect.poll(() => menuLabels(app)).toContain(`Echo: ${until}`);
  await openRun(page, 'Echo');
}
