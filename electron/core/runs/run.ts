import type {
  AttachmentKind,
  EndState,
  InputKind,
  ProfileId,
  RecipeId,
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
  readonly sha256: string | null;
  /** The server's name for the uploaded file. It opens the file to anyone who has it: a secret (wire 5). */
  readonly fid: string | null;
  readonly fidExpires: number | null;
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
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly jobId: string | null;
  readonly outcome: JobOutcome | null;
  readonly stopRequested: boolean;
  readonly unseen: boolean;
  /** Which process carries the run: the app, or one terminal command (owner.ts). */
  readonly owner: string;
  readonly inputs: readonly RunInput[];
}

/** A run known to be in a certain state; what life.ts lets happen next depends on it. */
export type RunIn<State extends RunState> = Run & { readonly state: State };

export const isIn = <State extends RunState>(run: Run, ...states: readonly State[]): run is RunIn<State> =>
  (states as readonly RunState[]).includes(run.state);

export const hasEnded = (run: Run): run is RunIn<EndState> => isIn(run, ...END_STATES);
