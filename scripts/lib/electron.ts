import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The longest download of Electron's program, in ms. */
const DOWNLOAD_MS = 180_000;

const home = join(import.meta.dirname, '../../node_modules/electron');

/** The path of Electron's program; null if only its types are installed. */
export function installedElectron(): string | null {
  const pathFile = join(home, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist');
  const path = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** The path of Electron's program, which is downloaded if it is missing; or a sentence that says why it cannot run. */
export function findElectron(): { readonly path: string } | { readonly why: string } {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: 'There is no display here.' };
  if (platform === 'linux' && process.getuid?.() === 0) return { why: 'Electron does not run as root.' };
  const installed = installedElectron();
  if (installed !== null) return { path: installed };
  console.log('Electron is not installed yet. Fetching it; this takes a minute.');
  // Since Electron 42 npm does not download the program.
  spawnSync(process.execPath, [join(home, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS });
  const fetched = installedElectron();
  return fetched === null ? { why: 'Electron could not be fetched here.' } : { path: fetched };
}
