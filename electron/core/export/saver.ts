import { join, parse, resolve } from 'node:path';
import { USUAL_RULE } from '../../contract/save-rule.ts';
import { AppError } from '../base/coded-error.ts';
import { diskError } from '../base/error-view.ts';
import { nameLimitIn, splitName } from '../base/file-name.ts';
import { errnoOf } from '../base/errno.ts';
import type { StoredArtifact } from '../store/result-store.ts';
import type { WriteMode } from '../user-files/protocol.ts';
import { userFiles } from '../user-files/user-files.ts';
import { namesByRule, numberedNames, type RuleFacts } from './naming.ts';
import { artifactPath } from '../model/artifact-path.ts';

/** Where the files of a run are saved together, and under which names. */
export interface SaveTarget {
  readonly folder: string;
  readonly rule: string;
  readonly facts: RuleFacts;
}

/** The result of saving several files. */
export interface SavedFiles {
  /** Absolute paths. */
  readonly saved: readonly string[];
  readonly failed: readonly { readonly name: string; readonly failure: AppError }[];
}

/**
 * Copies an artifact to `target` and overwrites it: the save dialog has asked.
 *
 * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
 */
export async function saveArtifact(folder: string, artifact: StoredArtifact, target: string): Promise<void> {
  await copy(artifactPath(folder, artifact), artifact.name, target, 'replace');
}

/**
 * Writes a text to `target` and overwrites it: the save dialog has asked.
 *
 * @throws AppError `disk-full`, `disk-refused`
 */
export async function saveText(text: string, target: string): Promise<void> {
  try {
    await userFiles.write(target, text, 'replace');
  } catch (failure) {
    throw diskError(failure, parse(target).base);
  }
}

/** Returns the first `most` names that the available files of a result would get in a folder as it is now. */
export async function planSave(
  artifacts: readonly StoredArtifact[],
  { folder, rule, facts }: Omit<SaveTarget, 'folder'> & { readonly folder: string | null },
  most?: number,
): Promise<readonly string[]> {
  const here = artifacts.filter(({ file }) => file !== null);
  const wanted = most === undefined ? {} : { most };
  return namesByRule(
    rule,
    here,
    facts,
    folder === null ? wanted : { taken: await namesIn(folder), room: nameLimitIn(folder), ...wanted },
  );
}

/**
 * Copies every artifact into a folder under names by a rule. Overwrites nothing, not even a file created meanwhile. A
 * failed copy does not stop the others; artifacts that were not fetched are left out.
 */
export async function saveByRule(
  from: string,
  artifacts: readonly StoredArtifact[],
  target: SaveTarget,
): Promise<SavedFiles> {
  const here = artifacts.filter(({ file }) => file !== null);
  const names = await planSave(here, target);
  const saved: string[] = [];
  const failed: { readonly name: string; readonly failure: AppError }[] = [];
  for (const [index, artifact] of here.entries()) {
    const name = names[index] ?? artifact.name;
    try {
      saved.push(await copyUnderFreeName(artifactPath(from, artifact), artifact.name, join(target.folder, name)));
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure;
      failed.push({ name: artifact.name, failure });
    }
  }
  return { saved, failed };
}

/**
 * Copies every artifact into `target` under its own name, or `name (2).png` when that is taken. Overwrites nothing.
 * Returns the paths of the copies; artifacts that were not fetched are left out.
 *
 * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
 */
export async function saveAllArtifacts(
  folder: string,
  artifacts: readonly StoredArtifact[],
  target: string,
): Promise<readonly string[]> {
  const facts = { recipeName: '', at: 0 };
  const { saved, failed } = await saveByRule(folder, artifacts, { folder: target, rule: USUAL_RULE, facts });
  const [first] = failed;
  if (first !== undefined) throw first.failure;
  return saved;
}

/**
 * Copies a file to `wanted`, or `wanted (2)` and so on when that is taken. Returns the path of the copy.
 *
 * @throws AppError `artifact-gone` with `label`, `disk-full`, `disk-refused`
 */
export async function copyUnderFreeName(source: string | null, label: string, wanted: string): Promise<string> {
  const { dir, base } = parse(wanted);
  const { stem, ending } = splitName(base);
  for (const name of numberedNames(stem, ending)) {
    try {
      await copyNew(source, label, join(dir, name));
      return join(dir, name);
    } catch (failure) {
      if (!(failure instanceof AppError && errnoOf(failure.cause) === 'EEXIST')) throw failure;
    }
  }
  throw new AppError('disk-in-the-way', parse(wanted).base);
}

/**
 * Copies a file to a path that must be free.
 *
 * @throws AppError `artifact-gone` with `label`, `disk-full`, `disk-refused`
 */
export const copyNew = (source: string | null, label: string, target: string): Promise<void> =>
  copy(source, label, target, 'new');

/** Longest wait in ms for a drive when names are only planned. */
const LONGEST_LIST_MS = 2_000;

/**
 * A folder that is missing, unreadable or on a drive without an answer gives no names to avoid; the copy reports the
 * problem.
 */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await userFiles.list(folder, LONGEST_LIST_MS)).map(({ name }) => name);
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    return [];
  }
}

async function copy(source: string | null, label: string, target: string, write: WriteMode): Promise<void> {
  if (source === null) throw new AppError('artifact-gone', label);
  try {
    await userFiles.copy(source, target, { write });
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' && isOf(cause, source)) throw new AppError('artifact-gone', label, { cause });
    throw diskError(cause, parse(target).base);
  }
}

/** Whether a failed system call concerns this file of a copy. */
const isOf = (failure: unknown, path: string): boolean =>
  failure instanceof Error && 'path' in failure && failure.path === resolve(path);
