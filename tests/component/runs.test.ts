import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunView } from '../../electron/contract/views.ts';
import { openApp } from './support/open.ts';
import { aResult, anEndedRun, aRun, DAY } from './support/samples.ts';
import { ScriptedBridge } from './support/scripted-bridge.ts';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

const openActivity = (runs: readonly RunView[]) => openApp({ runs, route: { view: 'activity' } });
const rowOf = (recipe: string) => page.getByRole('listitem').filter({ hasText: recipe });

describe('activity', () => {
  it('says what to do when nothing has run yet', async () => {
    openActivity([]);
    await expect.element(page.getByText('Nothing has run yet')).toBeVisible();
    await page.getByRole('button', { name: 'Go to Launch' }).click();
    await expect.element(page.getByLabelText('Search recipes')).toBeVisible();
  });

  it('shows live runs first and ended ones by their day', async () => {
    const yesterday = anEndedRun({
      id: 'old',
      recipeName: 'Old',
      endedAt: Date.now() - DAY,
      createdAt: Date.now() - DAY,
    });
    openActivity([yesterday, anEndedRun({ id: 'b', recipeName: 'Done' }), aRun({ id: 'a', recipeName: 'Live' })]);
    await expect.element(page.getByRole('heading', { name: 'Now' })).toBeVisible();
    const headings = page.getByRole('heading', { level: 2 }).elements();
    expect(headings.map(({ textContent }) => textContent)).toEqual(['Now', 'Today', 'Yesterday']);
  });

  it('shows what is sent, and stops it', async () => {
    const upload = { sent: 15 * 1_024 ** 2, total: 30 * 1_024 ** 2 };
    const bridge = openActivity([aRun({ state: 'uploading', upload })]);
    await expect.element(page.getByText(/15 MB of 30 MB sent/)).toBeVisible();
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50');
    await page.getByRole('button', { name: 'Stop Upscale photo' }).click();
    await expect.element(page.getByText('Stopping')).toBeVisible();
    expect(bridge.requests('runs:stop')).toEqual([{ runId: 'r1' }]);
  });

  it('puts what needs the user on a list of its own', async () => {
    const unconfirmed = aRun({ id: 'u', recipeName: 'Read aloud', state: 'unconfirmed', reason: 'answer-lost' });
    openActivity([unconfirmed, aRun()]);
    await page.getByRole('radio', { name: /Needs you/ }).click({ force: true });
    await expect.element(rowOf('Upscale photo')).not.toBeInTheDocument();
    await expect.element(page.getByText(/the answer got lost/)).toBeVisible();
    await page.getByRole('button', { name: 'Give up' }).click();
    await expect.element(rowOf('Read aloud')).not.toBeInTheDocument();
  });

  it('keeps the states of all rows in one line, whatever can be done with them', async () => {
    const unconfirmed = { state: 'unconfirmed', reason: 'answer-lost', candidates: 1 } as const;
    openActivity([aRun({ id: 'u', ...unconfirmed }), aRun(), anEndedRun({ id: 'e' })]);
    const left = (label: string): number => page.getByText(label, { exact: true }).element().getBoundingClientRect().x;
    await expect.element(page.getByRole('button', { name: 'Use this job' })).toBeVisible();
    expect(left('Unconfirmed')).toBe(left('Running'));
    expect(left('Done')).toBe(left('Running'));
  });

  it('tells the end of a drop once, when the last of its runs has ended', async () => {
    const drop = ['a', 'b', 'c'].map((id) => aRun({ id, batchId: 'drop' }));
    const bridge = openApp({ runs: drop });
    await expect.element(page.getByLabelText('Search recipes')).toBeVisible();
    const told = page.getByText(/^Upscale photo(: all runs| is done)/);
    for (const id of ['a', 'b']) bridge.emit('run:changed', anEndedRun({ id, batchId: 'drop' }));
    await expect.element(told).not.toBeInTheDocument();
    bridge.emit('run:changed', anEndedRun({ id: 'c', batchId: 'drop' }));
    await expect.element(told).toHaveTextContent('Upscale photo: all runs of the drop have ended');
    expect(told.elements()).toHaveLength(1);
  });

  it('counts what needs the user by what main says, and marks all as seen until that is undone', async () => {
    const bridge = openApp({
      runs: [anEndedRun({ unseen: true })],
      attention: { needsYou: 612, unseen: 700 },
      route: { view: 'activity' },
    });
    bridge.script('runs:see-all', () => ({ ok: true, value: { runs: 700 } }));
    await expect.element(page.getByRole('radio', { name: /Needs you/ })).toHaveAccessibleName(/612/);
    await expect.element(page.getByTitle('Not seen yet')).toBeVisible();
    await page.getByRole('button', { name: 'Mark all as seen' }).click();
    await expect.element(page.getByText('700 runs marked as seen')).toBeVisible();
    await expect.element(page.getByTitle('Not seen yet')).not.toBeInTheDocument();
    bridge.emit('runs:attention', { needsYou: 0, unseen: 0 });
    await expect.element(page.getByRole('button', { name: 'Mark all as seen' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByTitle('Not seen yet')).toBeVisible();
    expect(bridge.requests('runs:unsee-all')).toHaveLength(1);
  });

  it('says the end of a run where it is not on the screen, and opens its result', async () => {
    const bridge = openApp({ runs: [aRun()] });
    await expect.element(page.getByLabelText('Search recipes')).toBeVisible();
    bridge.emit('run:changed', anEndedRun({ unseen: true }));
    await expect.element(page.getByText('Upscale photo is done')).toBeVisible();
    await page.getByRole('button', { name: 'Open' }).click();
    await expect.element(page.getByText('Both photos are four times larger.')).toBeVisible();
    await expect.poll(() => bridge.requests('runs:seen')).toEqual([{ runId: 'r1' }]);
  });
});

describe('a result', () => {
  const open = (run: RunView, result = aResult({ run })) => {
    const bridge = new ScriptedBridge();
    bridge.result = result;
    return openApp({ runs: [run], route: { view: 'result', runId: run.id } }, bridge);
  };
  const anImage = {
    position: 0,
    name: 'holiday-4x.png',
    kind: 'image',
    mime: 'image/png',
    size: 2_048,
    width: 1,
    height: 1,
    url: PIXEL,
    problem: null,
    mayComeAgain: false,
    message: null,
    source: null,
  } as const;

  it('shows texts, pictures and the receipt, and copies and saves', async () => {
    const bridge = open(anEndedRun(), aResult({ artifacts: [anImage] }));
    await expect.element(page.getByText('Took 48 s')).toBeVisible();
    await page.getByRole('button', { name: 'Copy text' }).click();
    await page.getByRole('button', { name: 'Save holiday-4x.png' }).click();
    await expect.element(page.getByText('Saved as saved.png')).toBeVisible();
    expect(bridge.requests('results:copy-text')).toEqual([{ runId: 'r1', part: 'text', position: 0 }]);
  });

  it('enlarges a picture, and Esc leads back to it', async () => {
    open(anEndedRun(), aResult({ artifacts: [anImage] }));
    const small = page.getByRole('button', { name: 'Enlarge holiday-4x.png' });
    await small.click();
    await expect.element(page.getByRole('dialog', { name: 'holiday-4x.png' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(small).toHaveFocus();
  });

  it('says why a file is not here beside those that are', async () => {
    const lost = { ...anImage, position: 1, name: 'lost.png', url: null, problem: 'gone' } as const;
    open(anEndedRun(), aResult({ artifacts: [anImage, lost] }));
    await expect.element(page.getByText('The server no longer had it when it was fetched.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Save lost.png' })).not.toBeInTheDocument();
  });

  it('says why a run failed and what to do', async () => {
    const run = anEndedRun({ state: 'failed', reason: 'recipe-failed', reasonDetail: 'no key' });
    open(run, aResult({ run, texts: [] }));
    await expect.element(page.getByText('The recipe failed on the server: no key.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Use again' })).toBeVisible();
  });

  it('fills itself when the run it waits for ends', async () => {
    const run = aRun();
    const bridge = open(run, aResult({ run, texts: [] }));
    await expect.element(page.getByText('Runs on the server.')).toBeVisible();
    bridge.result = aResult();
    bridge.emit('run:changed', anEndedRun());
    await expect.element(page.getByText('Both photos are four times larger.')).toBeVisible();
  });
});

describe('settings', () => {
  it('apply at once, and forgetting a server is asked twice', async () => {
    const bridge = openApp({ route: { view: 'settings' } });
    await page.getByRole('radio', { name: 'Dark' }).click({ force: true });
    await expect.poll(() => document.documentElement.dataset.theme).toBe('dark');
    await page.getByRole('button', { name: 'Forget Home server' }).click();
    await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    expect(bridge.requests('connection:forget')).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const forget = page.getByRole('button', { name: 'Forget Home server' });
    await expect.element(forget).toHaveFocus();
    await forget.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    expect(bridge.requests('connection:forget')).toEqual([{ profileId: 'home' }]);
  });
});
