import { resolve } from 'node:path';
import type { App } from 'electron';
import { z } from 'zod';
import { isMissingError } from '../core/base/file-error.ts';
import { mapLimit } from '../core/base/map-limit.ts';
import { userFiles } from '../core/user-files/user-files.ts';
import { pathOfFileAddress } from './file-address.ts';

/** What a second start passes to the first: absolute paths, because argv itself is not reliable (platform F1). */
const handover = z.object({ files: z.array(z.string()) });

const CHECKS_AT_ONCE = 16;
const LONGEST_CHECK_MS = 1_000;

/** No path begins like this, not even `C:/`. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/**
 * The files among the arguments of a start. `skip` is the number of arguments before them: the program, and in
 * development the app's folder. Switches may be anywhere, and on Linux files are addresses (`%U` in the desktop entry
 * that electron-builder writes). `existing` checks later whether they exist, because a drive may hang.
 */
export function filesOfArguments(argv: readonly string[], cwd: string, skip: number): readonly string[] {
  return argv
    .filter((argument) => !argument.startsWith('-'))
    .slice(skip)
    .flatMap((argument) => pathOfFileAddress(argument) ?? (ADDRESS.test(argument) ? [] : resolve(cwd, argument)));
}

/**
 * Leaves out paths that do not exist: a file manager passes only real files, but other arguments may look like one. A
 * path on a drive that does not answer in time is kept.
 */
export async function existing(paths: readonly string[]): Promise<readonly string[]> {
  const found = await mapLimit(paths, CHECKS_AT_ONCE, async (path) => {
    try {
      await userFiles.stat(path, LONGEST_CHECK_MS);
      return [path];
    } catch (failure) {
      return isMissingError(failure) ? [] : [path];
    }
  });
  return found.flat();
}

export interface OsIntake {
  /** True in the one instance that goes on. The other has passed its files to it and must quit. */
  readonly isFirst: boolean;
  /** Passes the files so far, and all later ones, to `receive`. An empty list asks for the window. */
  deliverTo(receive: (files: readonly string[]) => void): void;
}

/**
 * Receives files from outside the window: from a second start of the app, macOS's `open-file`, and this start's own
 * arguments. Must be called at once, because `open-file` may come before the app is ready.
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
    take(handover.safeParse(data).data?.files ?? []);
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
