import type { Page } from '@playwright/test';
import type { Dragged, Point } from './drag.ts';
import type { Control } from './recorder.ts';

export type HostName = 'electron' | 'stand-in';

/** Parts of a desktop that can fail: making an icon, taking keys, registering a scheme, following the machine's sleep. */
export type Breakable = 'tray' | 'shortcut' | 'protocol' | 'power';

export interface LaunchOptions {
  /** An app's home from an earlier launch, to start again where it ended. A new empty one otherwise. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Gives the home a real Secret Service of its own, unlocked. Without it there is none. */
  readonly keyring?: boolean;
  /** The id of the notification whose click starts the app, as macOS tells it. */
  readonly clicked?: string;
  /** What of the desktop throws when the app uses it. */
  readonly breaks?: readonly Breakable[];
  /** The folder of the app's package.json; OmniTray's by default. */
  readonly app?: string;
}

export interface SecondInstance {
  readonly exitCode: number | null;
  readonly output: string;
}

/** One running app, the same on both hosts. */
export interface App {
  readonly host: HostName;
  /** `HOME` of the app; `OMNITRAY_HOME` is the folder `data` in it. */
  readonly home: string;
  readonly control: Control;
  /** The open window's page, loaded; the newest where there are more. Waits until there is one. */
  window(): Promise<Page>;
  /** Drags to the place and lets go; files are real ones. */
  drop(page: Page, where: Point, dragged: Dragged): Promise<void>;
  dropFiles(page: Page, where: Point, files: readonly string[]): Promise<void>;
  /** Drags to the place without letting go, to look at the page meanwhile. */
  dragOver(page: Page, where: Point, dragged: Dragged): Promise<void>;
  /** Takes the drag out of the page again. */
  dragLeave(page: Page): Promise<void>;
  /** Starts the app again beside this one, in the same home, and waits for its end. */
  startSecondInstance(args: readonly string[], cwd?: string): Promise<SecondInstance>;
  /** SIGKILL: as a crash or the person's own kill. */
  kill(): Promise<void>;
  /** As the person's Quit; the exit code. */
  quit(): Promise<number | null>;
  /** Waits for the app to end by itself or by what a spec pressed; the exit code. */
  ended(): Promise<number | null>;
  isRunning(): boolean;
  /** All that the app wrote to stdout and stderr. */
  output(): string;
  /** Takes out what the host could not vouch for; what is left at the end of a test fails it. */
  takeProblems(): readonly string[];
}

/** Starts apps; owns what they need (the stand-in's Chromium). */
export interface Host {
  readonly name: HostName;
  launch(options: LaunchOptions & { readonly home: string }): Promise<App>;
  close(): Promise<void>;
}
