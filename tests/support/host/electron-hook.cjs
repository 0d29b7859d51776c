/**
 * The recorder on real Electron: loaded before the app by `electron -r`, it wraps what a spec cannot see or press from
 * outside and offers the methods of recorder.ts as `globalThis.__omnitrayHost`. CommonJS, because `-r` is.
 */
'use strict';

const { basename } = require('node:path');
const { pathToFileURL } = require('node:url');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const electron = require('electron');

const { app, BrowserWindow, clipboard, dialog, globalShortcut, ipcMain, nativeImage, nativeTheme } = electron;
const { Notification, powerMonitor, shell, Tray } = electron;

// An app started by hand has none of what starts it here, `--no-sandbox -r <this file>`, among its arguments.
process.argv.splice(1, Math.max(0, process.argv.indexOf(__filename)));

// As root Electron runs only with `--no-sandbox`. The app's enableSandbox() takes that back (electron_api_app.cc), and
// then every process it starts refuses to run (electron_main_delegate.cc).
if (process.getuid?.() === 0) app.enableSandbox = () => undefined;

const trays = [];
const notices = [];
const dialogs = [];
const answers = { open: [], save: [], message: [] };
const shownItems = [];
const openedPaths = [];
const openedExternal = [];
const traffic = [];
const drags = [];
const shortcuts = new Map();
const permissionHandlers = new WeakMap();

const refuse = (text) => {
  throw new Error(text);
};

/** Calls `before` with what a method is called with, then the method itself. */
function wrap(owner, name, before) {
  const original = owner[name];
  owner[name] = function wrapped(...args) {
    before.call(this, ...args);
    return original.apply(this, args);
  };
}

// ---- what the spec has broken

const broken = (process.env.OMNITRAY_HOST_BREAKS ?? '').split(' ');

function mayBreak(part) {
  if (broken.includes(part)) refuse(`The spec has broken this part of the desktop: ${part}`);
}

// ---- the notification whose click started the app, which only macOS tells

const clicked = process.env.OMNITRAY_HOST_CLICKED;
if (clicked !== undefined) {
  const once = app.once.bind(app);
  const response = { actionIdentifier: 'default', date: 0, identifier: clicked, userInfo: {} };
  app.once = (name, listener) => once(name, name === 'ready' ? (event) => listener(event, response) : listener);
}

// ---- tray. Electron gives no way back from a Tray to its menu, picture or tooltip. Held weakly, as Electron does.

const trayFacts = new WeakMap();

function factsOf(tray) {
  if (!trayFacts.has(tray)) {
    trayFacts.set(tray, { tooltip: '', image: null, menu: null });
    trays.push(new WeakRef(tray));
  }
  return trayFacts.get(tray);
}

wrap(Tray.prototype, 'setToolTip', function note(tooltip) {
  mayBreak('tray');
  factsOf(this).tooltip = tooltip;
});
wrap(Tray.prototype, 'setContextMenu', function note(menu) {
  factsOf(this).menu = menu;
});
wrap(Tray.prototype, 'setImage', function note(image) {
  factsOf(this).image = typeof image === 'string' ? basename(image) : null;
});

const livingTrays = () => trays.map((tray) => tray.deref()).filter((tray) => tray !== undefined && !tray.isDestroyed());
const firstTray = () => livingTrays()[0] ?? refuse('There is no tray icon.');

const recordMenu = (menu) =>
  (menu?.items ?? []).map(({ id, label, type, enabled, visible, checked, submenu }) => ({
    id: id ?? '',
    label,
    type,
    enabled,
    visible,
    checked,
    submenu: submenu ? recordMenu(submenu) : null,
  }));

function pressItem(menu, path) {
  const [label, ...rest] = path.split(' > ');
  const item = menu?.items.find((each) => each.label === label && each.visible);
  if (item === undefined) refuse(`The menu has no '${path}'.`);
  if (!item.enabled) refuse(`The menu item '${path}' is disabled.`);
  if (rest.length > 0) pressItem(item.submenu, rest.join(' > '));
  // After the answer is on its way: the item may quit the app.
  else setImmediate(() => item.click());
}

