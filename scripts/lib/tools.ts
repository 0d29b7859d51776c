import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/**
 * The headless shell first. It is the same engine without the browser's own pages (tab strip, toolbar), which cost some
 * seconds of CPU time for each window of a test.
 */
const CHROMIUM_COMMANDS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];

/** The folders in which the dynamic linker looks for libsecret. keytar loads it at run time. */
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib'];

/** The full path of a command, null when it is not on the PATH. */
export function findCommand(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && isExecutable(path)) return path;
  }
  return null;
}

/**
 * The Chromium that the e2e stand-in and the screenshots use: `OMNITRAY_CHROMIUM`, then Playwright's own where it is
 * installed, then the system's. null when there is none. `isHeaded`: one that can show windows.
 */
export function findChromium(isHeaded = false): string | null {
  const chosen = process.env.OMNITRAY_CHROMIUM;
  if (chosen !== undefined && chosen !== '') return isExecutable(chosen) ? chosen : null;
  const own = chromium.executablePath();
  if (isExecutable(own)) return own;
  for (const command of isHeaded ? CHROMIUM_COMMANDS.slice(1) : CHROMIUM_COMMANDS) {
    const path = findCommand(command);
    if (path !== null) return path;
  }
  return null;
}

/**
 * Flags for a Chromium that sends no requests but those of its pages. The sandbox is off for root only, because Chromium
 * refuses it there.
 */
export function chromiumFlags(): readonly string[] {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
}

/** Whether libsecret, which keytar needs on Linux, can be loaded. */
export function hasLibsecret(): boolean {
  const folders = LIBRARY_FOLDERS.flatMap((folder) => [folder, ...multiarchFolders(folder)]);
  return folders.some((folder) => existsSync(join(folder, 'libsecret-1.so.0')));
}

function multiarchFolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => join(folder, name));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
