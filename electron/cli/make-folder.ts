import { resolve } from 'node:path';
import { diskError } from '../core/results/saver.ts';
import { makeFolders } from '../core/make-folder.ts';
import { errnoOf } from '../core/intake/file-error.ts';

/** Makes a folder that the person named, and those above it. @throws AppError `disk-full`, `disk-refused` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeFolders(resolve(folder), 0o777);
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    throw diskError(failure, folder);
  }
}
