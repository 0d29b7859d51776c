import type { ResultInputView } from '../../contract/views.ts';
import { isCommonPicture } from '../../contract/file-formats.ts';
import { errnoOf } from '../base/errno.ts';
import { mapLimit } from '../base/map-limit.ts';
import { inputCopyPath } from '../intake/input-copies.ts';
import type { RunInput } from '../model/run.ts';
import { userFiles } from '../user-files/user-files.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';

/** Files whose facts are read at a time. */
const LOOKS_AT_ONCE = 8;

/** Longest wait in ms for a drive that sleeps or hangs. The result is shown without these pictures then. */
const LONGEST_LOOK_MS = 1_000;

/**
 * Finds the picture that was sent: the file itself while its size and time are unchanged, otherwise the stored copy.
 * Null for types that a page may not show and when neither exists: another picture in its place would be false.
 *
 * @throws errors that do not come from the file system
 */
export async function inputPicture(
  input: RunInput,
  folder: string,
): Promise<{ readonly path: string; readonly mime: string } | null> {
  const { path, mime, size, mtimeMs, copy, position } = input;
  if (path === null || mime === null || !isCommonPicture(mime)) return null;
  if (await isThere(path, size, mtimeMs)) return { path, mime };
  const kept = copy === null ? null : inputCopyPath(folder, position, copy);
  // The time of a copy is its own and is not compared.
  return kept !== null && (await isThere(kept, size, null)) ? { path: kept, mime } : null;
}

async function isThere(path: string, size: number, mtimeMs: number | null): Promise<boolean> {
  try {
    const facts = await userFiles.stat(path, LONGEST_LOOK_MS);
    return facts.kind === 'file' && facts.size === size && (mtimeMs === null || facts.mtimeMs === mtimeMs);
  } catch (failure) {
    // It was deleted, its drive is away or its folder is closed: in each case it cannot be shown.
    if (errnoOf(failure) === null) throw failure;
    return false;
  }
}

/** The inputs of a run for the result screen. */
export const inputViews = (
  runId: string,
  inputs: readonly RunInput[],
  folder: string,
): Promise<readonly ResultInputView[]> =>
  mapLimit(inputs, LOOKS_AT_ONCE, async (input) => ({
    position: input.position,
    name: input.name,
    kind: input.kind,
    mime: input.mime,
    size: input.size,
    picture: (await inputPicture(input, folder)) === null ? null : artifactAddress('input', runId, input.position),
  }));
