import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EMPTY_DRAFT, open, recipes, run } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import { aConnection, anAttachment, aRecipe, aRun } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

describe('launching by keyboard alone', () => {
  it('finds a recipe, takes a message and runs', async () => {
    const bridge = open();
    bridge.script('runs:start', () => ({
      ok: true,
      value: { runs: [aRun({ id: 'new' })], undoUntil: null, kept: null },
    }));
    await expect.element(page.getByText('Choose a recipe.')).toBeVisible();
    await userEvent.keyboard('/');
    await userEvent.keyboard('upsc{Enter}');
    await expect.element(page.getByRole('heading', { name: 'Upscale photo' })).toBeVisible();
    await expect.element(page.getByText('Takes images and text. Gives back images.')).toBeVisible();

    await page.getByLabelText('Message').fill('four times larger');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Upscale photo is on its way')).toBeVisible();
    await expect.element(page.getByRole('button', { name: /^Activity\s*1/ })).toBeVisible();
    // The message was still being typed when Run was pressed: it goes first.
    const order = bridge.calls.map(({ name }) => name).filter((name) => name === 'draft:edit' || name === 'runs:start');
    expect(order).toEqual(['draft:edit', 'draft:edit', 'runs:start']);
    expect(bridge.requests('draft:edit').at(-1)).toEqual({ message: 'four times larger' });
  });

  it('moves through the list with the arrow keys', async () => {
    open();
    await page.getByRole('combobox', { name: 'Search recipes' }).click();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.element(page.getByRole('option', { name: /Summarise/ })).toHaveAttribute('aria-selected', 'true');
  });
});

describe('what Run says', () => {
  const OWN_TEXT = {
    takes: ['text'],
    gives: ['text'],
    givesInChat: [],
    hasForm: false,
    formTakes: [],
    warnings: [],
  } as const;

  it('does not run without anything to send, and says so', async () => {
    const bridge = open({ recipeId: 'upscale' });
    await expect.element(page.getByText('Add a file or write a message.')).toBeVisible();
    await expect.element(run()).toHaveAttribute('aria-disabled', 'true');
    run()
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(bridge.requests('runs:start')).toEqual([]);
  });

  it('runs without input where the recipe has a text of its own, and shows that text until another is sent', async () => {
    const own = aRecipe({ id: 'own', name: 'Cook', shape: { ...OWN_TEXT, ownText: 'What can I cook today?' } });
    const draft = { ...EMPTY_DRAFT, recipeId: 'own' };
    openApp({ recipes: { ...recipes, recipes: [own] }, draft });
    const words = page.getByText("Left empty, the recipe's own text runs: What can I cook today?");
    await expect.element(words).toBeVisible();
    await expect.element(page.getByText("Runs with the recipe's own text, on Home server")).toBeVisible();
    await expect.element(run()).not.toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByLabelText('Message')).toHaveAccessibleDescription(/What can I cook today/);
    await page.getByLabelText('Message').fill('Soup');
    await expect.element(words).not.toBeInTheDocument();
    await expect.element(page.getByText('Sends a message, to Home server')).toBeVisible();
  });

  it('says what is sent where, and what will not be used', async () => {
    const pdf = anAttachment({ id: 'a2', kind: 'document', name: 'terms 2026.pdf' });
    open({ recipeId: 'upscale', attachments: [anAttachment(), pdf] });
    await expect.element(page.getByText('Sends 1 file, 4.8 MB, to Home server')).toBeVisible();
    await expect.element(page.getByText('Will not be used')).toBeVisible();
  });

  it('names what cannot be sent, until it is removed', async () => {
    open({ recipeId: 'upscale', attachments: [anAttachment({ name: 'film.png', problem: 'too-large' })] });
    await expect.element(run()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('This is larger than 32 MB, the most the server takes.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove film.png' }).click();
    await expect.element(page.getByText('Add a file or write a message.')).toBeVisible();
  });

  it('asks for what the recipe takes', async () => {
    open({ recipeId: 'sum' });
    await expect.element(page.getByText('Add documents.')).toBeVisible();
  });

  it('asks for a recipe for what was added', async () => {
    open({ attachments: [anAttachment(), anAttachment({ id: 'a2' })] });
    await expect.element(page.getByText('Choose a recipe for the 2 items.')).toBeVisible();
  });

  it('warns of a recipe that answers in chat only', async () => {
    open({ recipeId: 'chat' });
    await expect.element(page.getByText(/Answers in chat only/)).toBeVisible();
  });
});

