import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long the download of Electron's program may take before the terminal is used instead, in ms. */
const DOWNLOAD_MS = 180_000;

const home = join(import.meta.dirname, '../../node_modules/electron');

/** The path of Electron's program where it is installed; null where only its typings are. */
export function installedElectron(): string | null {
  const pathFile = join(home, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist');
  const path = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** Electron's program, fetched if need be; or why it cannot run here, in a sentence. */
export function findElectron(): { readonly path: string } | { readonly why: string } {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: 'There is no display here.' };
  if (platform === 'linux' && process.getuid?.() === 0) return { why: 'Electron does not run as root.' };
  const installed = installedElectron();
  if (installed !== null) return { path: installed };
  console.log('Electron is not installed yet. Fetching it; this takes a minute.');
  // Since Electron 42 the program is fetched on demand, not by npm.
  spawnSync(process.execPath, [join(home, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS });
  const fetched = installedElectron();
  return fetched === null ? { why: 'Electron could not be fetched here.' } : { path: fetched };
}
