/** The program itself, its start, and the first view of a window. */
import type { SettingsView } from '../settings.ts';
import type { ErrorView } from '../errors.ts';
import type { ConnectionView } from './connection.ts';
import type { DraftView } from './draft.ts';
import type { BatchId, ExternalJobId, RunId } from './ids.ts';
import type { PresetView } from './presets.ts';
import type { RecipesView } from './recipes.ts';
import type { AttentionView, ExternalJobView, RunView } from './runs.ts';

/** Facts about the program and this machine. */
export interface AboutView {
  readonly version: string;
  readonly platform: 'linux' | 'mac' | 'windows';
  readonly keychain: 'ready' | 'absent' | 'locked' | 'unanswered' | 'unknown';
  readonly dataFolder: string;
  readonly logFile: string;
  /** What was repaired at the start, as text: for instance a settings file that was set aside. */
  readonly notes: readonly string[];
  readonly unreadable: UnreadableView;
}

/** The number of stored records that could not be read since the start. They are kept but not shown. */
export interface UnreadableView {
  /** Runs with their inputs. */
  readonly runs: number;
  /** Parts of results: texts, files, messages. */
  readonly results: number;
  /** Listed recipes. The next listing replaces them. */
  readonly recipes: number;
  /** Marks of recipes, log lines of runs, the draft. */
  readonly others: number;
}

/** The parts of a start. When one fails, the others still run. */
export type StartPart =
  | 'log'
  | 'settings'
  | 'tray'
  | 'power'
  | 'window'
  | 'practice'
  | 'shortcut'
  | 'runs'
  | 'draft'
  | 'housekeeping'
  | 'notifications'
  | 'files'
  | 'server';

/** A part of this start that failed. */
export interface StartFailureView {
  readonly part: StartPart;
  /** Why it failed; null when the part is explanation enough. */
  readonly problem: ErrorView | null;
}

/** Everything that a new window shows first; events update it. */
export interface AppView {
  readonly connection: ConnectionView;
  readonly recipes: RecipesView;
  readonly presets: readonly PresetView[];
  readonly draft: DraftView;
  /** The newest runs and all active ones, newest first. */
  readonly runs: readonly RunView[];
  /** The `before` of `runs:search` for older runs; null when there are none. */
  readonly moreRuns: number | null;
  readonly attention: AttentionView;
  readonly externalJobs: readonly ExternalJobView[];
  readonly settings: SettingsView;
  readonly about: AboutView;
  readonly route: Route;
  /** The failures of this start that the user has not read. */
  readonly startFailures: readonly StartFailureView[];
}

/** A page of the window and what it shows. */
export type Route =
  | { readonly view: 'settings' }
  /** `focus`: moves the focus to Run, or to the first field that needs another value. */
  | { readonly view: 'launch'; readonly focus?: 'run' | undefined }
  /** `renew`: asks for a new token of the current server instead of another server. */
  | { readonly view: 'connect'; readonly renew?: true | undefined }
  /** `externalJobId`: the external job to highlight. */
  | { readonly view: 'activity'; readonly externalJobId?: ExternalJobId | undefined }
  | { readonly view: 'batch'; readonly batchId: BatchId }
  | { readonly view: 'result'; readonly runId: RunId };