describe('a start that can be taken back', () => {
  it('offers that for as long as it lasts, and has everything back', async () => {
    const bridge = open({ recipeId: 'upscale', attachments: [anAttachment()] });
    bridge.script('runs:start', () => ({
      ok: true,
      // Far away, so that a slow machine does not reach it before the click.
      value: { runs: [aRun({ id: 'new', state: 'queued' })], undoUntil: Date.now() + 600_000, kept: null },
    }));
    await run().click();
    await expect.element(page.getByText(/Upscale photo will be sent in \d+ seconds/)).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('Nothing was sent. It is all here again.')).toBeVisible();
    expect(bridge.requests('runs:undo-start')).toEqual([{ runIds: ['new'] }]);
    await expect.element(page.getByRole('button', { name: 'Activity', exact: true })).toBeVisible();
  });
});

describe('when the server is away', () => {
  it('says that runs wait, and lets the user ask again', async () => {
    const bridge = openApp({ recipes, connection: aConnection({ status: 'offline' }) });
    await expect.element(page.getByText('Home server does not answer.', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).click();
    bridge.emit('connection:changed', aConnection());
    await expect.element(page.getByText('Home server does not answer.', { exact: true })).not.toBeInTheDocument();
    expect(bridge.requests('connection:check')).toHaveLength(1);
  });

  it('asks again as soon as the network is back', async () => {
    const bridge = openApp({ recipes, connection: aConnection({ status: 'offline' }) });
    bridge.script('connection:check', () => ({ ok: true, value: aConnection() }));
    await expect.element(page.getByText('Home server does not answer.', { exact: true })).toBeVisible();
    window.dispatchEvent(new Event('online'));
    await expect.element(page.getByText('Home server does not answer.', { exact: true })).not.toBeInTheDocument();
    expect(bridge.requests('connection:check')).toHaveLength(1);
    // One that is reached has nothing to ask.
    window.dispatchEvent(new Event('online'));
    expect(bridge.requests('connection:check')).toHaveLength(1);
  });

  it('shows why there are no recipes, and tries again', async () => {
    const problem = { code: 'unreachable', detail: '127.0.0.1:1688' } as const;
    const bridge = openApp({ recipes: { status: 'failed', recipes: [], listedAt: null, problem, lastUsedFor: {} } });
    await expect.element(page.getByText('127.0.0.1:1688 does not answer.')).toBeVisible();
    bridge.script('recipes:refresh', () => ({ ok: true, value: recipes }));
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('option', { name: /Caption/ })).toBeVisible();
  });

  it('never waits without end for recipes nobody will bring', async () => {
    const none = { status: 'empty', recipes: [], listedAt: null, problem: null, lastUsedFor: {} } as const;
    openApp({ recipes: none, connection: aConnection({ status: 'expired' }) });
    await expect.element(page.getByText('They show here once the server can be reached.')).toBeVisible();
    await page.getByRole('button', { name: 'New token', exact: true }).click();
    await expect.element(page.getByRole('heading', { name: 'New token for Home server' })).toBeVisible();
    await expect.element(page.getByLabelText('Server')).toHaveValue('http://127.0.0.1:1688');
  });

  it('starts with a problem in words when main cannot be read', async () => {
    const bridge = new ScriptedBridge().script('app:view', () => failure('disk-full'));
    openApp({}, bridge);
    await expect.element(page.getByText('The disk is full.')).toBeVisible();
  });
});
