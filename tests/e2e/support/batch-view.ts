import type { Page } from '@playwright/test';
import { expect } from '../../support/host/launch.ts';
import { goTo } from './activity-view.ts';
import { chooseRecipe } from './launch-view.ts';

/** Runs a recipe with a form once for each row below the names, and waits until all have ended. */
export async function startTable(page: Page, recipe: string, rows: readonly (readonly string[])[]): Promise<void> {
  await chooseRecipe(page, recipe);
  const text = rows.map((row) => row.join('\t')).join('\n');
  await page.evaluate(async (pasted) => {
    const added = await window.omnitray.call('draft:add', { paths: [], unsaved: [], texts: [pasted] });
    const attachmentId = added.ok ? (added.value.attachments.at(-1)?.id ?? '') : '';
    await window.omnitray.call('table:open', { attachmentId });
    await window.omnitray.call('table:start', { withoutBadRows: false });
  }, text);
  await goTo(page, 'Activity');
  await expect(page.getByText(`${rows.length - 1} done`)).toBeVisible({ timeout: 30_000 });
}
