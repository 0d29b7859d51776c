import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchOptions } from './app.ts';

/** Nothing of the person who runs the tests reaches the app but these. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'SystemRoot', 'windir'];

/** A home with nothing in it. Short, because sockets in it have at most 107 letters. */
export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), 'omnitray-e2e-'));
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * The environment of an app that lives in `home`. The session bus is one that is not there, so that no test ever
 * reaches the person’s own keychain; `keyring: true` gives a real one.
 */
export function homeEnv(
  home: string,
  { breaks = [], clicked }: Pick<LaunchOptions, 'breaks' | 'clicked'> = {},
): Record<string, string> {
  const folder = (name: string): string => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const kept = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    APPDATA: folder('.config'),
    LOCALAPPDATA: folder('.local'),
    XDG_CONFIG_HOME: folder('.config'),
    XDG_DATA_HOME: folder('.local/share'),
    XDG_CACHE_HOME: folder('.cache'),
    XDG_STATE_HOME: folder('.local/state'),
    XDG_RUNTIME_DIR: folder('.run'),
    TMPDIR: folder('tmp'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, '.run/no-bus')}`,
    OMNITRAY_HOME: folder('data'),
    ...(breaks.length === 0 ? {} : { OMNITRAY_HOST_BREAKS: breaks.join(' ') }),
    ...(clicked === undefined ? {} : { OMNITRAY_HOST_CLICKED: clicked }),
  };
}
