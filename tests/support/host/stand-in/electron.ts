/** What `electron` is in the app's process under the stand-in. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, ClipboardItem } from './clipboard.ts';
import { globalShortcut, nativeTheme, net, powerMonitor, powerSaveBlocker, screen, shell } from './desktop.ts';
import { dialog } from './dialog.ts';
import { absent, guard } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { Notification } from './notification.ts';
import { protocol, session, Session } from './session.ts';
import { Tray } from './tray.ts';
import { webContents } from './web-contents.ts';

const autoUpdater = absent('autoUpdater');
const BaseWindow = absent('BaseWindow');
const contentTracing = absent('contentTracing');
const crashReporter = absent('crashReporter');
const desktopCapturer = absent('desktopCapturer');
const inAppPurchase = absent('inAppPurchase');
const MessageChannelMain = absent('MessageChannelMain');
const netLog = absent('netLog');
const pushNotifications = absent('pushNotifications');
const safeStorage = absent('safeStorage');
const ShareMenu = absent('ShareMenu');
const sharedTexture = absent('sharedTexture');
const systemPreferences = absent('systemPreferences');
const TouchBar = absent('TouchBar');
const utilityProcess = absent('utilityProcess');
const View = absent('View');
const webFrameMain = absent('webFrameMain');
const WebContentsView = absent('WebContentsView');

/** Names of Electron's main process only: another name is a mistake that the types would have shown. */
type Names = Partial<Record<keyof typeof Electron.Main, unknown>>;

const electron = guard('electron', {
  ...{ app, BrowserWindow, clipboard, ClipboardItem, dialog, globalShortcut, ipcMain, Menu, MenuItem, nativeImage },
  ...{
    nativeTheme,
    net,
    Notification,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    session,
    Session,
    shell,
    Tray,
  },
  ...{ webContents, autoUpdater, BaseWindow, contentTracing, crashReporter, desktopCapturer, inAppPurchase },
  ...{ MessageChannelMain, netLog, pushNotifications, safeStorage, ShareMenu, sharedTexture, systemPreferences },
  ...{ TouchBar, utilityProcess, View, webFrameMain, WebContentsView },
} satisfies Names & { Session: unknown });

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  electron as 'module.exports',
  electron as default,
  globalShortcut,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  sharedTexture,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
};
