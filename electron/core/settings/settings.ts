import { NO_SETTINGS_BACKUP } from '../../contract/text/repairs.ts';
import { systemClock } from '../base/clock.ts';
import { errnoOf } from '../base/errno.ts';
import { Listeners } from '../base/emitter.ts';
import { parseSettings } from './parse.ts';
import { type Settings, SETTINGS_VERSION, type SettingsPatch } from './schema.ts';
import {
  backUpSettings,
  keepDamaged,
  repairSettingsFile,
  onDisk,
  SETTINGS_NAME,
  SettingsError,
} from './settings-file.ts';

/** What electron-store (the app) and conf (the terminal) have in common: the whole file as one object. */
interface StoredFile {
  store: Record<string, unknown>;
}

interface OpenSettings {
  readonly folder: string;
  /** `new Store({ cwd, name })` of electron-store, `new Conf({ cwd, configName: name })` of conf. */
  readonly open: (options: { readonly cwd: string; readonly name: string }) => StoredFile;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The opened settings. */
export interface OpenedSettings {
  readonly settings: SettingsStore;
  /** What was repaired, as text for the user. */
  readonly notes: readonly string[];
}

/**
 * Opens the settings of the program, which the app and the terminal share.
 *
 * @throws SettingsError when the folder cannot be read or written
 */
export function openSettings({ folder, open, now = () => systemClock.now() }: OpenSettings): OpenedSettings {
  const repaired = repairSettingsFile(folder, new Date(now()));
  const file = onDisk(() => open({ cwd: folder, name: SETTINGS_NAME }));
  const { settings, notes } = parseSettings(onDisk(() => file.store));
  const unkept = keepCopy(folder, notes.length === 0 ? backUpSettings : keepDamaged);
  return {
    settings: new SettingsStore(file, settings),
    notes: [...(repaired === null ? [] : [repaired]), ...notes, ...unkept],
  };
}

function keepCopy(folder: string, keep: (folder: string) => void): readonly string[] {
  try {
    keep(folder);
    return [];
  } catch (failure) {
    if (!(failure instanceof SettingsError)) throw failure;
    return [NO_SETTINGS_BACKUP];
  }
}

/** All settings of the program, in the file that the app and the terminal share. */
export class SettingsStore {
  readonly #file: StoredFile;
  /** The settings as last read, which count while the file cannot be read. */
  #last: Settings;
  readonly #changes = new Listeners<Settings>();

  constructor(file: StoredFile, first: Settings) {
    this.#file = file;
    this.#last = first;
  }

  /** Reads the file each time, because the terminal may have changed it. */
  read(): Settings {
    const stored = this.#stored();
    if (stored !== null) this.#last = parseSettings(stored).settings;
    return this.#last;
  }

  /** Stores the changed settings before it returns. Fields that are undefined stay as they are. @throws SettingsError */
  change(patch: SettingsPatch): Settings {
    const settings = { ...this.read(), ...Object.fromEntries(Object.entries(patch).filter(isGiven)) };
    const stored = this.#stored() ?? {};
    const version = Math.max(SETTINGS_VERSION, typeof stored.version === 'number' ? stored.version : 0);
    // Keeps the fields of a newer program.
    onDisk(() => (this.#file.store = { ...stored, ...settings, version }));
    this.#last = settings;
    this.#changes.emit(settings);
    return settings;
  }

  /** Calls `listener` after each change through this store. Returns a function that ends the subscription. */
  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changes.add(listener);
  }

  /** The content of the file; null while it is broken or unreadable. The next change writes all of it, or throws. */
  #stored(): Record<string, unknown> | null {
    try {
      return this.#file.store;
    } catch (failure) {
      if (failure instanceof SyntaxError || errnoOf(failure) !== null) return null;
      throw failure;
    }
  }
}

const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined;
