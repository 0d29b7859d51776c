import { join } from 'node:path';

/** A name that would lead out of the folder it is joined to. Only a damaged or tampered record has one. */
export class OutsideFolder extends Error {
  constructor(name: string) {
    super(`${JSON.stringify(name)} is no name of a file in a folder of ours.`);
    this.name = 'OutsideFolder';
  }
}

/** What separates folders on some platform, names a drive or a stream on Windows, or ends a path early. */
const LEADS_ELSEWHERE = ['/', '\\', ':', '\0'];

/** Whether this is the name of one thing inside a folder: no path, not the folder itself nor the one above it. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && LEADS_ELSEWHERE.every((sign) => !name.includes(sign));

/**
 * Joins names that come out of a record (a row, a listing of a folder) to a folder of ours. Each is one step down.
 *
 * @throws OutsideFolder
 */
export function inside(folder: string, ...names: readonly string[]): string {
  for (const name of names) if (!isPlainName(name)) throw new OutsideFolder(name);
  return join(folder, ...names);
}
