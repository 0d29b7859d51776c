import type { MadeFrom } from './made-from.ts';
import type {
  AttachmentKind,
  BatchId,
  InputKind,
  ProfileId,
  RecipeId,
  RunFailureView,
  RunFormField,
  RunId,
  RunReason,
  RunState,
} from '../../contract/views.ts';

/** How the server reported the end of a job; `unknown` when it forgot the job before it was asked (wire 6). */
export type JobOutcome = 'success' | 'error' | 'stopped' | 'unknown';

/** One input of a run, with everything needed to send the same input again. */
export interface RunInput {
  readonly position: number;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** The file's path; null for text and links. */
  readonly path: string | null;
  readonly text: string | null;
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /**
   * The argument under which it is sent, decided when the run was made; null for runs of earlier versions
   * (contract/kinds.ts).
   */
  readonly sendAs: InputKind | null;
  /** The field of the form that it fills (`Run.form`); null: it goes to the chat inputs. */
  readonly field: string | null;
  readonly sha256: string | null;
  /** The server's id of the uploaded file. A secret: it opens the file to anyone (wire 5). */
  readonly fid: string | null;
  readonly fidExpires: number | null;
  /** The name of the copy in the run's folder; null when no copy was kept. */
  readonly copy: string | null;
  /** The server's name of the uploaded file; the server changes names (wire 5). Null when nothing was uploaded. */
  readonly serverName: string | null;
  /** The picture from which this PNG was made; null for every other input. */
  readonly madeFrom: MadeFrom | null;
}

/** One submission by the user as the database stores it. Times in ms since 1970. */
export interface Run {
  readonly id: RunId;
  readonly profileId: ProfileId;
  readonly origin: string;
  readonly serverName: string;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  /** What the recipe took when the run was made; null when that was unknown. */
  readonly takes: readonly InputKind[] | null;
  readonly message: string;
  readonly state: RunState;
  readonly since: number;
  readonly reason: RunReason | null;
  readonly reasonDetail: string | null;
  readonly createdAt: number;
  /** Sort key of lists, largest first: `createdAt`, or more when the clock was set back after an earlier run. */
  readonly listedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /**
   * How long the server had the job, in ms; null while the job runs, when it is unknown, and for runs of earlier
   * versions.
   */
  readonly tookMs: number | null;
  readonly jobId: string | null;
  readonly outcome: JobOutcome | null;
  readonly stopRequested: boolean;
  readonly unseen: boolean;
  /** The process that carries the run: the app, or one terminal command (owner.ts). */
  readonly owner: string;
  /** Why it failed, in the server's words (wire 9.3). */
  readonly failures: readonly RunFailureView[];
  /** Whether the keychain may hold the cookie of the run's own session. */
  readonly sessionKept: boolean;
  /** Whether the messages of its session were read. The server sends them only once (wire 9.4). */
  readonly drained: boolean;
  /** Whether messages of its session may be missing: a read was interrupted or could not be parsed. */
  readonly answerCut: boolean;
  readonly batchId: BatchId | null;
  readonly favourite: boolean;
  /** When the user removed it; it can be restored for a while. */
  readonly removedAt: number | null;
  /** Ids of the server's jobs just before the start was sent; a new job may be this run's. Null: unknown. */
  readonly jobsBefore: readonly string[] | null;
  /** Ids of the jobs that may belong to this unconfirmed run; null while the server could not be asked. */
  readonly candidates: readonly string[] | null;
  readonly inputs: readonly RunInput[];
  /** What the form of the recipe sends; null: it had none when the run was made. */
  readonly form: readonly RunFormField[] | null;
}

/** A run in a certain state. `TRANSITIONS` in run-states.ts decides which states may follow. */
export type RunIn<State extends RunState> = Run & { readonly state: State };

/** Whether a run is in one of the states. Narrows the type of the run. */
export const isIn = <State extends RunState>(run: Run, ...states: readonly State[]): run is RunIn<State> =>
  (states as readonly RunState[]).includes(run.state);

/** The columns of a run that only its later life fills in. */
export const NEW_RUN = {
  state: 'queued',
  reason: null,
  reasonDetail: null,
  startedAt: null,
  endedAt: null,
  tookMs: null,
  jobId: null,
  outcome: null,
  stopRequested: false,
  unseen: false,
  failures: [],
  sessionKept: false,
  drained: false,
  answerCut: false,
  favourite: false,
  removedAt: null,
  jobsBefore: null,
  candidates: null,
} as const satisfies Partial<RunIn<'queued'>>;
