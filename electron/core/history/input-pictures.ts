import type { ResultInputView } from '../../contract/views.ts';
import { isCommonPicture } from '../../contract/file-formats.ts';
import { errnoOf } from '../base/errno.ts';
import { inOrder } from '../base/map-limit.ts';
import { inputCopyPath } from '../intake/input-copies.ts';
import type { RunInput } from '../model/run.ts';
import { userFiles } from '../user-files/user-files.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';

/** Files whose facts are asked for at a time. */
const LOOKS_AT_ONCE = 8;

/** A result is not kept from being shown by a drive that sleeps or hangs, in ms: its pictures are missing then. */
const LONGEST_LOOK_MS = 1_000;

/**
 * A picture that was sent, as it is on this machine: the file itself while its size and time are those it was sent
 * with, or the copy that was kept. Null for what a page may not draw, and where neither is there any more: another
 * picture in its place would tell something that never was.
 *
 * @throws what is no trouble of the file system
 */
export async function inputPicture(
  input: RunInput,
  folder: string,
): Promise<{ readonly path: string; readonly mime: string } | null> {
  const { path, mime, size, mtimeMs, copy, position } = input;
  if (path === null || mime === null || !isCommonPicture(mime)) return null;
  if (await isThere(path, size, mtimeMs)) return { path, mime };
  const kept = copy === null ? null : inputCopyPath(folder, position, copy);
  // A copy's time is its own.
  return kept !== null && (await isThere(kept, size, null)) ? { path: kept, mime } : null;
}

async function isThere(path: string, size: number, mtimeMs: number | null): Promise<boolean> {
  try {
    const facts = await userFiles.stat(path, LONGEST_LOOK_MS);
    return facts.kind === 'file' && facts.size === size && (mtimeMs === null || facts.mtimeMs === mtimeMs);
  } catch (failure) {
    // Deleted, its drive away, its folder closed to us: it cannot be shown, whatever the reason.
    if (errnoOf(failure) === null) throw failure;
    return false;
  }
}

/** What was sent, for the result screen. */
export const inputViews = (
  runId: string,
  inputs: readonly RunInput[],
  folder: string,
): Promise<readonly ResultInputView[]> =>
  inOrder(inputs, LOOKS_AT_ONCE, async (input) => ({
    position: input.position,
    name: input.name,
    kind: input.kind,
    mime: input.mime,
    size: input.size,
    picture: (await inputPicture(input, folder)) === null ? null : artifactAddress('input', runId, input.position),
  }));
