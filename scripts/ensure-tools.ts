/**
 * `npm run test:tools`: makes sure of the programs that the tests need beside Node. What is missing is installed with
 * apt where this is root on Debian or its kin, Chromium also by Playwright; what cannot be installed is named with
 * the command that would, and the exit code is 1.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium, findCommand, hasLibsecret } from './lib/tools.ts';

interface Tool {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly debian: string;
  readonly isThere: () => boolean;
  /** How to get it on a machine without apt. */
  readonly byHand: string;
}

const chromium: Tool = {
  name: 'Chromium',
  debian: 'chromium-headless-shell',
  isThere: () => findChromium() !== null,
  byHand: 'npx playwright install chromium',
};

/** OmniTray writes scripts for it, and the tests run them. */
const curl: Tool = {
  name: 'curl',
  debian: 'curl',
  isThere: () => findCommand('curl') !== null,
  byHand: 'install your system’s package of curl',
};

/** The keychain of the tests is Linux's Secret Service; elsewhere those tests are left out. */
const secretService: readonly Tool[] = [
  {
    name: 'dbus-daemon',
    debian: 'dbus',
    isThere: () => findCommand('dbus-daemon') !== null && findCommand('dbus-run-session') !== null,
    byHand: 'install your system’s package of D-Bus (dbus-daemon and dbus-run-session)',
  },
  {
    name: 'gnome-keyring-daemon',
    debian: 'gnome-keyring',
    isThere: () => findCommand('gnome-keyring-daemon') !== null,
    byHand: 'install your system’s package of gnome-keyring',
  },
  {
    name: 'libsecret',
    debian: 'libsecret-1-0',
    isThere: hasLibsecret,
    byHand: 'install your system’s package of libsecret',
  },
];

const tools = process.platform === 'linux' ? [chromium, curl, ...secretService] : [chromium, curl];

const missing = (): readonly Tool[] => tools.filter((tool) => !tool.isThere());

const hasApt = (): boolean => process.platform === 'linux' && findCommand('apt-get') !== null;

function run(command: string, ...args: readonly string[]): boolean {
  const done = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return done.status === 0;
}

function installWithApt(wanted: readonly Tool[]): void {
  console.log(`Installing ${wanted.map((tool) => tool.debian).join(', ')} with apt.`);
  if (!run('apt-get', 'update', '-qq')) console.log('apt-get update did not succeed; trying with the lists there are.');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...wanted.map((tool) => tool.debian));
}

function installWithPlaywright(): void {
  console.log('Installing Chromium with Playwright.');
  const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '..', 'cli.js');
  run(process.execPath, cli, 'install', 'chromium');
}

function howToGet(tool: Tool): string {
  return hasApt() ? `apt-get install ${tool.debian}   (as root)` : tool.byHand;
}

if (missing().length > 0 && hasApt() && process.getuid?.() === 0) installWithApt(missing());
if (!chromium.isThere()) installWithPlaywright();

const left = missing();
for (const tool of left) console.error(`The tests need ${tool.name}, which is not here. To get it: ${howToGet(tool)}`);
if (left.length === 0) console.log(`Test tools are here: ${tools.map((tool) => tool.name).join(', ')}.`);
else process.exitCode = 1;
