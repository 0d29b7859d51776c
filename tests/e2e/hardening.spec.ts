import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { ERROR_CODES } from '../../electron/contract/errors.ts';
import { PROJECT } from '../support/host/which-host.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments } from './support/launch-view.ts';
import { loads, violations } from './support/page-attempts.ts';
import { HILLS } from './support/samples.ts';

declare global {
  interface Window {
    injectedRan?: boolean;
  }
}

/** The bridge as a page sees it that does not care for types. */
interface Untyped {
  call(...args: readonly unknown[]): Promise<unknown>;
}

/** What calls could change. */
const state = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const view = await window.omnitray.call('app:view');
    if (!view.ok) return view;
    const { connection, draft, runs, settings } = view.value;
    return { connection, draft, runs, settings };
  });

test('a window is created without dangerous preferences', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  const [made] = await app.control.windows();
  // Real Electron does not tell; what follows from them is checked on both hosts.
  if (app.host === 'stand-in') {
    expect(made?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  }
  const seen = await page.evaluate(() =>
    ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
  );
  expect(seen).toEqual([]);
  expect(await page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false);
  expect(await page.evaluate(() => Object.keys(window.omnitray).sort())).toEqual(['call', 'on', 'pathOf']);
});

test('the page runs only its own scripts and loads nothing from other origins', async ({ launchApp }) => {
  const page = await (await launchApp()).window();
  const refused = await violations(page);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.append('window.injectedRan = true');
    document.body.append(script);
  });
  expect(await page.evaluate(() => window.injectedRan)).toBeUndefined();
  expect(
    // Later, because the policy is put aside for what a debugger evaluates at once.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              resolve(Reflect.construct(Function, ['return 1']));
            } catch (problem) {
              resolve((problem as Error).name);
            }
          });
        }),
    ),
  ).toBe('EvalError');
  expect(await loads(page, 'https://example.org/picture.png')).toBe(false);
  const fetched = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'came through',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  expect(await refused()).toEqual(expect.arrayContaining(['require-trusted-types-for', 'img-src', 'connect-src']));
});

test('the page cannot navigate away, open windows or get permissions', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  const { url } = (await app.control.windows())[0] ?? { url: '' };
  expect(url).toMatch(/^omnitray:\/\/app\//);
  expect(await page.evaluate(() => window.open('https://example.org/opened'))).toBeNull();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/away';
    document.body.append(link);
    link.click();
  });
  await expect(page.getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect((await app.control.windows()).map((shown) => shown.url)).toEqual([url]);
  expect(await app.control.openedExternal()).toEqual([]);
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen']) {
    expect(await app.control.askPermission(permission), permission).toBe(false);
  }
});

test('calls that are not in the contract are refused and change nothing', async ({ connected: { app, page } }) => {
  const calls: readonly (readonly unknown[])[] = [
    ['no:such-call'],
    ['__proto__'],
    ['constructor'],
    ['toString', {}],
    [null],
    [{ toString: 'app:view' }],
    [['app:view']],
    ['app:view', { extra: 1 }],
    ['results:view'],
    ['results:view', { runId: 5 }],
    ['results:view', { runId: '' }],
    ['results:save', { runId: 'x', position: -1 }],
    ['results:save', { runId: 'x', position: 0, path: '/etc/passwd' }],
    ['draft:add', { paths: [1], unsaved: [], texts: [] }],
    ['draft:add', { paths: [], unsaved: [], texts: [''] }],
    ['connection:connect', { address: 'x', token: { from: 'file', path: '/x' }, keep: 'disk', allowInsecure: 1 }],
    ['settings:change', { theme: 'pink' }],
    ['settings:change', { activeProfileId: null }],
  ];
  const tooMuch: readonly (readonly unknown[])[] = [
    ['draft:add', { paths: Array.from({ length: 5_001 }, () => '/etc/passwd'), unsaved: [], texts: [] }],
    ['connection:inspect-token', { from: 'typed', token: 'x'.repeat(20_000) }],
  ];
  const before = await state(page);
  for (const [code, refused] of [
    ['bad-request', calls],
    ['over-limit', tooMuch],
  ] as const) {
    for (const call of refused) {
      const answer = await page.evaluate((given) => (window.omnitray as unknown as Untyped).call(...given), call);
      expect(answer, JSON.stringify(call).slice(0, 80)).toMatchObject({ ok: false, error: { code } });
    }
  }
  expect(await state(page)).toEqual(before);
  expect(app.isRunning()).toBe(true);
});

test('calls about missing things return a readable error', async ({ connected: { page } }) => {
  const answers = await page.evaluate(async () => [
    await window.omnitray.call('results:view', { runId: '../../etc/passwd' }),
    await window.omnitray.call('results:reveal', { runId: 'no such run', position: 0 }),
    await window.omnitray.call('runs:stop', { runId: 'no such run' }),
    await window.omnitray.call('runs:remove', { runIds: ['..'] }),
    await window.omnitray.call('draft:from-run', { runId: 'no such run' }),
    await window.omnitray.call('recipes:load', { recipeId: '../../api' }),
    await window.omnitray.call('connection:connect', {
      address: 'x',
      token: { from: 'clipboard' },
      keep: 'session',
      allowInsecure: true,
    }),
  ]);
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false });
    if (answer.ok) continue;
    expect(ERROR_CODES).toContain(answer.error.code);
    expect(answer.error.code).not.toBe('internal');
  }
});

test('no address reaches other files of this machine', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [HILLS]);
  const shown = await attachments(page, 'hills.png').locator('img').getAttribute('src');
  expect(shown).toMatch(/^omnitray-artifact:\/\/draft\//);
  expect(await loads(page, shown ?? '')).toBe(true);
  const up = relative(join(PROJECT, 'out/renderer'), join(PROJECT, 'resources/icon.png'));
  for (const address of [
    `omnitray-artifact://draft/${encodeURIComponent(HILLS)}`,
    `omnitray-artifact://draft/..%2f..%2f..${encodeURIComponent(HILLS)}`,
    `omnitray-artifact://draft${HILLS}`,
    `omnitray-artifact://result/..%2f..%2f/${encodeURIComponent(HILLS)}`,
    'omnitray-artifact://result/no-such-run/0',
    `omnitray-artifact://file${HILLS}`,
    // From where the page itself comes.
    `/${up}`,
    `/${encodeURIComponent(up)}`,
    `/${encodeURIComponent(HILLS)}`,
    `file://${HILLS}`,
  ]) {
    expect(await loads(page, address), address).toBe(false);
  }
});
