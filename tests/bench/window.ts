import { join } from 'node:path';
import * as playwright from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { connectTo } from '../e2e/support/connect-view.ts';
import type { App, Host } from '../support/host/app.ts';
import { makeHome, removeHome } from '../support/host/home.ts';
import { openHost } from '../support/host/open-host.ts';
import { ANY_TOKEN, manyRecipes, startRecipeServer } from '../support/recipe-server.ts';
import { type Line, median, ratioTable, type Table } from './table.ts';

const RECIPES = 1_000;
const ROUNDS = 5;
/** A bench that hangs says so. */
export const PATIENCE_MS = 30_000;
const BARE_APP = join(import.meta.dirname, 'bare-app');
/** A desktop without a tray: there OmniTray opens its window at the start, as the bare app does. */
const WITHOUT_TRAY = { XDG_CURRENT_DESKTOP: 'GNOME' };
const TYPED = 'picture 99';

interface Side {
  readonly open: () => Promise<App>;
  readonly field: (page: Page) => Locator;
}

/**
 * The window beside a bare one of the same host, in turns: from the start of the program to a field that has the focus,
 * and from a key to the frame that shows it, with a thousand recipes to search.
 *
 * @throws where there is no Chromium for the stand-in
 */
export async function measureWindow(): Promise<Table> {
  const host = await openHost(playwright);
  const server = await startRecipeServer(manyRecipes(RECIPES));
  const homes = { omnitray: makeHome(), bare: makeHome() };
  try {
    await fill(host, homes.omnitray, server.origin);
    const omnitray: Side = {
      open: () => host.launch({ home: homes.omnitray, env: WITHOUT_TRAY }),
      field: (page) => page.getByRole('combobox', { name: 'Search recipes' }),
    };
    const bare: Side = {
      open: () => host.launch({ home: homes.bare, app: BARE_APP }),
      field: (page) => page.getByLabel('Field'),
    };
    return ratioTable(`Window (${host.name})`, ['OmniTray', 'bare window'], await measureSides(omnitray, bare));
  } finally {
    await host.close();
    await server.close();
    removeHome(homes.omnitray);
    removeHome(homes.bare);
  }
}

/** Connects once, so that each start finds the list of recipes on the disk. */
async function fill(host: Host, home: string, origin: string): Promise<void> {
  const app = await host.launch({ home });
  (await app.window()).setDefaultTimeout(PATIENCE_MS);
  await connectTo(app, { origin, token: ANY_TOKEN, keep: 'session' });
  await app.quit();
}

async function measureSides(omnitray: Side, bare: Side): Promise<readonly Line[]> {
  const starts = { omnitray: [] as number[], plain: [] as number[] };
  const keys = { omnitray: [] as number[], plain: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [side, of] of [
      ['omnitray', omnitray],
      ['plain', bare],
    ] as const) {
      const { start, frames } = await measureOnce(of);
      starts[side].push(start);
      keys[side].push(...frames);
    }
  }
  const medians = (times: typeof keys) => ({ omnitray: median(times.omnitray), plain: median(times.plain) });
  return [
    { what: 'start to a field with the focus, ms', ...medians(starts), target: 3 },
    { what: `key to its frame, ${RECIPES.toLocaleString('en-GB')} recipes, ms`, ...medians(keys), target: 1.5 },
  ];
}

async function measureOnce({ open, field }: Side): Promise<{ readonly start: number; readonly frames: number[] }> {
  const began = performance.now();
  const app = await open();
  try {
    const page = await app.window();
    page.setDefaultTimeout(PATIENCE_MS);
    await field(page).focus();
    const start = performance.now() - began;
    return { start, frames: await measureKeys(page) };
  } finally {
    await app.kill();
  }
}

/** Of each key the time from its event to the end of the frame after it: the second callback follows a drawn frame. */
export async function measureKeys(page: Page): Promise<number[]> {
  const watch = await page.evaluateHandle(() => {
    const state = { drawn: Promise.resolve(0) };
    const listen = ({ timeStamp }: KeyboardEvent): void => {
      state.drawn = new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - timeStamp)));
      });
    };
    addEventListener('keydown', listen, { capture: true });
    return state;
  });
  const frames: number[] = [];
  for (const letter of TYPED) {
    await page.keyboard.press(letter);
    frames.push(await watch.evaluate(({ drawn }) => drawn));
  }
  return frames;
}
