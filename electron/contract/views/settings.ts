/** What the settings page shows beside the settings: facts of the operating system, and the disk space in use. */
import type { RunId } from './ids.ts';

/** The settings that the operating system stores, and facts about it. */
export interface SystemView {
  /**
   * Whether the program starts at login. `needs-approval`: the user must allow it in the system's settings (macOS).
   */
  readonly startsAtLogin: 'on' | 'off' | 'needs-approval';
  /** Whether the global shortcut is registered. `refused`: another program has it. */
  readonly shortcut: 'none' | 'held' | 'refused';
  /** Whether there is probably an icon in the tray. */
  readonly hasTray: boolean;
  /** Whether the session uses Wayland, where the desktop decides about global shortcuts. */
  readonly onWayland: boolean;
}

/** The size of a folder. */
export interface FolderUse {
  readonly bytes: number;
  /** False when counting was ended early, so that `bytes` is too small. */
  readonly whole: boolean;
}

/** The disk space that the program uses. */
export interface StorageView {
  readonly folder: string;
  readonly runs: number;
  readonly results: FolderUse;
  readonly pictures: FolderUse;
  readonly practice: FolderUse;
  readonly log: FolderUse;
  /** The database with runs and recipes. */
  readonly database: FolderUse;
}

/** Ended runs of an age, without favourites. */
export interface OldRunsView {
  readonly runs: number;
  /** Their bytes on the disk. */
  readonly bytes: number;
}

/** Removed runs, which `runs:restore` can restore until `until`. */
export interface RemovedRunsView {
  readonly runIds: readonly RunId[];
  readonly until: number;
}
