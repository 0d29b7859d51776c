import { ShownError } from '../base/coded-error.ts';
import { copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskCode } from '../../contract/disk.ts';
import { moveAside } from '../base/move-aside.ts';
import { diskCodeOf } from '../base/disk-error.ts';
import { makeFoldersSync } from '../base/make-folder.ts';
import { errnoOf } from '../base/errno.ts';

/** Without its extension, as electron-store and conf want it. */
export const SETTINGS_NAME = 'config';

const fileIn = (folder: string): string => join(folder, `${SETTINGS_NAME}.json`);
const backupIn = (folder: string): string => join(folder, `${SETTINGS_NAME}.backup.json`);

/** Bytes. A file of settings is some kilobytes; what is larger is none, and to read it would take long. */
const LARGEST = 16 * 1_048_576;

/** The settings could not be read or written. */
export class SettingsError extends ShownError<DiskCode> {
  override readonly name = 'SettingsError';
}

/** Does file work; a failed system call becomes a SettingsError. */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (failure) {
    const code = diskCodeOf(failure);
    throw code === null ? failure : new SettingsError(code, null, { cause: failure });
  }
}

/**
 * Makes sure that the settings file can be opened: electron-store and conf throw on one that is not JSON, or wipe it.
 * A broken one is set aside and the backup put in its place, where there is a sound one.
 *
 * @returns what was done, in words, or null
 * @throws SettingsError when the folder cannot be used
 */
export function mendSettingsFile(folder: string, now: Date): string | null {
  return onDisk(() => {
    // The first to come here in a terminal makes the folder, and what people send and get rests in it.
    makeFoldersSync(folder);
    moveAside(backupIn(folder), 'file', now.getTime());
    if (readState(fileIn(folder)) !== 'broken') return null;
    const aside = `${SETTINGS_NAME}.corrupt-${now.toISOString().replace(/[:.]/g, '-')}.json`;
    renameSync(fileIn(folder), join(folder, aside));
    if (readState(backupIn(folder)) !== 'sound') {
      return `The settings file was damaged. It was kept as ${aside}, and OmniTray started with fresh settings.`;
    }
    copyFileSync(backupIn(folder), fileIn(folder));
    return `The settings file was damaged. It was kept as ${aside}, and the last good settings were put back.`;
  });
}

/** Keeps a copy of a settings file that was just read well. Renamed into place, so that there is always a whole one. */
export function backUpSettings(folder: string): void {
  onDisk(() => {
    if (readState(fileIn(folder)) !== 'sound') return;
    const half = `${backupIn(folder)}.new`;
    // Whatever an earlier one left there: into a pipe it would write for ever.
    rmSync(half, { force: true });
    writeFileSync(half, readFileSync(fileIn(folder)), { mode: 0o600, flush: true });
    renameSync(half, backupIn(folder));
  });
}

/**
 * Keeps a copy of a file of which parts could not be read: the next change writes only what was. Whole, or as it was
 * before.
 */
export function keepDamaged(folder: string): void {
  onDisk(() => {
    const half = join(folder, `${SETTINGS_NAME}.damaged.json.new`);
    writeFileSync(half, readFileSync(fileIn(folder)), { mode: 0o600, flush: true });
    renameSync(half, join(folder, `${SETTINGS_NAME}.damaged.json`));
  });
}

function readState(path: string): 'absent' | 'sound' | 'broken' {
  try {
    const found = statSync(path);
    // Reading a pipe would block until another program writes into it.
    if (!found.isFile() || found.size > LARGEST) return 'broken';
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'sound' : 'broken';
  } catch (failure) {
    if (failure instanceof SyntaxError) return 'broken';
    if (errnoOf(failure) === 'ENOENT') return 'absent';
    throw failure;
  }
}
