import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openApp } from './support/open.ts';
import { anEndedRun } from './support/samples.ts';

const sheet = () => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

describe('the shortcut sheet', () => {
  it('comes with ?, lists the keys, and goes with Esc', async () => {
    openApp({ route: { view: 'activity' } });
    await expect.element(heading('Activity')).toBeVisible();
    await userEvent.keyboard('?');
    await expect.element(sheet().getByText('Go to Settings')).toBeVisible();
    await expect.element(sheet().getByText('Ctrl+,')).toBeVisible();
    await userEvent.keyboard('{Control>}1{/Control}');
    await expect.element(sheet()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(sheet()).not.toBeInTheDocument();
    await expect.element(heading('Activity')).toBeVisible();
  });

  it('does not come while one types', async () => {
    openApp();
    await page.getByRole('textbox', { name: 'Message' }).click();
    await userEvent.keyboard('why?');
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('why?');
    await expect.element(sheet()).not.toBeInTheDocument();
  });

  it('has a button, which has the focus again after it', async () => {
    openApp();
    const button = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await button.click();
    await sheet().getByRole('button', { name: 'Close' }).click();
    await expect.element(button).toHaveFocus();
  });
});

describe('keys of the window', () => {
  it('go from view to view, also from within a text field', async () => {
    openApp();
    await page.getByRole('textbox', { name: 'Message' }).click();
    await userEvent.keyboard('{Control>}2{/Control}');
    await expect.element(heading('Activity')).toHaveFocus();
    await userEvent.keyboard('{Control>},{/Control}');
    await expect.element(heading('Settings')).toHaveFocus();
    await userEvent.keyboard('{Control>}1{/Control}');
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  });

  it('lead back from a result with Esc, and to the files from anywhere', async () => {
    const run = anEndedRun();
    const bridge = openApp({ runs: [run], route: { view: 'result', runId: run.id } });
    await expect.element(page.getByText('Both photos are four times larger.')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(heading('Activity')).toBeVisible();
    await userEvent.keyboard('{Control>}o{/Control}');
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    expect(bridge.requests('draft:pick-files')).toHaveLength(1);
    await expect
      .poll(() => bridge.requests('app:navigated').map(({ view }) => view))
      .toEqual(['result', 'activity', 'launch']);
  });
});
