import { resolve } from 'node:path';
import type { App } from 'electron';
import { z } from 'zod';
import { isMissingError } from '../core/base/file-error.ts';
import { mapLimit } from '../core/base/map-limit.ts';
import { userFiles } from '../core/user-files/user-files.ts';
import { pathOfFileAddress } from './file-address.ts';

/** What a second start hands to the first: paths made absolute where they were meant (platform F1: argv itself is not reliable). */
const handover = z.object({ files: z.array(z.string()) });

const LOOKS_AT_ONCE = 16;
/** In ms. */
const LONGEST_LOOK_MS = 1_000;

/** No path begins so; `C:/` does not either. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/**
 * The files among the arguments of a start. `skip` counts what comes before them: the program, and while developing
 * the app's folder; switches may stand anywhere, and on Linux files come as addresses (`%U` in the desktop entry that
 * electron-builder writes). Whether they are there is asked later (`thoseThere`): a drive may hang, and this is before all
 * else.
 */
export function filesOfArguments(argv: readonly string[], cwd: string, skip: number): readonly string[] {
  return argv
    .filter((argument) => !argument.startsWith('-'))
    .slice(skip)
    .flatMap((argument) => pathOfFileAddress(argument) ?? (ADDRESS.test(argument) ? [] : resolve(cwd, argument)));
}

/**
 * Leaves out what is not there: a file manager passes only real files, and other arguments may look like one. A drive that
 * does not answer soon may have them.
 */
export async function thoseThere(paths: readonly string[]): Promise<readonly string[]> {
  const found = await mapLimit(paths, LOOKS_AT_ONCE, async (path) => {
    try {
      await userFiles.stat(path, LONGEST_LOOK_MS);
      return [path];
    } catch (failure) {
      return isMissingError(failure) ? [] : [path];
    }
  });
  return found.flat();
}

export interface OsIntake {
  /** True in the one instance that goes on; the other has handed its files over and must quit. */
  readonly isFirst: boolean;
  /** Starts handing over: what came before, and all that comes. `files` may be empty: the user wants the window. */
  deliverTo(receive: (files: readonly string[]) => void): void;
}

/**
 * Takes files from outside the window: a second start of the app, macOS's `open-file`, this start's own arguments.
 * Call it at once: `open-file` may come before the app is ready.
 */
export function takeOsIntake(app: App, ownFiles: readonly string[]): OsIntake {
  const early: (readonly string[])[] = ownFiles.length > 0 ? [ownFiles] : [];
  let receive: ((files: readonly string[]) => void) | null = null;
  const take = (files: readonly string[]): void => {
    if (receive === null) early.push(files);
    else receive(files);
  };
  const isFirst = app.requestSingleInstanceLock({ files: ownFiles });
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handover.safeParse(data);
    take(parsed.success ? parsed.data.files : []);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([path]);
  });
  return {
    isFirst,
    deliverTo: (receiver) => {
      receive = receiver;
      for (const files of early.splice(0)) receiver(files);
    },
  };
}
