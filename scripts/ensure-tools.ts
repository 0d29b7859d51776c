/**
 * `npm run test:tools`: installs the programs that the tests need beside Node: with apt for root on Debian and its
 * derivatives, Chromium also with Playwright. Prints the missing ones with the commands that install them, and then ends
 * with 1. The output of the installers goes to a log file.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium, findCommand, hasLibsecret } from './lib/tools.ts';

interface Tool {
  readonly name: string;
  /** The Debian package. */
  readonly debian: string;
  readonly isThere: () => boolean;
  /** The way to install it without apt. */
  readonly byHand: string;
}

const chromium: Tool = {
  name: 'Chromium',
  debian: 'chromium-headless-shell',
  isThere: () => findChromium() !== null,
  byHand: 'npx playwright install chromium',
};

/** OmniTray writes scripts that call curl, and the tests run them. */
const curl: Tool = {
  name: 'curl',
  debian: 'curl',
  isThere: () => findCommand('curl') !== null,
  byHand: 'install your system’s package of curl',
};

/** The keychain of the tests is the Secret Service of Linux. On other systems these tests are left out. */
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

/** Runs an installer; its output goes to the log. */
function run(command: string, ...args: readonly string[]): void {
  const out = openSync(log, 'a');
  spawnSync(command, args, { stdio: ['ignore', out, out], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  closeSync(out);
}

function say(tool: Tool, by: string): void {
  console.log(tool.isThere() ? `Installed ${tool.name} with ${by}.` : `${by} did not bring ${tool.name}.`);
}

/** Installs one package at a time, so that a package that the distribution lacks does not stop the others. */
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

/** The commands that install these tools. Distributions without Debian's package of Chromium use Playwright. */
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
// Chromium is the only one that needs no rights. It is installed only if nothing else is missing.
if (missing().every((tool) => tool === chromium) && !chromium.isThere()) installWithPlaywright();

const left = missing();
if (left.length === 0) console.log(`Test tools are here: ${namesOf(tools)}.`);
else {
  console.error(`The tests need what is not here: ${namesOf(left)}. To get it:`);
  for (const line of howToGet(left)) console.error(`  ${line}`);
  if (existsSync(log)) console.error(`What the installers said is in ${log}`);
  process.exitCode = 1;
}
