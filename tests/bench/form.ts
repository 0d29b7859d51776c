import * as playwright from '@playwright/test';
import type { Page } from '@playwright/test';
import { connectTo } from '../e2e/support/connect-view.ts';
import { makeHome, removeHome } from '../support/host/home.ts';
import { openHost } from '../support/host/open-host.ts';
import { ANY_TOKEN, type ScriptedRecipe, startRecipeServer } from '../support/recipe-server.ts';
import { median, ratioTable, type Table } from './table.ts';
import { measureKeys, PATIENCE_MS } from './window.ts';

const [SMALL, LARGE] = [3, 200];
const ROUNDS = 3;

/** A recipe whose form has as many text fields as that. */
function formRecipe(fields: number): ScriptedRecipe {
  const keys = Array.from({ length: fields }, (_, index) => `field${String(index)}`);
  const components = keys.map((key) => ({ type: 'textarea', key, label: key, input: true }));
  const inputs = Object.fromEntries(keys.map((key) => [key, { name: key, type: 'string', customSocket: 'text' }]));
  const data = { source: { display: 'form', components }, 'x-omni-dynamicInputs': inputs };
  return {
    id: `form-${String(fields)}`,
    name: `Form of ${String(fields)}`,
    nodes: { '1': { id: 1, name: 'omni-core-formio:formio.auto_ui', data, inputs: {}, outputs: {} } },
  };
}

/**
 * A form of 200 fields beside one of three, in turns: from its choice to its last field, and from a key to the frame that
 * shows it.
 *
 * @throws where there is no Chromium for the stand-in
 */
export async function measureForms(): Promise<Table> {
  const host = await openHost(playwright);
  const server = await startRecipeServer([formRecipe(SMALL), formRecipe(LARGE)]);
  const home = makeHome();
  const app = await host.launch({ home });
  try {
    const page = await connectTo(app, { origin: server.origin, token: ANY_TOKEN, keep: 'session' });
    page.setDefaultTimeout(PATIENCE_MS);
    const opened = { omnitray: [] as number[], plain: [] as number[] };
    const keys = { omnitray: [] as number[], plain: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [side, fields] of [
        ['omnitray', LARGE],
        ['plain', SMALL],
      ] as const) {
        opened[side].push(await openForm(page, fields));
        keys[side].push(...(await measureKeys(page)));
      }
    }
    const medians = (times: typeof keys) => ({ omnitray: median(times.omnitray), plain: median(times.plain) });
    return ratioTable(
      `Form (${host.name})`,
      [`${LARGE} fields`, `${SMALL} fields`],
      [
        { what: 'choice to its last field, ms', ...medians(opened) },
        { what: 'key to its frame, ms', ...medians(keys), target: 1.5 },
      ],
    );
  } finally {
    await app.kill();
    await host.close();
    await server.close();
    removeHome(home);
  }
}

/** Chooses the recipe, and moves the focus to its first field. The time until its last field is there, in ms. */
async function openForm(page: Page, fields: number): Promise<number> {
  const search = page.getByRole('combobox', { name: 'Search recipes' });
  await search.fill(`Form of ${String(fields)}`);
  const began = performance.now();
  await search.press('Enter');
  await page.getByRole('textbox', { name: `field${String(fields - 1)}`, exact: true }).waitFor();
  const time = performance.now() - began;
  await page.getByRole('textbox', { name: 'field0', exact: true }).focus();
  return time;
}
