import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresetView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { connectTo, LoudLogger, makeHome, openCore, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const { letter: LETTER, pattern: PATTERN } = RECIPE;

let server: PracticeServer;
let home: TestHome;
let core: Core;
let call: Handlers;
let told: readonly PresetView[];

function open(): void {
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  told = [];
  core.presets.onChange((presets) => (told = presets));
}

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  home = await makeHome();
  open();
  await connectTo(core, server.origin, server.token);
  for (const recipeId of [LETTER, PATTERN]) await call['recipes:detail']({ recipeId });
});
afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
});

type Saved = Parameters<Handlers['presets:save']>[0];
const save = async (name: string, more: Partial<Saved> = {}): Promise<PresetView> =>
  call['presets:save']({ recipeId: PATTERN, values: { width: 256 }, replace: false, ...more, name });
const values = async (recipeId = PATTERN) => call['presets:values']({ recipeId });
const names = (): readonly string[] => core.presets.view.map(({ name }) => name);

describe('a preset', () => {
  it('keeps all values of the form under a name, with what is special about them', async () => {
    const { id } = await save(' Wide ', { values: { width: 256, gone: 1 } });
    expect(told).toMatchObject([{ id, recipeId: PATTERN, name: 'Wide', hint: 'Width 256' }]);
    expect(await values()).toEqual({ [id]: { width: 256, height: 128, colour: 'red', grid: true } });
  });

  it('survives a restart, and is listed by name', async () => {
    await save('Icon 10');
    await save('icon 9');
    core.close();
    open();
    expect(names()).toEqual(['icon 9', 'Icon 10']);
  });

  it('has a name of its own, whatever the case', async () => {
    const { id } = await save('Wide');
    await expect(save('WIDE')).rejects.toMatchObject({ code: 'preset-name-taken', detail: 'Wide' });
    await save('Wide', { recipeId: LETTER, values: {} });
    const other = await save('Tall');
    expect(() => call['presets:rename']({ presetId: other.id, name: 'wide' })).toThrow('preset-name-taken');
    expect(await call['presets:rename']({ presetId: id, name: 'WIDE' })).toMatchObject({ id, name: 'WIDE' });
  });

  it('comes back after it was replaced or removed', async () => {
    const { id } = await save('Wide');
    expect(await save('wide', { values: { width: 300 }, replace: true })).toMatchObject({ id, hint: 'Width 300' });
    expect((await call['presets:restore']({ presetId: id })).hint).toBe('Width 256');
    await call['presets:remove']({ presetId: id });
    expect(names()).toEqual([]);
    await call['presets:restore']({ presetId: id });
    expect(told).toMatchObject([{ id, name: 'Wide', hint: 'Width 256' }]);
    await call['presets:remove']({ presetId: id });
    await save('Wide');
    expect(() => call['presets:restore']({ presetId: id })).toThrow('preset-name-taken');
  });

  it('is refused after a hundred of a recipe', async () => {
    for (let count = 0; count < 100; count += 1) await save(`Number ${count}`);
    await expect(save('One more')).rejects.toMatchObject({ code: 'over-limit', detail: 'presets' });
    expect((await save('Number 7', { replace: true })).name).toBe('Number 7');
  });

  it('is removed with its server', async () => {
    const { id } = await save('Wide');
    const profileId = core.connection.view.profile?.id ?? '';
    await call['connection:forget']({ profileId });
    await expect.poll(() => told).toEqual([]);
    expect(() => call['presets:rename']({ presetId: id, name: 'Narrow' })).toThrow('preset-unknown');
  });
});
