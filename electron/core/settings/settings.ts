import { systemClock } from '../base/clock.ts';
import { errnoOf } from '../base/errno.ts';
import { Listeners } from '../base/emitter.ts';
import { parseSettings } from './parse.ts';
import type { Settings, SettingsPatch } from './schema.ts';

import { SETTINGS_VERSION } from './schema.ts';
import {
  backUpSettings,
  keepDamaged,
  mendSettingsFile,
  onDisk,
  SETTINGS_NAME,
  SettingsError,
} from './settings-file.ts';

export interface SettingsStore {
  read(): Settings;
  /** Stored when this returns; fields that are undefined stay as they are. @throws SettingsError */
  change(patch: SettingsPatch): Settings;
  /** Told of changes made through this store. Returns what ends the subscription. */
  onChange(listener: (settings: Settings) => void): () => void;
}

/** What electron-store (the app) and conf (the terminal) have in common: the whole file as one object. */
interface StoredFile {
  store: Record<string, unknown>;
}

export interface OpenSettings {
  readonly folder: string;
  /** `new Store({ cwd, name })` of electron-store, `new Conf({ cwd, configName: name })` of conf. */
  readonly open: (options: { readonly cwd: string; readonly name: string }) => StoredFile;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface OpenedSettings {
  readonly settings: SettingsStore;
  /** What had to be mended, in words to be shown. */
  readonly notes: readonly string[];
}

/**
 * Opens the settings of the program, which the app and the terminal share.
 *
 * @throws SettingsError when the folder cannot be read or written
 */
export function openSettings({ folder, open, now = () => systemClock.now() }: OpenSettings): OpenedSettings {
  const mended = mendSettingsFile(folder, new Date(now()));
  const file = onDisk(() => open({ cwd: folder, name: SETTINGS_NAME }));
  const { settings, notes } = parseSettings(onDisk(() => file.store));
  const trouble = keepCopy(folder, notes.length === 0 ? backUpSettings : keepDamaged);
  return {
    settings: new FileSettings(file, settings),
    notes: [...(mended === null ? [] : [mended]), ...notes, ...trouble],
  };
}

function keepCopy(folder: string, keep: (folder: string) => void): readonly string[] {
  try {
    keep(folder);
    return [];
  } catch (failure) {
    if (!(failure instanceof SettingsError)) throw failure;
    return ['The settings could not be backed up: their folder cannot be written to, or the disk is full.'];
  }
}

class FileSettings implements SettingsStore {
  readonly #file: StoredFile;
  /** As last read: what counts while the file cannot be read. */
  #last: Settings;
  readonly #changes = new Listeners<Settings>();

  constructor(file: StoredFile, first: Settings) {
    this.#file = file;
    this.#last = first;
  }

  /** From the file each time, because the terminal may have added a server meanwhile. */
  read(): Settings {
    const stored = this.#stored();
    if (stored !== null) this.#last = parseSettings(stored).settings;
    return this.#last;
  }

  change(patch: SettingsPatch): Settings {
    const settings = { ...this.read(), ...Object.fromEntries(Object.entries(patch).filter(isGiven)) };
    const stored = this.#stored() ?? {};
    const version = Math.max(SETTINGS_VERSION, typeof stored.version === 'number' ? stored.version : 0);
    // Fields of a newer program are kept for it.
    onDisk(() => (this.#file.store = { ...stored, ...settings, version }));
    this.#last = settings;
    this.#changes.emit(settings);
    return settings;
  }

  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changes.add(listener);
  }

  /** null while somebody else has left the file broken or out of reach; the next change writes it whole, or says why not. */
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
