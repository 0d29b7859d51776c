import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { openApp } from './support/open.ts';
import { anApp, aRun } from './support/samples.ts';

const { about } = anApp();

it('runs that cannot be read are said in Activity and in Settings, also when they are met later', async () => {
  const bridge = openApp({ runs: [aRun()], route: { view: 'activity' }, about });
  await expect.element(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
  await expect.element(page.getByText(/could not be read/)).not.toBeInTheDocument();
  bridge.emit('unreadable:changed', { runs: 3, results: 0, recipes: 1, others: 0 });
  await expect
    .element(page.getByText('3 runs could not be read. They are kept, and left out of the lists.'))
    .toBeVisible();
  const unreadable = { runs: 3, results: 0, recipes: 1, others: 0 };
  bridge.script('app:about', () => ({ ok: true, value: { ...about, unreadable } }));
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect
    .element(page.getByText('3 runs could not be read. They are kept, and left out of the lists.'))
    .toBeVisible();
  await expect.element(page.getByText(/^1 recipe could not be read/)).toBeVisible();
});
