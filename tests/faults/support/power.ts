/**
 * What a power cut takes: the bytes of files that were not flushed, and the names of files and folders whose own folder
 * was not. SQLite flushes its log at every commit (synchronous = FULL), so the database keeps what was committed.
 */
import { existsSync, rmSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

const bytes = new Set<string>();
const names = new Set<string>();

/** Of folders, the topmost of those that were made: with it go all below. */
export const madeName = (path: string): void => void names.add(path);

export const wroteBytes = (path: string): void => void bytes.add(path);

export const savedBytes = (path: string): void => void bytes.delete(path);

/** A name that is new is on the disk once its folder is; the old one may still be there, which no test asks for. */
export function movedName(from: string, to: string): void {
  names.delete(from);
  names.add(to);
  if (bytes.delete(from)) bytes.add(to);
}

export function savedNames(folder: string): void {
  for (const path of names) if (dirname(path) === folder) names.delete(path);
}

/** Takes it all, as the end of the process alone would not. */
export function losePower(): void {
  for (const path of bytes) if (existsSync(path)) truncateSync(path, 0);
  for (const path of names) rmSync(path, { recursive: true, force: true });
}
