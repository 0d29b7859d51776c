import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { AppError } from '../app/app-error.ts';
import { errnoOf } from '../intake/file-error.ts';
import type { StoredArtifact } from '../store/result-store.ts';
import { safeFileName } from './artifact-file.ts';
import { artifactPath } from './result-view.ts';

/** Names tried in one folder before giving up; a person would have noticed long before. */
const MOST_NAMES = 10_000;

/**
 * Copies an artifact to `target`, replacing what is there: the save dialog has asked.
 *
 * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
 */
export async function saveArtifact(folder: string, artifact: StoredArtifact, target: string): Promise<void> {
  await copy(folder, artifact, target, 0);
}

/**
 * Copies every artifact into `target` under its own name, `name (2).png` where that is taken: nothing is overwritten.
 * Answers how many were copied; those that could not be had from the server are left out.
 *
 * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
 */
export async function saveAllArtifacts(
  folder: string,
  artifacts: readonly StoredArtifact[],
  target: string,
): Promise<readonly string[]> {
  const saved: string[] = [];
  for (const artifact of artifacts) {
    if (artifact.file !== null) saved.push(await copyUnderFreeName(folder, artifact, target));
  }
  return saved;
}

async function copyUnderFreeName(folder: string, artifact: StoredArtifact, target: string): Promise<string> {
  const { name, ext } = parse(safeFileName(artifact.name));
  for (let count = 1; count <= MOST_NAMES; count += 1) {
    const path = join(target, count === 1 ? name + ext : `${name} (${count})${ext}`);
    try {
      await copy(folder, artifact, path, constants.COPYFILE_EXCL);
      return path;
    } catch (failure) {
      if (!(failure instanceof AppError && errnoOf(failure.cause) === 'EEXIST')) throw failure;
    }
  }
  throw new AppError('disk-refused', target);
}

async function copy(folder: string, artifact: StoredArtifact, target: string, mode: number): Promise<void> {
  const source = artifactPath(folder, artifact);
  if (source === null) throw new AppError('artifact-gone', artifact.name);
  try {
    await copyFile(source, target, mode);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') throw new AppError('artifact-gone', artifact.name, { cause });
    throw new AppError(
      ['ENOSPC', 'EDQUOT'].includes(errnoOf(cause) ?? '') ? 'disk-full' : 'disk-refused',
      parse(target).base,
      { cause },
    );
  }
}
