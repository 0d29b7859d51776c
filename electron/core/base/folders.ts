import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { inside } from './inside.ts';

/**
 * The data folder, as an absolute path: `OMNITRAY_HOME`, or the platform's place for it. The app and the terminal must
 * agree, so both call this and not Electron. The working directory does not matter: an empty or relative
 * `XDG_CONFIG_HOME` counts as not set (XDG Base Directory Specification), and so does `HOME`.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = env.OMNITRAY_HOME;
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const home = isAbsolute(homedir()) ? homedir() : userInfo().homedir;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'OmniTray');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'OmniTray');
  const { XDG_CONFIG_HOME: config = '' } = env;
  return join(isAbsolute(config) ? config : join(home, '.config'), 'OmniTray');
}

/** Where pasted things and dropped things without a file of their own are stored. */
export const pastedFilesFolder = (folder: string): string => join(folder, 'dropped');

/** Where the pictures of recipes are stored, in a folder for each profile. */
export const picturesFolder = (folder: string): string => join(folder, 'recipe-pictures');

/** Where the practice server stores its files. */
export const practiceFolder = (folder: string): string => join(folder, 'practice');

/** Where the folders of all runs are. */
export const resultsFolder = (folder: string): string => join(folder, 'results');

/**
 * The folder of one run: its artifacts, and copies of its inputs in `inputs/`.
 *
 * @throws OutsideFolder for an id that is not a folder name; our own ids are UUIDs
 */
export const artifactFolder = (folder: string, runId: string): string => inside(resultsFolder(folder), runId);

/** Where files of results are copied for other programs; emptied at every start of the app (export/hand-out.ts). */
export const handedOutFolder = (folder: string): string => join(folder, 'handed-out');
