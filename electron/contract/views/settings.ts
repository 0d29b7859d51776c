/** What the settings show beside the settings themselves: the system's side of them, and what is stored. */
import type { RunId } from './ids.ts';

export interface SystemView {
  /**
   * Whether the program starts when the user logs in, as the system has it. `needs-approval`: the user must allow it in
   * the system's own settings (macOS).
   */
  readonly startsAtLogin: 'on' | 'off' | 'needs-approval';
  /** `refused`: the keys that were chosen belong to another program. */
  readonly shortcut: 'none' | 'held' | 'refused';
  /** There is an icon in the tray, as far as that can be known. */
  readonly hasTray: boolean;
  /** The session is one of Wayland, where the desktop has the last word on keys that work anywhere. */
  readonly onWayland: boolean;
}

/** How much there is in a folder, in bytes. */
export interface FolderUse {
  readonly bytes: number;
  /** False where counting was given up: there is more. */
  readonly whole: boolean;
}

/** What this program keeps on the disk. */
export interface StorageView {
  readonly folder: string;
  readonly runs: number;
  readonly results: FolderUse;
  readonly pictures: FolderUse;
  readonly practice: FolderUse;
  readonly log: FolderUse;
  /** The list of runs and recipes. */
  readonly database: FolderUse;
}

/** Ended runs of some age, favourites left out. */
export interface OldRunsView {
  readonly runs: number;
  /** What they take on the disk. */
  readonly bytes: number;
}

/** Runs that were removed and can be brought back until that time (`runs:restore`). */
export interface RemovedRunsView {
  readonly runIds: readonly RunId[];
  readonly until: number;
}
