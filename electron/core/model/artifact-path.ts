import { inside } from '../base/inside.ts';

/**
 * Returns the absolute path of an artifact; null while its file is not on this machine.
 *
 * @param folder the folder that holds the run's results
 * @throws OutsideFolder
 */
export const artifactPath = (folder: string, artifact: { readonly file: string | null }): string | null =>
  artifact.file === null ? null : inside(folder, artifact.file);
