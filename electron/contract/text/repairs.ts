/** Notes about stored data that was damaged, for Settings and the terminal. */

/** The settings file was replaced by its backup or by defaults. `aside` is the new name of the damaged file. */
export const settingsRepairedWords = (aside: string, hasBackup: boolean): string =>
  `The settings file was damaged. It was kept as ${aside}, and ${
    hasBackup ? 'the last good settings were put back' : 'OmniTray started with fresh settings'
  }.`;

/** One setting got its default. */
export const settingResetWords = (name: string): string =>
  `The setting "${name}" could not be read and was put back to its default.`;

/** At least one stored server was invalid. */
export const SERVER_LEFT_OUT = 'A saved server could not be read and was left out. Connect to it again to add it.';

/** The backup of the settings could not be written. */
export const NO_SETTINGS_BACKUP =
  'The settings could not be backed up: their folder cannot be written to, or the disk is full.';

/** The database was replaced. `aside` is the new name of the damaged file. */
export const runsReplacedWords = (aside: string): string =>
  `The list of runs was damaged. It was kept as ${aside}, and a new one begun.`;
