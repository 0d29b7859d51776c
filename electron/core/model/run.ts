import type { MadeFrom } from './made-from.ts';
import type {
  AttachmentKind,
  BatchId,
  EndState,
  InputKind,
  ProfileId,
  RecipeId,
  RunFailureView,
  RunId,
  RunReason,
  RunState,
} from '../../contract/views.ts';
import { END_STATES } from '../../contract/views.ts';

/** How the server said a job ended; `unknown` when it forgot the job before it could be asked (wire 6). */
export type JobOutcome = 'success' | 'error' | 'stopped' | 'unknown';

/** One thing a run sends, with what is needed to send the very same thing again. */
export interface RunInput {
  readonly position: number;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** The file's place; null for text and links. */
  readonly path: string | null;
  readonly text: string | null;
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /** The argument it goes under, decided when the run was made; null for runs of earlier versions (contract/kinds.ts). */
  readonly sendAs: InputKind | null;
  readonly sha256: string | null;
  /** The server's name for the uploaded file. It opens the file to anyone who has it: a secret (wire 5). */
  readonly fid: string | null;
  readonly fidExpires: number | null;
  /** The name of the copy kept of it in the run's own folder; null where none was kept. */
  readonly copy: string | null;
  /** What the server calls the uploaded file: it changes names (wire 5). Null where nothing was uploaded. */
  readonly serverName: string | null;
  /** The picture that this PNG was made of; null for every other input. */
  readonly madeFrom: MadeFrom | null;
}

/** One submission by the user, as it rests in the database. Times in ms since 1970. */
export interface Run {
  readonly id: RunId;
  readonly profileId: ProfileId;
  readonly origin: string;
  readonly serverName: string;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  /** What the recipe took when the run was made; null when that was not known. */
  readonly takes: readonly InputKind[] | null;
  readonly message: string;
  readonly state: RunState;
  readonly since: number;
  readonly reason: RunReason | null;
  readonly reasonDetail: string | null;
  readonly createdAt: number;
  /** Its place in lists, the greatest first: `createdAt`, or more where the clock was set back since an earlier run. */
  readonly listedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** How long the server had the job, in ms; null while it has it, where that is not known, and for older runs. */
  readonly tookMs: number | null;
  readonly jobId: string | null;
  readonly outcome: JobOutcome | null;
  readonly stopRequested: boolean;
  readonly unseen: boolean;
  /** Which process carries the run: the app, or one terminal command (owner.ts). */
  readonly owner: string;
  /** Why it failed, in the server's own words (wire 9.3). */
  readonly failures: readonly RunFailureView[];
  /** The cookie of its own session rests in the keychain. */
  readonly sessionKept: boolean;
  /** What its session had to tell was read: it is told once (wire 9.4). */
  readonly drained: boolean;
  /** Some of what its session told may be missing: a reading of it was cut off, or could not be understood. */
  readonly answerCut: boolean;
  readonly batchId: BatchId | null;
  readonly favourite: boolean;
  /** When the user removed it; it can be brought back for a while. */
  readonly removedAt: number | null;
  /** The jobs on the server just before the start was sent: a new one beside them may be this run's. null: not known. */
  readonly jobsBefore: readonly string[] | null;
  /** Jobs that may be this unconfirmed run's; null while the server could not be asked. */
  readonly candidates: readonly string[] | null;
  readonly inputs: readonly RunInput[];
}

/** A run known to be in a certain state; what life.ts lets happen next depends on it. */
export type RunIn<State extends RunState> = Run & { readonly state: State };

export const isIn = <State extends RunState>(run: Run, ...states: readonly State[]): run is RunIn<State> =>
  (states as readonly RunState[]).includes(run.state);

export const hasEnded = (run: Run): run is RunIn<EndState> => isIn(run, ...END_STATES);