// ---- notifications. A headless desktop has no notification server, so they are noted and not handed to one.

Notification.isSupported = () => true;
Notification.prototype.show = function show() {
  const { title, body, silent } = this;
  notices.push({ notification: new WeakRef(this), title, body, silent: Boolean(silent), closed: false });
  setImmediate(() => this.emit('show', {}));
};
Notification.prototype.close = function close() {
  const notice = notices.find((each) => each.notification.deref() === this && !each.closed);
  if (notice === undefined) return;
  notice.closed = true;
  this.emit('close', {});
};

function noticeAt(position) {
  const notice = notices[position] ?? refuse(`There is no notification ${position}; there are ${notices.length}.`);
  if (notice.closed) refuse(`The notification '${notice.title}' is closed.`);
  const notification = notice.notification.deref() ?? refuse('The click is lost: nobody kept the notification.');
  return { notice, notification };
}

// ---- dialogs: never shown, answered by the spec

function ask(kind, args) {
  dialogs.push({ kind, options: JSON.stringify(args.at(-1) ?? {}) });
  if (answers[kind].length === 0) refuse(`A dialog (${kind}) came up and the spec had no answer ready.`);
  return answers[kind].shift();
}

dialog.showOpenDialog = async (...args) => {
  const filePaths = ask('open', args);
  return { canceled: filePaths === null, filePaths: filePaths ?? [] };
};
dialog.showSaveDialog = async (...args) => {
  const filePath = ask('save', args);
  return { canceled: filePath === null, filePath: filePath ?? '' };
};
dialog.showMessageBox = async (...args) => ({ response: ask('message', args), checkboxChecked: false });
dialog.showOpenDialogSync = (...args) => ask('open', args) ?? undefined;
dialog.showSaveDialogSync = (...args) => ask('save', args) ?? '';
dialog.showMessageBoxSync = (...args) => ask('message', args);
dialog.showErrorBox = (title, content) => {
  dialogs.push({ kind: 'error', options: JSON.stringify({ title, content }) });
};

// ---- the rest of the desktop

shell.showItemInFolder = (path) => {
  shownItems.push(path);
};
shell.openPath = async (path) => {
  openedPaths.push(path);
  return '';
};
shell.openExternal = async (url) => {
  openedExternal.push(url);
};
wrap(globalShortcut, 'register', (accelerator, callback) => {
  mayBreak('shortcut');
  shortcuts.set(accelerator, callback);
});

// ---- every message between the pages and the app

const readable = (value) =>
  JSON.stringify(value ?? null, (_key, part) => {
    if (part instanceof Map) return ['Map', ...part];
    if (part instanceof Set) return ['Set', ...part];
    if (part instanceof Error) return { name: part.name, message: part.message, stack: part.stack };
    if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) return new TextDecoder().decode(part);
    return typeof part === 'bigint' ? String(part) : part;
  });

const record = (direction, channel, value) => {
  traffic.push({ direction, channel, text: readable(value) });
};

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, handler) =>
  handle(channel, async (event, ...args) => {
    record('to-main', channel, args);
    try {
      const value = await handler(event, ...args);
      record('to-page', channel, value);
      return value;
    } catch (problem) {
      record('to-page', channel, String(problem));
      throw problem;
    }
  });

app.on('web-contents-created', (_event, contents) => {
  wrap(contents, 'send', (channel, ...args) => record('to-page', channel, args));
  wrap(contents, 'startDrag', (item) => {
    drags.push(item.files ?? [item.file]);
  });
  contents.on('ipc-message', (_message, channel, ...args) => record('to-main', channel, args));
});

app.whenReady().then(() => wrap(powerMonitor, 'on', () => mayBreak('power')));
app.on('session-created', (made) => {
  wrap(made.protocol, 'handle', () => mayBreak('protocol'));
  wrap(made, 'setPermissionRequestHandler', (handler) => {
    permissionHandlers.set(made, handler);
  });
});

