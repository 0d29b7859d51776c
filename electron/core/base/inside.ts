import { join } from 'node:path';

/** A name that would lead out of the folder it is joined to. Only a damaged or tampered record has one. */
export class OutsideFolder extends Error {
  constructor(name: string) {
    super(`${JSON.stringify(name)} is no name of a file in a folder of ours.`);
    this.name = 'OutsideFolder';
  }
}

/** Characters that separate folders on some platform, name a drive or a stream on Windows, or end a path early. */
const PATH_CHARACTERS = ['/', '\\', ':', '\0'];

/** Whether this names one entry of a folder: not a path, not the folder itself and not its parent. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && PATH_CHARACTERS.every((sign) => !name.includes(sign));

/**
 * Joins names from a record (a row, a listing of a folder) to a folder of ours. Each is one step down.
 *
 * @throws OutsideFolder
 */
export function inside(folder: string, ...names: readonly string[]): string {
  for (const name of names) if (!isPlainName(name)) throw new OutsideFolder(name);
  return join(folder, ...names);
}
