/** Settings, the program itself, and where a window is. */
import type { SettingsView } from '../settings.ts';
import type { ErrorView } from '../errors.ts';
import type { ConnectionView } from './connection.ts';
import type { DraftView } from './draft.ts';
import type { ExternalJobId, RunId } from './ids.ts';
import type { RecipesView } from './recipes.ts';
import type { AttentionView, ExternalJobView, RunView } from './runs.ts';

export interface AboutView {
  readonly version: string;
  readonly platform: 'linux' | 'mac' | 'windows';
  readonly keychain: 'ready' | 'absent' | 'locked' | 'unanswered' | 'unknown';
  readonly dataFolder: string;
  readonly logFile: string;
  /** Things the program had to mend at its start, in words (a settings file set aside, say). */
  readonly notes: readonly string[];
  readonly unreadable: UnreadableView;
}

/** How many records of this program could not be read since its start. They are kept, and shown nowhere. */
export interface UnreadableView {
  /** Runs with what they sent. */
  readonly runs: number;
  /** Parts of results: a text, a file, a message. */
  readonly results: number;
  /** Recipes of a listing. They come back with the next one. */
  readonly recipes: number;
  /** Marks of recipes, lines of a run's log, the draft. */
  readonly others: number;
}

/** The parts of a start. Each is on its own: where one fails, the others work. */
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
  /** Why; null where the part says it itself. */
  readonly problem: ErrorView | null;
}

/** Everything a fresh window needs; events keep it current from then on. */
export interface AppView {
  readonly connection: ConnectionView;
  readonly recipes: RecipesView;
  readonly draft: DraftView;
  /** The newest and all under way, newest first. */
  readonly runs: readonly RunView[];
  /** Asks `runs:search` for the runs before these; null when these are all. */
  readonly moreRuns: number | null;
  readonly attention: AttentionView;
  readonly externalJobs: readonly ExternalJobView[];
  readonly settings: SettingsView;
  readonly about: AboutView;
  readonly route: Route;
  /** What failed of this start and was not read yet. */
  readonly startFailures: readonly StartFailureView[];
}

/** Where a window should be. */
export type Route =
  | { readonly view: 'launch' | 'settings' }
  /** `renew`: asks for a new token of the server in use, not for another server. */
  | { readonly view: 'connect'; readonly renew?: true | undefined }
  /** `externalJobId`: a job that was started elsewhere, to be shown among the others. */
  | { readonly view: 'activity'; readonly externalJobId?: ExternalJobId | undefined }
  | { readonly view: 'result'; readonly runId: RunId };
