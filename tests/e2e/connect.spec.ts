import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { goTo } from './support/activity-view.ts';
import {
  connectButton,
  connectTo,
  expectLaunch,
  fillIn,
  keepForSession,
  problem,
  serverField,
  tokenField,
} from './support/connect-view.ts';
import { expect, test } from './support/fixtures.ts';
import { message, run } from './support/launch-view.ts';
import { menuLabels } from './support/tray.ts';

test('the first start opens Connect, and the tray shows that there is no connection', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
  await expect(serverField(page)).toBeFocused();
  expect(await app.control.trayTooltip()).toBe('OmniTray: Not connected yet');
  expect((await menuLabels(app))[0]).toBe('Not connected yet');
});

test('a pasted token connects, never enters the page and is kept for the next start', async ({ server, launchApp }) => {
  const app = await launchApp({ keyring: true });
  const page = await app.window();
  await fillIn(app, page, server.origin, `Generated token: ${server.token}`);
  await expect(page.getByRole('status').getByText('Omnitool 1.0.4')).toBeVisible();
  await expect(page.getByText(/^Valid until .*, 30 days\. May run every recipe\.$/)).toBeVisible();
  expect(await page.content()).not.toContain(server.token);
  await connectButton(page).click();
  await expectLaunch(page);
  const traffic = await app.control.ipcTraffic();
  expect(traffic.filter(({ text }) => text.includes(server.token))).toEqual([]);

  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home, keyring: true });
  const host = new URL(server.origin).host;
  await expect.poll(() => again.control.trayTooltip()).toBe(`OmniTray: Connected to ${host}`);
  await again.control.clickTrayItem('Open OmniTray');
  await expectLaunch(await again.window());
});

