/**
 * `npm run shots`: every view in its states, light and dark, to shots/. To be looked at: a change of a view is not done
 * before its picture was. With the names of scenes, only those: `npm run shots -- history`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as playwright from '@playwright/test';
import type { Page } from '@playwright/test';
import { type PracticeServer, startPracticeServer } from '../electron/practice/server.ts';
import { connectTo } from '../tests/e2e/support/connect-view.ts';
import { startFaultProxy } from '../tests/support/fault-proxy.ts';
import { ANY_TOKEN, startRecipeServer } from '../tests/support/recipe-server.ts';
import type { Breakable } from '../tests/support/host/app.ts';
import { makeHome, removeHome } from '../tests/support/host/home.ts';
import { openHost } from '../tests/support/host/open-host.ts';
import { batchScene } from './lib/batch-scenes.ts';
import { formsScene, templates, templatesScene } from './lib/form-scenes.ts';
import { connectScene, dropsScene, launchScene } from './lib/launch-scenes.ts';
import { presetsScene } from './lib/preset-scenes.ts';
import { answersScene, resultsScene, runsScene, failureScene } from './lib/run-scenes.ts';
import type { Scene } from './lib/scene.ts';
import { shellScene } from './lib/shell-scenes.ts';
import { runTableScene } from './lib/run-table-scenes.ts';
import { historyScene, tableScene, viewersScene } from './lib/table-scenes.ts';

const folder = join(import.meta.dirname, '../shots');

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A picture that has arrived may still have to be drawn.
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  console.log(name);
}

/** The server of a scene. */
type Server = Pick<PracticeServer, 'origin' | 'token' | 'close'>;

async function play(
  name: string,
  isConnected: boolean,
  scene: (scene: Scene) => Promise<void>,
  { breaks = [], start = startPracticeServer }: { breaks?: readonly Breakable[]; start?: () => Promise<Server> } = {},
): Promise<void> {
  const server = await start();
  const faults = await startFaultProxy(server.origin);
  const home = makeHome();
  const app = await host.launch({ home, breaks });
  try {
    const page = isConnected
      ? await connectTo(app, { origin: faults.origin, token: server.token, keep: 'session' })
      : await app.window();
    await scene({ app, page, faults, token: server.token, scratch, shoot: (shot) => shoot(page, shot) });
    const problems = app.takeProblems();
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } catch (failure) {
    console.error(`${name} could not be shot.\n${app.output()}`);
    throw failure;
  } finally {
    await app.kill();
    removeHome(home);
    await faults.close();
    await server.close();
  }
}

/** A server that holds the published recipes. It runs nothing. */
async function templateServer(): Promise<Server> {
  const server = await startRecipeServer(
    templates().map(({ id, meta, rete }) => ({ id, ...meta, public: true, help: '', nodes: rete.nodes })),
  );
  return { origin: server.origin, token: ANY_TOKEN, close: () => server.close() };
}

const SCENES: Readonly<Record<string, () => Promise<void>>> = {
  connect: () => play('connect', false, connectScene),
  launch: () => play('launch', true, launchScene),
  drops: () => play('drops', true, dropsScene),
  table: () => play('table', true, tableScene),
  forms: () => play('forms', true, formsScene),
  presets: () => play('presets', true, presetsScene),
  templates: async () => {
    if (templates().length === 0)
      console.log('templates: left out, the published recipes are not beside this repository.');
    else await play('templates', true, templatesScene, { start: templateServer });
  },
  runs: () => play('runs', true, runsScene),
  results: () => play('results', true, resultsScene),
  viewers: () => play('viewers', true, viewersScene),
  history: () => play('history', true, historyScene),
  answers: () => play('answers', true, answersScene),
  batch: () => play('batch', true, batchScene),
  'form-table': () => play('form-table', true, runTableScene),
  failures: () => play('failures', true, failureScene),
  shell: () => play('shell', true, shellScene, { breaks: ['tray', 'power'] }),
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(SCENES, name));
if (unknown.length > 0) {
  console.error(`There is no scene ${unknown.join(' or ')}. The scenes are ${Object.keys(SCENES).join(', ')}.`);
  process.exit(1);
}
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'omnitray-shots-'));
const host = await openHost(playwright);
console.log(`Host: ${host.name}`);
try {
  for (const [name, scene] of Object.entries(SCENES)) if (wanted.length === 0 || wanted.includes(name)) await scene();
} finally {
  await host.close();
  rmSync(scratch, { recursive: true, force: true });
}
