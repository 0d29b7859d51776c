import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, startsAnything } from '../../../electron/shell/autostart-entry.ts';
import { isStartAtLogin, openLoginItem } from '../../../electron/shell/login-item.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-login-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'autostart/omnitray.desktop');
const execOf = (entry: string): string => /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';

type Settings = Parameters<typeof openLoginItem>[0]['getLoginItemSettings'] extends (...args: never[]) => infer Answer
  ? Answer
  : never;

/** An app with these system settings, and the settings that it was given. */
function anApp(answer: Partial<Settings> = {}) {
  const set: unknown[] = [];
  const asked: unknown[] = [];
  const settings: Settings = {
    openAtLogin: false,
    wasOpenedAtLogin: false,
    status: 'not-registered',
    executableWillLaunchAtLogin: false,
    launchItems: [],
    ...answer,
  };
  return {
    set,
    asked,
    isPackaged: true,
    getAppPath: () => '/opt/omnitray/resources/app.asar',
    getLoginItemSettings: (options?: unknown) => {
      asked.push(options);
      return settings;
    },
    setLoginItemSettings: (settings: unknown) => void set.push(settings),
  };
}

describe('on Linux', () => {
  const open = (env: NodeJS.ProcessEnv = {}) => openLoginItem(anApp(), 'linux', { XDG_CONFIG_HOME: folder, ...env });

  it('is an entry in the autostart folder', () => {
    const item = open();
    expect(item.state()).toBe('off');
    item.set(true);
    expect(item.state()).toBe('on');
    expect(readFileSync(file(), 'utf8')).toContain(`Exec="${process.execPath}" "--at-login"\n`);
    item.set(false);
    expect(existsSync(file())).toBe(false);
    item.set(false);
    expect(item.state()).toBe('off');
  });

  it('starts the AppImage file, not its unpacked copy', () => {
    open({ APPIMAGE: '/home/ada/Apps/OmniTray 1.AppImage' }).set(true);
    expect(execOf(readFileSync(file(), 'utf8'))).toBe('"/home/ada/Apps/OmniTray 1.AppImage" "--at-login"');
  });

  it('is off when the desktop disabled the entry', () => {
    const item = open();
    item.set(true);
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('enabled=true', 'enabled=false'));
    expect(item.state()).toBe('off');
    item.set(true);
    expect(item.state()).toBe('on');
  });

  it('reports an entry that cannot be written', () => {
    writeFileSync(join(folder, 'autostart'), '');
    expect(() => open().set(true)).toThrow(expect.objectContaining({ name: 'SettingsError' }) as Error);
    expect(open().state()).toBe('off');
  });

  it('makes the folder for this user only', () => {
    open().set(true);
    expect(statSync(join(folder, 'autostart')).mode & 0o077).toBe(0);
  });
});

describe('the entry', () => {
  it.each([
    ['/opt/Omni Tray/omnitray', '"/opt/Omni Tray/omnitray"'],
    // A backslash is escaped in quotes, and both again in a value.
    [String.raw`/a\b`, String.raw`"/a\\\\b"`],
    ['/a$b', String.raw`"/a\\$b"`],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a`b', '"/a\\\\`b"'],
    ['/100%', '"/100%%"'],
    ['/two\nlines', String.raw`"/two\nlines"`],
  ])('quotes %j', (argument, quoted) => {
    expect(execOf(autostartEntry([argument]))).toBe(quoted);
  });

  it('has only the keys of its own group', () => {
    expect(startsAnything('[Desktop Entry]\nExec=a\n[Desktop Action x]\nHidden=true')).toBe(true);
    expect(startsAnything('[Desktop Entry]\nExec=a\nHidden=true')).toBe(false);
    expect(startsAnything('nonsense')).toBe(false);
  });
});

describe('on Windows and macOS', () => {
  it('queries Windows with the same argument, and respects the Task Manager', () => {
    const app = anApp({ openAtLogin: true, executableWillLaunchAtLogin: false });
    const item = openLoginItem(app, 'win32', {});
    expect(item.state()).toBe('off');
    item.set(true);
    expect(app.asked).toEqual([{ args: ['--at-login'] }]);
    expect(app.set).toEqual([{ openAtLogin: true, args: ['--at-login'] }]);
    const both = anApp({ openAtLogin: true, executableWillLaunchAtLogin: true });
    expect(openLoginItem(both, 'win32', {}).state()).toBe('on');
  });

  it('reports that macOS requires the approval of the user', () => {
    const app = anApp({ openAtLogin: true, status: 'requires-approval' });
    expect(openLoginItem(app, 'darwin', {}).state()).toBe('needs-approval');
    expect(openLoginItem(anApp({ openAtLogin: true, status: 'enabled' }), 'darwin', {}).state()).toBe('on');
  });

  it('recognises a start at login', () => {
    expect(isStartAtLogin(anApp(), ['omnitray', '--at-login'], 'linux')).toBe(true);
    expect(isStartAtLogin(anApp(), ['omnitray'], 'linux')).toBe(false);
    expect(isStartAtLogin(anApp({ wasOpenedAtLogin: true }), ['omnitray'], 'darwin')).toBe(true);
  });
});
