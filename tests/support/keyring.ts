import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Looks after the bus: when the process at the other end of its input is gone, however it went, so is the bus. */
const BUS_WATCH = '"$0" "$@" & cat >/dev/null; kill $!';

/** How long a daemon may take to come up, in ms. */
const STARTUP_LIMIT_MS = 10_000;

/**
 * A session bus of its own, without any service of this machine: nothing is started on demand, no prompt can appear,
 * and the person's own keychain is out of reach.
 */
const BUS_CONFIG = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=TMPDIR</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** What a process needs in its environment to use the private session. */
interface SessionEnvironment {
  readonly HOME: string;
  readonly XDG_CONFIG_HOME: string;
  readonly XDG_DATA_HOME: string;
  readonly XDG_CACHE_HOME: string;
  readonly XDG_RUNTIME_DIR: string;
  readonly DBUS_SESSION_BUS_ADDRESS: string;
}

/** A bus in an empty home, with nobody on it. */
export interface PrivateSession {
  readonly env: SessionEnvironment;
  readonly home: string;
  /** Ends everything that was started and removes the home. */
  readonly stop: () => Promise<void>;
}

export interface PrivateKeyring extends PrivateSession {
  /** Locks the keyring, as a desktop does: reading says nothing, writing fails. */
  readonly lock: () => Promise<void>;
  /** Makes the keyring answer no more, without going away. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

/** Starts a private session bus without a keyring: the machine of somebody who has none. */
export async function startPrivateSession(): Promise<PrivateSession> {
  const dbusDaemon = await programPath('dbus-daemon', 'dbus');
  const home = await mkdtemp(join(tmpdir(), 'omnitray-session-'));
  const folders = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  await chmod(folders.XDG_RUNTIME_DIR, 0o700);
  const config = join(home, 'bus.conf');
  await writeFile(config, BUS_CONFIG.replace('TMPDIR', folders.XDG_RUNTIME_DIR));
  const bus = spawn(
    'sh',
    ['-c', BUS_WATCH, dbusDaemon, `--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'],
    { env: { PATH: process.env.PATH, ...folders }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const address = await firstLine(bus, 'dbus-daemon');
  return {
    env: { ...folders, DBUS_SESSION_BUS_ADDRESS: address },
    home,
    stop: async () => {
      const gone = once(bus, 'exit');
      bus.stdin.end();
      await gone;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Starts a private session with an unlocked gnome-keyring: the real Secret Service, without a display, as root too. */
export async function startPrivateKeyring(): Promise<PrivateKeyring> {
  const keyringDaemon = await programPath('gnome-keyring-daemon', 'gnome-keyring');
  const dbusSend = await programPath('dbus-send', 'dbus');
  const session = await startPrivateSession();
  const env = { PATH: process.env.PATH, ...session.env };
  const call = async (destination: string, ...words: readonly string[]): Promise<string> => {
    const { stdout } = await run(dbusSend, ['--session', '--print-reply', `--dest=${destination}`, ...words], { env });
    return stdout;
  };
  const keyring = spawn(keyringDaemon, ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('a password of the tests');
  const isUp = async (): Promise<boolean> =>
    (
      await call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets')
    ).includes('boolean true');
  const stop = async (): Promise<void> => {
    await end(keyring);
    await session.stop();
  };
  try {
    await until(isUp, 'gnome-keyring-daemon did not come up.');
  } catch (failure) {
    await stop();
    throw failure;
  }
  return {
    ...session,
    lock: async () => {
      const collection = 'array:objpath:/org/freedesktop/secrets/collection/login';
      await call(
        'org.freedesktop.secrets',
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        collection,
      );
    },
    freeze: () => void keyring.kill('SIGSTOP'),
    thaw: () => void keyring.kill('SIGCONT'),
    stop,
  };
}

async function programPath(program: string, debianPackage: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new Error(`These tests need ${program}. On Debian or Ubuntu: sudo apt-get install -y ${debianPackage}`);
}

async function firstLine(daemon: ChildProcess, name: string): Promise<string> {
  if (daemon.stdout === null) throw new Error(`${name} has no output to read.`);
  const lines = createInterface({ input: daemon.stdout });
  const line = await Promise.race([once(lines, 'line'), once(daemon, 'exit').then(() => [])]);
  if (typeof line[0] !== 'string') throw new Error(`${name} ended before it said its address.`);
  return line[0];
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + STARTUP_LIMIT_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await pause(20);
  }
}

async function end(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = once(daemon, 'exit');
  // A frozen one takes no other signal.
  daemon.kill('SIGKILL');
  await gone;
}
