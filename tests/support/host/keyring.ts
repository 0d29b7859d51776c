import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);

export interface Keyring {
  /** What an app needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Looks after the bus: when the process at the other end of its input is gone, however it went, so is the bus. */
const BUS = 'dbus-daemon --session --nofork --nopidfile --print-address=1 & cat >/dev/null; kill $!';

/** How long the daemon may take to be on the bus. */
const PATIENCE_MS = 10_000;

/**
 * A real Secret Service (gnome-keyring-daemon) on a bus of its own, its keyring in the given home, unlocked. It
 * outlives the app, so that a second start finds what the first one kept. The daemon ends with its bus.
 */
export async function startKeyring(homeEnv: Readonly<Record<string, string>>): Promise<Keyring> {
  const bus = spawn('sh', ['-c', BUS], { env: homeEnv, stdio: ['pipe', 'pipe', 'ignore'] });
  const address = await firstLine(bus.stdout);
  const env = { DBUS_SESSION_BUS_ADDRESS: address };
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...homeEnv, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(daemon, 'exit');
  // All that it reads is the password of the new keyring.
  daemon.stdin.end('e2e');
  await until(
    () => isServed(address),
    PATIENCE_MS,
    () => 'gnome-keyring-daemon did not come to the bus.',
  );
  return {
    env,
    stop: async () => {
      bus.stdin.end();
      await ended;
    },
  };
}

/** Whether somebody answers for the Secret Service; null while nobody does. */
async function isServed(address: string): Promise<true | null> {
  const ask = ['--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  const { stdout } = await run('dbus-send', [`--bus=${address}`, ...ask, 'string:org.freedesktop.secrets']);
  return stdout.includes('boolean true') ? true : null;
}

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error('dbus-daemon ended before it was ready.');
}
