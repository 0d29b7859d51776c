import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type PracticeOptions, type PracticeServer, startPracticeServer } from '../../electron/practice/server.ts';

/** The command, on a Node that runs TypeScript. */
export const SOURCES = join(import.meta.dirname, '../../electron/cli.ts');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a person runs it, each time a process of its own, with a server and an empty home. */
export interface Command {
  readonly server: PracticeServer;
  readonly home: string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams;
  /** Runs a command to its end; `input` is its standard input. */
  readonly run: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    input?: string | Buffer,
  ) => Promise<Ended>;
  readonly connect: () => Promise<Ended>;
  remove(): Promise<void>;
}

export const exitOf = (child: ChildProcessWithoutNullStreams): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

/** `program`: what is run, the sources on this Node if nothing else is said. */
export async function openCommand(
  program: readonly string[] = [process.execPath, SOURCES],
  practice: PracticeOptions = {},
): Promise<Command> {
  const [file = '', ...before] = program;
  const server = await startPracticeServer(practice);
  const home = await mkdtemp(join(tmpdir(), 'omnitray-cli-'));
  const start: Command['start'] = (args, env = {}) =>
    spawn(file, [...before, ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: home,
        OMNITRAY_HOME: join(home, 'omnitray'),
        OMNITRAY_TOKEN: server.token,
        // Compiled once for all that is started here.
        NODE_COMPILE_CACHE: join(tmpdir(), 'omnitray-cli-cache'),
        ...env,
      },
    });
  const run: Command['run'] = async (args, env = {}, input = '') => {
    const child = start(args, env);
    // A command need not read all of it, nor any.
    child.stdin.on('error', () => undefined).end(input);
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
    return { code, out, err };
  };
  return {
    server,
    home,
    start,
    run,
    connect: () => run(['connect', server.origin]),
    remove: async () => {
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