function askPermission(permission) {
  const [window] = BrowserWindow.getAllWindows();
  const contents = window?.webContents ?? refuse('There is no window to ask for.');
  const handler = permissionHandlers.get(contents.session);
  if (!handler) return true;
  return new Promise((resolve) => {
    handler(contents, permission, resolve, { requestingUrl: contents.getURL(), isMainFrame: true });
  });
}

const windowAt = (position) => BrowserWindow.getAllWindows()[position] ?? refuse(`There is no window ${position}.`);

const recordWindow = (window) => ({
  id: window.id,
  title: window.getTitle(),
  url: window.webContents.getURL(),
  visible: window.isVisible() && !window.isMinimized(),
  focused: window.isFocused(),
  minimized: window.isMinimized(),
  bounds: window.getBounds(),
  progress: -1,
  alwaysOnTop: window.isAlwaysOnTop(),
  zoom: window.webContents.getZoomFactor(),
  options: {},
  webPreferences: {},
});

const unstoppable = { preventDefault: () => undefined };

const clipboardItem = (type, data) => new electron.ClipboardItem({ [type]: new Blob([data], { type }) });

globalThis.__omnitrayHost = {
  trays: () => livingTrays().map((tray) => ({ ...factsOf(tray), menu: recordMenu(factsOf(tray).menu) })),
  trayMenu: () => recordMenu(factsOf(firstTray()).menu),
  trayTooltip: () => factsOf(firstTray()).tooltip,
  clickTray: () => void firstTray().emit('click', {}),
  clickTrayItem: (label) => pressItem(factsOf(firstTray()).menu, label),
  emitTrayDropFiles: (paths) => void firstTray().emit('drop-files', {}, paths),

  notifications: () => notices.map(({ title, body, silent, closed }) => ({ title, body, silent, closed })),
  clickNotification: (position) => {
    const { notice, notification } = noticeAt(position);
    notification.emit('click', {});
    notice.closed = true;
    notification.emit('close', {});
  },
  closeNotification: (position) => {
    const { notice, notification } = noticeAt(position);
    notice.closed = true;
    notification.emit('close', {});
  },

  answerNextOpenDialog: (paths) => void answers.open.push(paths),
  answerNextSaveDialog: (path) => void answers.save.push(path),
  answerNextMessageBox: (button) => void answers.message.push(button),
  dialogs: () => dialogs,

  shownItems: () => shownItems,
  openedPaths: () => openedPaths,
  openedExternal: () => openedExternal,
  readClipboard: () => clipboard.readText(),
  clipboardTypes: async () => (await clipboard.read()).flatMap(({ types }) => types),
  writeClipboard: (text) => clipboard.writeText(text),
  writeClipboardFiles: (paths) =>
    clipboard.write([clipboardItem('text/uri-list', paths.map((path) => pathToFileURL(path).href).join('\r\n'))]),
  writeClipboardImage: (png) =>
    clipboard.write([clipboardItem('image/png', nativeImage.createFromBuffer(Buffer.from(png)).toPNG())]),

  emitOpenFile: (path) => void app.emit('open-file', unstoppable, path),
  emitActivate: () => void app.emit('activate', unstoppable, true),
  suspend: () => void powerMonitor.emit('suspend', {}),
  resume: () => void powerMonitor.emit('resume', {}),
  setSystemDark: (dark) => {
    nativeTheme.themeSource = dark ? 'dark' : 'light';
  },

  windows: () => BrowserWindow.getAllWindows().map(recordWindow),
  closeWindow: (position) => windowAt(position).close(),
  focusWindow: (position) => windowAt(position).focus(),
  blurWindow: (position) => windowAt(position).blur(),

  ipcTraffic: () => traffic,
  shortcuts: () => [...shortcuts.keys()],
  pressShortcut: (accelerator) => {
    const press = shortcuts.get(accelerator) ?? refuse(`The app did not register ${accelerator}.`);
    press();
  },
  startedDrags: () => drags,
  askPermission,
  collectGarbage: async () => {
    setFlagsFromString('--expose-gc');
    await new Promise((resolve) => setImmediate(resolve));
    runInNewContext('gc')();
  },
  environment: (name) => process.env[name] ?? '',
  processId: () => process.pid,
  quit: () => void setImmediate(() => app.quit()),
};
