import { execFileSync } from 'node:child_process';
import { expect, FIXTURE_APP, heard, invoke, test } from './fixture-app.ts';

test('the tray menu shows its items, and they work', async ({ page, app }) => {
  const menu = await app.control.trayMenu();
  expect(menu.map(({ label }) => label)).toEqual(['Ready', 'Open', '', 'More', 'Quit']);
  expect(menu[0]).toMatchObject({ id: 'status', enabled: false });
  expect(await app.control.trayTooltip()).toBe('Fixture');
  await app.control.clickTrayItem('More > Deep');
  await expect.poll(() => heard(page, 'deep')).toHaveLength(1);
  await expect(app.control.clickTrayItem('Ready')).rejects.toThrow('disabled');
  await app.control.emitTrayDropFiles(['/a', '/b']);
  await expect.poll(() => heard(page, 'drop-files')).toEqual([[['/a', '/b']]]);
});

test('a click on a notification reaches the app', async ({ page, app }) => {
  await invoke(page, 'notify', { title: 'Kept', keep: true });
  await app.control.collectGarbage();
  expect(await app.control.notifications()).toEqual([
    { title: 'Kept', body: 'Click me', silent: false, closed: false },
  ]);
  await app.control.clickNotification(0);
  await expect.poll(() => heard(page, 'notification-click')).toEqual([['Kept']]);
});

test('a click fails on a notification that the app did not keep', async ({ page, app }) => {
  await invoke(page, 'notify', { title: 'Dropped', keep: false });
  await app.control.collectGarbage();
  await expect(app.control.clickNotification(0)).rejects.toThrow('nobody kept');
});

test('dialogs return the answers of the spec', async ({ page, app }) => {
  await app.control.answerNextOpenDialog(['/home/me/a.txt']);
  expect(await invoke(page, 'pick')).toEqual(['/home/me/a.txt']);
  await app.control.answerNextOpenDialog(null);
  expect(await invoke(page, 'pick')).toEqual([]);
  expect(await app.control.dialogs()).toHaveLength(2);
});

test('a second start hands over its arguments and ends', async ({ page, app }) => {
  const second = await app.startSecondInstance(['one.txt', '--flag']);
  expect(second.exitCode).toBe(0);
  await expect
    .poll(() => heard(page, 'second-instance'))
    .toEqual([[['one.txt', '--flag'], app.home, { args: ['one.txt', '--flag'], cwd: app.home }]]);
});

test('windows, power events, shortcuts and the file manager work', async ({ page, app }) => {
  const shown = { visible: true, focused: true, url: 'fixture://app/index.html' };
  await expect.poll(async () => (await app.control.windows())[0]).toMatchObject(shown);
  await app.control.suspend();
  await app.control.emitOpenFile('/x');
  await app.control.pressShortcut('Alt+Shift+D');
  await invoke(page, 'reveal', '/shown');
  expect(await app.control.shownItems()).toEqual(['/shown']);
  for (const what of ['suspend', 'open-file', 'shortcut']) await expect.poll(() => heard(page, what)).toHaveLength(1);
});

test('the tray opens a window, and the app stays when the window closes', async ({ launchApp }) => {
  const app = await launchApp({ app: FIXTURE_APP, args: ['--tray-only'] });
  expect(await app.control.windows()).toEqual([]);
  await app.control.clickTrayItem('Open');
  await expect((await app.window()).getByRole('heading')).toHaveText('Host fixture');
  await app.control.closeWindow(0);
  expect(await app.control.windows()).toEqual([]);
  await app.control.clickTrayItem('Open');
  const again = await app.window();
  expect(await heard(again, 'window-all-closed')).toHaveLength(1);
});

test('quitting ends the app', async ({ app }) => {
  expect(await app.quit()).toBe(0);
  expect(app.output()).toContain('before-quit');
});

test('the lock of a killed app does not block the next start', async ({ app, page, launchApp }) => {
  await app.kill();
  expect(page.isClosed()).toBe(true);
  const next = await launchApp({ app: FIXTURE_APP, home: app.home });
  await expect((await next.window()).getByRole('heading')).toHaveText('Host fixture');
});

test('an app that throws at its start is reported', async ({ launchApp }) => {
  await expect(launchApp({ app: FIXTURE_APP, args: ['--fail-early'] })).rejects.toThrow('failing early, as asked');
});

test('a separate keyring answers on the bus of the app', async ({ launchApp }) => {
  test.skip(process.platform !== 'linux', 'The Secret Service is Linux only.');
  const app = await launchApp({ app: FIXTURE_APP, keyring: true });
  const bus = await app.control.environment('DBUS_SESSION_BUS_ADDRESS');
  const ask = ['--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets/collection/login'];
  const locked = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked'];
  const reply = execFileSync('dbus-send', [`--bus=${bus}`, ...ask, ...locked], { encoding: 'utf8' });
  expect(reply).toContain('boolean false');
});
