import '../../renderer/src/styles/tokens.css';
import '../../renderer/src/styles/base.css';
import { type Component, mount, unmount } from 'svelte';
import { describe, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import type { AppView } from '../../electron/contract/views.ts';
import FirstSteps from '../../renderer/src/lib/components/FirstSteps.svelte';
import { AppState, provideApp } from '../../renderer/src/lib/state/app.svelte.ts';
import { anApp, anAttachment, anEndedRun, aRun } from './support/samples.ts';
import { ScriptedBridge } from './support/scripted-bridge.ts';

/** The steps alone, as a first start has them. */
function openSteps(change: Partial<AppView> = {}): ScriptedBridge {
  const app = anApp();
  const bridge = new ScriptedBridge({ ...app, settings: { ...app.settings, guideDone: false }, ...change });
  const state = new AppState(bridge);
  const end = state.start();
  const WithApp: Component = (...args) => {
    provideApp(state);
    return FirstSteps(...args);
  };
  // Only with a context of its own is there one to provide to.
  const shown = mount(WithApp, { target: document.body, context: new Map() });
  onTestFinished(async () => {
    await unmount(shown);
    end();
  });
  return bridge;
}

const steps = () => page.getByRole('region', { name: 'First steps' });
const words = (): readonly string[] =>
  steps()
    .getByRole('listitem')
    .elements()
    .map(({ textContent }) => textContent.trim());

describe('the first steps', () => {
  it('tick themselves off', async () => {
    const bridge = openSteps();
    await expect.poll(words).toEqual(['Drop something', 'Choose a recipe', 'Run it']);
    bridge.emit('draft:changed', { ...bridge.app.draft, attachments: [anAttachment()] });
    await expect.poll(words).toEqual(['Drop something, done', 'Choose a recipe', 'Run it']);
    bridge.emit('draft:changed', { ...bridge.app.draft, recipeId: 'upscale', message: 'x' });
    await expect.poll(words).toEqual(['Drop something, done', 'Choose a recipe, done', 'Run it']);
    bridge.emit('run:changed', aRun());
    await expect.poll(words).toEqual(['Drop something, done', 'Choose a recipe, done', 'Run it, done']);
  });

  it('are gone for good after the first result', async () => {
    const bridge = openSteps({ runs: [aRun()] });
    await expect.element(steps()).toBeVisible();
    bridge.emit('run:changed', anEndedRun());
    await expect.element(steps()).not.toBeInTheDocument();
    await expect.poll(() => bridge.requests('settings:change')).toEqual([{ guideDone: true }]);
  });

  it('are gone for good when they are dismissed', async () => {
    const bridge = openSteps();
    await page.getByRole('button', { name: 'Dismiss the first steps' }).click();
    await expect.element(steps()).not.toBeInTheDocument();
    expect(bridge.requests('settings:change')).toEqual([{ guideDone: true }]);
  });
});
