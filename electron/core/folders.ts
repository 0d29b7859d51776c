import { homedir } from 'node:os';
import { join } from 'node:path';
import { inside } from './inside.ts';

/**
 * Where this program keeps everything: `OMNITRAY_HOME`, or the place the platform has for it. The app and the terminal
 * must agree, so both ask here and not Electron.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = env.OMNITRAY_HOME;
  if (chosen !== undefined && chosen !== '') return chosen;
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'OmniTray');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'OmniTray');
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'OmniTray');
}

/** Where files are of what was dropped or pasted without one. */
export const keptFilesFolder = (folder: string): string => join(folder, 'dropped');

/** Where the pictures of recipes are kept, a folder for each profile. */
export const picturesFolder = (folder: string): string => join(folder, 'recipe-pictures');

/** Where the practice server keeps its files. */
export const practiceFolder = (folder: string): string => join(folder, 'practice');

/** Where the folders of all runs are. */
export const resultsFolder = (folder: string): string => join(folder, 'results');

/**
 * The folder of one run: its artifacts, and copies of its inputs in `inputs/`.
 *
 * @throws OutsideFolder for an id that is no name of a folder: a UUID of our own making is one
 */
export const artifactFolder = (folder: string, runId: string): string => inside(resultsFolder(folder), runId);

/** Where files of results are put for other programs to take; swept at every start of the app (results/hand-out.ts). */
export const handedOutFolder = (folder: string): string => join(folder, 'handed-out');
