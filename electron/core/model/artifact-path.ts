import { inside } from '../base/inside.ts';

/**
 * The path of an artifact on this machine; null while its file is not here.
 *
 * @param folder where the results are kept
 * @throws OutsideFolder
 */
export const artifactPath = (folder: string, artifact: { readonly file: string | null }): string | null =>
  artifact.file === null ? null : inside(folder, artifact.file);