test('connecting works while the pasted token is still being inspected', async ({ server, launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await app.control.writeClipboard(server.token);
  const [, connected] = await page.evaluate((address) => {
    const token = { from: 'clipboard' } as const;
    return Promise.all([
      window.omnitray.call('connection:inspect-token', token),
      window.omnitray.call('connection:connect', { address, token, keep: 'session', allowInsecure: false }),
    ]);
  }, server.origin);
  expect(connected).toMatchObject({ ok: true, value: { status: 'online' } });
});

test('a typed token and an address without http:// connect as well', async ({ server, launchApp }) => {
  const app = await launchApp({ keyring: true });
  const page = await app.window();
  await serverField(page).fill(new URL(server.origin).host);
  await tokenField(page).fill(`  Bearer ${server.token}\n`);
  await expect(tokenField(page)).toHaveAttribute('type', 'password');
  await tokenField(page).press('Enter');
  await expectLaunch(page);
});

test.describe('an unusable token', () => {
  test('shows that the clipboard is empty or holds no token', async ({ server, launchApp }) => {
    const app = await launchApp();
    const page = await app.window();
    await serverField(page).fill(server.origin);
    await connectButton(page).click();
    await expect(tokenField(page)).toHaveAccessibleDescription(/There is no token yet\. Make a new token in Omnitool/);
    await app.control.writeClipboard('/generateJwtToken exec Workflow 2592000');
    await page.getByRole('button', { name: 'Paste', exact: true }).click();
    await expect(tokenField(page)).toHaveAccessibleDescription(/This is not a whole token\. Copy all of the answer/);
    await tokenField(page).fill(server.token.slice(0, -3));
    await expect(tokenField(page)).toHaveAccessibleDescription(/This is not a whole token/);
    expect(await app.control.trayTooltip()).toBe('OmniTray: Not connected yet');
  });

  test('shows that the token belongs to another server, and a valid one then connects', async ({
    server,
    launchApp,
  }) => {
    const other = await startPracticeServer();
    const app = await launchApp();
    const page = await app.window();
    await fillIn(app, page, server.origin, other.token);
    await other.close();
    await connectButton(page).click();
    await expect(problem(page)).toContainText('The server does not accept this token.');
    await expect(problem(page)).toContainText('It may belong to another server.');
    await page.getByRole('button', { name: 'Clear' }).click();
    await connectTo(app, { ...server, keep: 'session' });
  });

  test('shows that the token has expired', async ({ server, launchApp }) => {
    const app = await launchApp();
    const page = await app.window();
    await fillIn(app, page, server.origin, await server.mintToken({ lifetimeSeconds: -60 }));
    await expect(page.getByText(/^Expired (today|yesterday)\./)).toBeVisible();
    await connectButton(page).click();
    await expect(problem(page)).toContainText('The token has expired.');
    await expect(problem(page)).toContainText('Make a new token in Omnitool and paste it here.');
  });

  test('shows that the token may not run recipes', async ({ server, launchApp }) => {
    const app = await launchApp();
    const page = await app.window();
    await fillIn(app, page, server.origin, await server.mintToken({ scopes: [] }));
    await expect(page.getByText(/May not run recipes\.$/)).toBeVisible();
    await connectButton(page).click();
    await expect(problem(page)).toContainText('This token may not run recipes.');
    await expect(problem(page)).toContainText('/generateJwtToken exec Workflow 2592000');
  });
});

test.describe('an unusable address', () => {
  for (const [what, address, words] of [
    ['is no address', 'my server at home', /This is not a server address\. An address looks like/],
    ['has nobody behind it', '127.0.0.1:9', /The server does not answer\. Check that Omnitool is running/],
  ] as const) {
    test(what, async ({ server, launchApp }) => {
      const app = await launchApp();
      const page = await app.window();
      await fillIn(app, page, address, server.token);
      await expect(serverField(page)).toHaveAccessibleDescription(words);
      await connectButton(page).click();
      await expect(problem(page)).toContainText(/This is not a server address\.|The server does not answer\./);
      await expect(connectButton(page)).toBeEnabled();
    });
  }

  test('never gets the token when another service answers there', async ({ server, launchApp }) => {
    const headers: string[] = [];
    const website = createServer((request, response) => {
      headers.push(JSON.stringify(request.headers));
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works</h1>');
    });
    await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
    const app = await launchApp();
    const page = await app.window();
    await fillIn(app, page, origin, server.token);
    await expect(serverField(page)).toHaveAccessibleDescription(/answers, but it is not Omnitool\. Check the port/);
    await connectButton(page).click();
    await expect(problem(page)).toContainText('answers, but it is not Omnitool.');
    expect(headers.length).toBeGreaterThan(1);
    expect(headers.join()).not.toContain(server.token);
    website.closeAllConnections();
    website.close();
  });

  test('warns that the connection to another machine is not encrypted', async ({ server, launchApp }) => {
    const app = await launchApp();
    const page = await app.window();
    // RFC 6761: a name that is never given to anybody.
    await fillIn(app, page, 'http://omnitool.invalid:1688', server.token);
    await connectButton(page).click();
    await expect(problem(page)).toContainText('The connection to omnitool.invalid:1688 is not encrypted.');
    await expect(problem(page)).toContainText('Others on the network could read the token.');
    await expect(page.getByRole('button', { name: 'Connect anyway' })).toBeVisible();
  });
});

test('without a keychain the token is kept for the session and needed again at the next start', async ({
  server,
  launchApp,
}) => {
  const app = await launchApp();
  const page = await app.window();
  await fillIn(app, page, server.origin, server.token);
  await connectButton(page).click();
  await expect(problem(page)).toContainText('This computer has no keychain that OmniTray can use.');
  await keepForSession(page).click();
  await expectLaunch(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByText('token kept until OmniTray quits')).toBeVisible();

  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home });
  const host = new URL(server.origin).host;
  await expect.poll(() => again.control.trayTooltip()).toBe(`OmniTray: ${host} needs a new token`);
  await again.control.clickTrayItem('Open OmniTray');
  const window = await again.window();
  await window.getByRole('button', { name: 'New token', exact: true }).click();
  await expect(window.getByRole('heading', { name: `New token for ${host}` })).toBeVisible();
  await expect(serverField(window)).toHaveValue(server.origin);
  await connectTo(again, { ...server, keep: 'session' });
  await expect.poll(() => again.control.trayTooltip()).toBe(`OmniTray: Connected to ${host}`);
});

test('a user without a server tries the practice server', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await page.getByRole('button', { name: 'Try the practice server' }).click();
  await expectLaunch(page);
  expect(await app.control.trayTooltip()).toBe('OmniTray: Connected to Practice server');
  await run(page, 'Echo', 'Anybody there?');
  await expect(message(page)).toHaveValue('');
  await expect.poll(async () => (await app.control.notifications())[0]?.title).toBe('Echo is done');
  await goTo(page, 'Activity');
});
