import { ShownError } from '../base/coded-error.ts';
import { copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskCode } from '../../contract/disk.ts';
import { settingsRepairedWords } from '../../contract/text/repairs.ts';
import { moveAside } from '../base/move-aside.ts';
import { diskCodeOf } from '../base/disk-error.ts';
import { makeFoldersSync } from '../base/make-folder.ts';
import { errnoOf } from '../base/errno.ts';

/** The file name without its extension, as electron-store and conf expect it. */
export const SETTINGS_NAME = 'config';

const fileIn = (folder: string): string => join(folder, `${SETTINGS_NAME}.json`);
const backupIn = (folder: string): string => join(folder, `${SETTINGS_NAME}.backup.json`);

/** In bytes. A settings file has some kilobytes; a larger file is not one, and would take long to read. */
const LARGEST = 16 * 1_048_576;

/** The settings could not be read or written. */
export class SettingsError extends ShownError<DiskCode> {
  override readonly name = 'SettingsError';
}

/** Runs file operations and turns a failed system call into a SettingsError. */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (failure) {
    const code = diskCodeOf(failure);
    throw code === null ? failure : new SettingsError(code, null, { cause: failure });
  }
}

/**
 * Makes sure that the settings file can be opened: electron-store and conf throw on a file that is not JSON, or wipe it.
 * Renames a broken file and replaces it by the backup, if that is sound.
 *
 * @returns what was repaired, as text for the user; null for nothing
 * @throws SettingsError when the folder cannot be used
 */
export function repairSettingsFile(folder: string, now: Date): string | null {
  return onDisk(() => {
    // In a terminal this creates the data folder, with access for this user only.
    makeFoldersSync(folder);
    moveAside(backupIn(folder), 'file', now.getTime());
    if (readState(fileIn(folder)) !== 'broken') return null;
    const aside = `${SETTINGS_NAME}.corrupt-${now.toISOString().replace(/[:.]/g, '-')}.json`;
    renameSync(fileIn(folder), join(folder, aside));
    const hasBackup = readState(backupIn(folder)) === 'sound';
    if (hasBackup) copyFileSync(backupIn(folder), fileIn(folder));
    return settingsRepairedWords(aside, hasBackup);
  });
}

/** Copies a settings file that was read without problems. Renames the copy into place, so that it is always complete. */
export function backUpSettings(folder: string): void {
  onDisk(() => {
    if (readState(fileIn(folder)) !== 'sound') return;
    const half = `${backupIn(folder)}.new`;
    // A leftover: writing to a pipe would never end.
    rmSync(half, { force: true });
    writeFileSync(half, readFileSync(fileIn(folder)), { mode: 0o600, flush: true });
    renameSync(half, backupIn(folder));
  });
}

/**
 * Copies a file of which parts could not be read, because the next change writes only what could be read. Renames the copy
 * into place, so that it is always complete.
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
