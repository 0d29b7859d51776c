import { join } from 'node:path';
import { app, clipboard, session } from 'electron';
import Store from 'electron-store';
import { startFailureNote } from './contract/text/start.ts';
import { buildCore } from './core/app/core.ts';
import { systemClock } from './core/base/clock.ts';
import { hardExit } from './core/connection/hard-exit.ts';
import { SystemKeychain } from './core/connection/system-keychain.ts';
import { dataFolder, practiceFolder } from './core/base/folders.ts';
import { makeFoldersSync } from './core/base/make-folder.ts';
import { openSettings } from './core/settings/settings.ts';
import { onDisk, SettingsError } from './core/settings/settings-file.ts';
import { APP_OWNER } from './core/model/owner.ts';
import { userFiles } from './core/user-files/user-files.ts';
import { startPracticeServer } from './practice/server.ts';
import { aboutProgram } from './shell/about.ts';
import { systemDesktop } from './shell/desktop.ts';
import { failStartup } from './shell/startup-failure.ts';
import { targetOfLaunch } from './shell/launch-info.ts';
import { logUncaught, openLog } from './shell/log.ts';
import { filesOfArguments, type OsIntake, takeOsIntake } from './shell/os-intake.ts';
import { isStartAtLogin } from './shell/login-item.ts';
import { useOwnMenu } from './shell/menu.ts';
import { practicePort } from './shell/practice-port.ts';
import { registerSchemes } from './shell/protocol.ts';
import { hardenApp } from './shell/security.ts';
import { Shell } from './shell/shell.ts';
import { StartParts } from './shell/start-parts.ts';
import { probablyLacksTray } from './shell/tray-support.ts';
import { LauncherWindow } from './shell/window.ts';
import { openWindowBounds } from './shell/window-bounds.ts';

// Absolute, as Electron requires; `OMNITRAY_HOME` may be relative.
const folder = dataFolder();
const folderFailure = useFolder();
app.setAppUserModelId('org.omnitray.app');
// Without a fixed id, a click on a notification of an earlier start does nothing (platform P2).
if (process.platform === 'win32') app.setToastActivatorCLSID('5F0C2D4E-9B57-4A39-8C0E-2D7B61F3A8E4');
app.enableSandbox();
// On Wayland global shortcuts need the desktop's portal (Electron's docs on globalShortcut).
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
registerSchemes();

// In development the program's folder is the first argument.
const intake = takeOsIntake(app, filesOfArguments(process.argv, process.cwd(), app.isPackaged ? 1 : 2));
// The event and not `whenReady()`, because only the event says what started the program.
if (folderFailure !== null) app.once('ready', () => failStartup(folderFailure, folder));
else if (intake.isFirst) app.once('ready', (_event, launchInfo) => void start(intake, launchInfo));
else app.quit();

/** Makes the data folder. Returns the failure instead of throwing it, because no dialog can be shown yet. */
function useFolder(): SettingsError | null {
  try {
    onDisk(() => {
      // Electron rejects a folder that does not exist.
      makeFoldersSync(folder);
      app.setPath('userData', folder);
    });
    return null;
  } catch (failure) {
    if (failure instanceof SettingsError) return failure;
    throw failure;
  }
}

async function start(intake: OsIntake, launchInfo: unknown): Promise<void> {
  const log = openLog(join(folder, 'logs'));
  logUncaught(log.logger);
  const parts = new StartParts(log.logger);
  if (!log.isWritten) parts.report('log');
  let shell: Shell;
  try {
    if (folderFailure !== null) throw folderFailure;
    shell = build(intake, log, parts);
  } catch (failure) {
    log.logger.error('OmniTray could not start.', { failure });
    failStartup(failure, folder);
    return;
  }
  await shell.start({
    atLogin: parts.run('settings', () => isStartAtLogin(app, process.argv)) ?? false,
    clicked: targetOfLaunch(launchInfo),
    practice: process.argv.includes('--practice'),
  });
}

function build(intake: OsIntake, { logger, file: logFile }: ReturnType<typeof openLog>, parts: StartParts): Shell {
  const devUrl = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
  const devOrigin = devUrl === null ? null : new URL(devUrl).origin;
  // In memory only: the page stores nothing.
  const ownSession = session.fromPartition('omnitray');
  hardenApp(app, ownSession, devOrigin);

  const window = new LauncherWindow({
    session: ownSession,
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    pageUrl: devUrl,
    bounds: openWindowBounds(folder),
  });
  const desktop = systemDesktop(() => window.visible);
  const { settings, notes } = openSettings({ folder, open: (options) => new Store(options) });
  const keychain = new SystemKeychain();
  const core = buildCore({
    folder,
    settings,
    notes,
    keychain,
    clock: systemClock,
    logger,
    random: Math.random,
    owner: APP_OWNER,
    listens: true,
    practice: practicePort(() => startPracticeServer({ port: 16_880, folder: practiceFolder(folder) })),
    readClipboardText: () => clipboard.readText(),
  });
  // Ends the program although a keychain or a drive does not answer (connection/hard-exit.ts).
  app.on('quit', (_event, code) => {
    if (keychain.isHanging || userFiles.isStuck) hardExit(code);
  });
  const shell = new Shell({
    core,
    desktop,
    window,
    session: ownSession,
    intake,
    logger,
    logFile,
    owner: APP_OWNER,
    pageFolder: join(import.meta.dirname, '../renderer'),
    devOrigin,
    about: aboutProgram({
      version: app.getVersion(),
      folder,
      logFile,
      keychain,
      unreadable: core.unreadable,
      notes: () => [...core.notes, ...parts.all().map(startFailureNote)],
    }),
    parts,
    lacksTray: probablyLacksTray(process.platform, process.env.XDG_CURRENT_DESKTOP),
  });
  if (devUrl === null) useOwnMenu(() => void shell.quit());
  return shell;
}
