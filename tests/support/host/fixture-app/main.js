/** A small app that uses what OmniTray uses of Electron, to prove the host. What it heard it tells over `heard`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, dialog, globalShortcut, ipcMain, Menu, nativeTheme, net } from 'electron';
import { Notification, powerMonitor, protocol, safeStorage, session, shell, Tray } from 'electron/main';

const here = import.meta.dirname;
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src fixture-artifact:; media-src fixture-artifact:";
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const heard = [];
const hear = (what, ...facts) => heard.push({ what, facts });
let window = null;
let tray = null;
const notifications = new Set();

app.setPath('userData', process.env.OMNITRAY_HOME);
if (process.argv.includes('--fail-early')) throw new Error('failing early, as asked');

if (!app.requestSingleInstanceLock({ args: process.argv.slice(2), cwd: process.cwd() })) app.exit(0);

protocol.registerSchemesAsPrivileged([
  { scheme: 'fixture', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'fixture-artifact', privileges: { secure: true, stream: true } },
]);

app.on('second-instance', (_event, argv, cwd, data) => hear('second-instance', argv.slice(2), cwd, data));
app.on('open-file', (event, path) => {
  event.preventDefault();
  hear('open-file', path);
});
app.on('window-all-closed', () => hear('window-all-closed'));
app.on('before-quit', () => process.stdout.write('before-quit\n'));

async function servePage(request) {
  const { host, pathname } = new URL(request.url);
  hear('request', request.url);
  if (host !== 'app') return new Response('', { status: 404 });
  const name = pathname.slice(1);
  const type = name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
  return new Response(await readFile(join(here, name)), {
    headers: { 'content-type': type, 'content-security-policy': CSP },
  });
}

function serveArtifact(request) {
  const range = request.headers.get('range');
  if (request.url.endsWith('pixel.png'))
    return new Response(Buffer.from(PIXEL, 'base64'), { headers: { 'content-type': 'image/png' } });
  hear('range', range);
  return new Response(Buffer.alloc(100), {
    status: 206,
    headers: { 'content-type': 'video/webm', 'content-range': 'bytes 0-99/1000', 'accept-ranges': 'bytes' },
  });
}

function openWindow() {
  window = new BrowserWindow({
    width: 700,
    height: 500,
    show: false,
    webPreferences: { preload: join(here, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  window.on('closed', () => {
    window = null;
  });
  window.webContents.on('will-navigate', (event, url) => {
    hear('will-navigate', url);
    event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    hear('window-open', url);
    return { action: 'deny' };
  });
  void window.loadURL('fixture://app/index.html');
}

const actions = {
  echo: (_event, value) => value,
  fail: () => {
    throw new RangeError('no such thing');
  },
  uncloneable: () => () => 'a function',
  heard: () => heard,
  sender: (event) => ({
    url: event.senderFrame.url,
    contents: event.sender.getURL(),
    same: event.senderFrame === event.sender.mainFrame,
  }),
  tell: (event, ...args) => event.sender.send('told', ...args),
  notify: (_event, { title, keep }) => {
    const notification = new Notification({ title, body: 'Click me' });
    notification.on('click', () => hear('notification-click', title));
    if (keep) notifications.add(notification);
    notification.show();
  },
  pick: async () => (await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'] })).filePaths,
  reveal: (_event, path) => shell.showItemInFolder(path),
  clipboard: () => clipboard.readText(),
  theme: (_event, source) => {
    nativeTheme.themeSource = source;
  },
  fetchFile: async (_event, url) => (await net.fetch(url)).text(),
  unknownMember: () => app.getGPUFeatureStatus(),
  unknownModule: () => safeStorage.isEncryptionAvailable(),
  unknownEvent: () => app.on('no-such-event', () => undefined),
  tooLate: () => protocol.registerSchemesAsPrivileged([]),
  afterTheEnd: () => {
    const lost = new BrowserWindow({ show: false });
    lost.destroy();
    lost.setTitle('too late');
  },
};

function makeTray() {
  tray = new Tray(join(here, 'tray.png'));
  tray.setToolTip('Fixture');
  const menu = Menu.buildFromTemplate([
    { id: 'status', label: 'Ready', enabled: false },
    { label: 'Open', click: () => (window === null ? openWindow() : window.show()) },
    { type: 'separator' },
    { label: 'More', submenu: [{ id: 'deep', label: 'Deep', click: () => hear('deep') }] },
    { label: 'Quit', role: 'quit' },
  ]);
  tray.setContextMenu(menu);
  menu.getMenuItemById('status').label = 'Changed without setContextMenu';
  tray.on('drop-files', (_event, files) => hear('drop-files', files));
}

await Promise.resolve();
void app.whenReady().then(() => {
  protocol.handle('fixture', servePage);
  session.defaultSession.protocol.handle('fixture-artifact', serveArtifact);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  for (const [name, action] of Object.entries(actions)) ipcMain.handle(name, action);
  ipcMain.on('said', (_event, ...args) => hear('said', ...args));
  powerMonitor.on('suspend', () => hear('suspend'));
  globalShortcut.register('Alt+Shift+D', () => hear('shortcut'));
  makeTray();
  if (!process.argv.includes('--tray-only')) openWindow();
});
