import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diskError } from '../core/results/saver.ts';
import { errnoOf } from '../core/intake/file-error.ts';

/** Makes a folder that the person named, and those above it. @throws AppError `disk-full`, `disk-refused` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(resolve(folder), { recursive: true });
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    throw diskError(failure, folder);
  }
}
