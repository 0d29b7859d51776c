import { diskError } from '../core/base/error-view.ts';
import { userFiles } from '../core/user-files/user-files.ts';

/** Makes a folder that the user named, and those above it. @throws AppError a disk code */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await userFiles.makeFolder(folder, { recursive: true });
  } catch (failure) {
    throw diskError(failure, folder);
  }
}
