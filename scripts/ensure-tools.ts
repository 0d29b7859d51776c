/**
 * `npm run test:tools`: makes sure of the programs that the tests need beside Node. What is missing is installed with
 * apt where this is root on Debian or its kin, Chromium also by Playwright. What cannot be installed is named with the
 * command that would, and the exit code is 1. What the installers say goes to a file, which is named when it is of use.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
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
const log = join(import.meta.dirname, '../test-results/tools.log');

const missing = (): readonly Tool[] => tools.filter((tool) => !tool.isThere());
const hasApt = process.platform === 'linux' && findCommand('apt-get') !== null;
const isRoot = process.getuid?.() === 0;

/** Runs an installer to its end. What it says goes to the log. */
function run(command: string, ...args: readonly string[]): void {
  const out = openSync(log, 'a');
  spawnSync(command, args, { stdio: ['ignore', out, out], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  closeSync(out);
}

function say(tool: Tool, by: string): void {
  console.log(tool.isThere() ? `Installed ${tool.name} with ${by}.` : `${by} did not bring ${tool.name}.`);
}

/** One by one: a package that this distribution does not have is not to keep the others away. */
function installWithApt(wanted: readonly Tool[]): void {
  console.log(`The tests need ${namesOf(wanted)}. Installing with apt; this takes a minute or two.`);
  run('apt-get', 'update', '-qq');
  for (const tool of wanted) {
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', tool.debian);
    say(tool, 'apt');
  }
}

function installWithPlaywright(): void {
  console.log('The tests need Chromium. Fetching it with Playwright; this takes a minute or two.');
  const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '..', 'cli.js');
  run(process.execPath, cli, 'install', ...(isRoot && hasApt ? ['--with-deps'] : []), 'chromium');
  say(chromium, 'Playwright');
}

const namesOf = (some: readonly Tool[]): string => some.map((tool) => tool.name).join(', ');

/** What to type to get these. A distribution without Debian's package of Chromium gets it as everybody else does. */
function howToGet(wanted: readonly Tool[]): readonly string[] {
  const isPackaged = ({ debian }: Tool): boolean =>
    hasApt && spawnSync('apt-cache', ['show', debian], { stdio: 'ignore' }).status === 0;
  const packages = wanted.filter((tool) => isPackaged(tool)).map(({ debian }) => debian);
  return [
    ...(packages.length > 0 ? [`apt-get install ${packages.join(' ')}   (as root)`] : []),
    ...wanted.filter(({ debian }) => !packages.includes(debian)).map(({ byHand }) => byHand),
  ];
}

mkdirSync(join(log, '..'), { recursive: true });
rmSync(log, { force: true });
if (missing().length > 0 && hasApt && isRoot) installWithApt(missing());
// Chromium is the one thing that needs no rights; it alone does not help where more is missing.
if (missing().every((tool) => tool === chromium) && !chromium.isThere()) installWithPlaywright();

const left = missing();
if (left.length === 0) console.log(`Test tools are here: ${namesOf(tools)}.`);
else {
  console.error(`The tests need what is not here: ${namesOf(left)}. To get it:`);
  for (const line of howToGet(left)) console.error(`  ${line}`);
  if (existsSync(log)) console.error(`What the installers said is in ${log}`);
  process.exitCode = 1;
}
