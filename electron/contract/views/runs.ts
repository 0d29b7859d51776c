/** Runs and their states. */
import { DISK_CODES, type DiskCode } from '../disk.ts';
import type { ErrorView } from '../errors.ts';
import type { AttachmentKind } from './kinds.ts';
import type { BatchId, ExternalJobId, ProfileId, RecipeId, RunId } from './ids.ts';

/** The states that a run never leaves. */
export const END_STATES = [
  'succeeded',
  /** A result was collected, but the end of the run was not seen, so it may be incomplete. */
  'unverified',
  'failed',
  'stopped',
  'empty',
  'lost',
] as const;
/** One of `END_STATES`. */
export type EndState = (typeof END_STATES)[number];

/** All states of a run. */
export const RUN_STATES = [
  'queued',
  'waiting',
  'uploading',
  'starting',
  'unconfirmed',
  'running',
  'collecting',
  ...END_STATES,
] as const;
/** One of `RUN_STATES`. */
export type RunState = (typeof RUN_STATES)[number];

/** Whether a run is in an end state. Narrows its type. */
export const isEnded = <Of extends { readonly state: RunState }>(run: Of): run is Of & { readonly state: EndState } =>
  (END_STATES as readonly RunState[]).includes(run.state);

/**
 * What ends a wait for a reason: time (it is retried), a change that the user makes (it is retried too), an unlocked
 * keychain, a new token, or `resume`, sending after a pause. `nothing`: no run waits for it.
 */
type LiftedBy = 'time' | 'user' | 'keychain' | 'new-token' | 'resume' | 'nothing';

interface RunReasonFacts {
  readonly liftedBy: LiftedBy;
  /** Only this run waits. For other reasons all runs of the server wait. */
  readonly ofOneRun?: true;
}

const DISK_REASONS = Object.fromEntries(DISK_CODES.map((code) => [code, { liftedBy: 'user' }])) as Record<
  DiskCode,
  { readonly liftedBy: 'user' }
>;

const REASONS = {
  // waiting
  'server-away': { liftedBy: 'time' },
  /** No trusted TLS connection can be made. */
  'server-tls': { liftedBy: 'user' },
  /** The server replies with an error of its own. */
  'server-error': { liftedBy: 'time' },
  /** The reply is not Omnitool's: a sign-in page, a proxy, another version. */
  'server-odd': { liftedBy: 'user' },
  'token-expired': { liftedBy: 'new-token' },
  'token-refused': { liftedBy: 'new-token' },
  'token-absent': { liftedBy: 'new-token' },
  'keychain-locked': { liftedBy: 'keychain' },
  'keychain-unanswered': { liftedBy: 'keychain' },
  'rate-limited': { liftedBy: 'time' },
  ...DISK_REASONS,
  /** The drive of a file does not answer. */
  'file-unanswered': { liftedBy: 'user', ofOneRun: true },
  /** Another program locks a file. */
  'file-busy': { liftedBy: 'user', ofOneRun: true },
  /** An unexpected error, usually a defect. */
  stalled: { liftedBy: 'time', ofOneRun: true },
  paused: { liftedBy: 'resume' },
  // failed before the start
  'file-vanished': { liftedBy: 'nothing' },
  'file-changed': { liftedBy: 'nothing' },
  'file-unreadable': { liftedBy: 'nothing' },
  'file-refused': { liftedBy: 'nothing' },
  'file-broken': { liftedBy: 'nothing' },
  'file-path': { liftedBy: 'nothing' },
  'file-too-large': { liftedBy: 'nothing' },
  /** A file within Omnitool's own limit was refused because of its size, for instance by a gateway. */
  'file-over-limit': { liftedBy: 'nothing' },
  'data-invalid': { liftedBy: 'nothing' },
  'data-too-deep': { liftedBy: 'nothing' },
  'start-too-large': { liftedBy: 'nothing' },
  /** Like `file-over-limit`, for the start itself. */
  'start-over-limit': { liftedBy: 'nothing' },
  'upload-refused': { liftedBy: 'nothing' },
  'start-refused': { liftedBy: 'nothing' },
  /** The start was refused, and some blocks of the recipe are not installed on the server. */
  'blocks-missing': { liftedBy: 'nothing' },
  'may-not-run': { liftedBy: 'nothing' },
  'profile-forgotten': { liftedBy: 'nothing' },
  // failed on the server
  'recipe-failed': { liftedBy: 'nothing' },
  // unconfirmed, lost, empty
  'answer-lost': { liftedBy: 'nothing' },
  'given-up': { liftedBy: 'nothing' },
  'server-forgot': { liftedBy: 'nothing' },
  'no-output': { liftedBy: 'nothing' },
  /** Empty, because its output block is disabled. */
  'output-off': { liftedBy: 'nothing' },
  /** Empty, although its output block is connected. */
  'output-empty': { liftedBy: 'nothing' },
  /** Its answer is in the server's File Manager, where nothing tells it from other files (wire 13.5). */
  'file-stored': { liftedBy: 'nothing' },
  /** Unverified: the server had forgotten the job but still had output of it. */
  'end-not-seen': { liftedBy: 'nothing' },
  /** Succeeded, but its chat answer is incomplete. The server sends it only once (wire 9.4). */
  'answer-cut': { liftedBy: 'nothing' },
  /** A stop was requested; the server finishes the current block (wire 8). */
  stopping: { liftedBy: 'nothing' },
  // collecting
  'result-unreadable': { liftedBy: 'time' },
  /** The end of the chat answer has not arrived yet; it is requested again. */
  'answer-late': { liftedBy: 'time' },
} as const satisfies Record<string, RunReasonFacts>;

/** Why a run is in its state. */
export type RunReason = keyof typeof REASONS;

/** All reasons, and what ends a wait for each. Every list of reasons follows from this table. */
export const RUN_REASONS: Readonly<Record<RunReason, RunReasonFacts>> = REASONS;

/** The names of all reasons. */
export const RUN_REASON_NAMES = Object.keys(RUN_REASONS) as readonly RunReason[];

type ReasonLiftedBy<By extends LiftedBy> = {
  [Reason in RunReason]: (typeof REASONS)[Reason]['liftedBy'] extends By ? Reason : never;
}[RunReason];

/** Whether a wait for this reason is ended by one of these. Narrows the reason. */
export const isLiftedBy = <By extends LiftedBy>(
  reason: RunReason | null,
  ...by: readonly By[]
): reason is RunReason & ReasonLiftedBy<By> =>
  reason !== null && (by as readonly LiftedBy[]).includes(RUN_REASONS[reason].liftedBy);

/** An input of a run in a list. */
interface RunInputView {
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
}

/** A run in a list. */
export interface RunView {
  readonly id: RunId;
  readonly profileId: ProfileId;
  readonly serverName: string;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  readonly state: RunState;
  /** When the run entered its state. */
  readonly since: number;
  readonly reason: RunReason | null;
  /** A short fact about the reason: a file name, a host. */
  readonly reasonDetail: string | null;
  readonly createdAt: number;
  /** Sort key of lists, largest first; equal for the runs of one drop. Not for display. */
  readonly listedAt: number;
  /** When the server accepted the start. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly inputs: readonly RunInputView[];
  /** The beginning of its message, in one line. */
  readonly excerpt: string | null;
  /** Uploaded bytes; null unless it is uploading. */
  readonly upload: { readonly sent: number; readonly total: number } | null;
  readonly stopRequested: boolean;
  /** The progress by the event stream; null without a stream. */
  readonly progress: RunProgressView | null;
  /** The number of chat messages received so far, counted by the process that runs it; 0 after its end. */
  readonly said: number;
  /** Why it failed, as the server reported. */
  readonly failures: readonly RunFailureView[];
  /** Null for a run that was started alone. */
  readonly batchId: BatchId | null;
  /** Whether the limits on stored results do not apply to it. */
  readonly favourite: boolean;
  /** The number of jobs that may belong to this unconfirmed run; null while unknown. */
  readonly candidates: number | null;
  /** Whether it has ended and the user has not looked at it. */
  readonly unseen: boolean;
  /** The size of its result; null before its end. */
  readonly gave: {
    readonly texts: number;
    readonly objects: number;
    readonly messages: number;
    readonly files: number;
  } | null;
  /** The address of the first picture of its result; null when there is none, or it is too large for a list. */
  readonly picture: string | null;
}

/** How far a job is. */
export interface RunProgressView {
  /** The title of the current block; null between two blocks. */
  readonly block: string | null;
  /** The number of ended blocks; null when the job was not observed from its start. */
  readonly done: number | null;
  /** The number of blocks; null when the recipe is unknown. */
  readonly of: number | null;
}

/** A failure that the server reported. */
export interface RunFailureView {
  /** The title of the failed block; null when the server did not name it. */
  readonly block: string | null;
  readonly message: string;
}

/** An external job: another client of the same user started it. */
export interface ExternalJobView {
  readonly id: ExternalJobId;
  readonly profileId: ProfileId;
  readonly serverName: string;
  readonly recipeId: RecipeId | null;
  readonly recipeName: string;
  readonly state: 'running' | 'stopping' | 'succeeded' | 'failed' | 'stopped';
  /** When this program first saw it. */
  readonly seenAt: number;
  readonly endedAt: number | null;
  readonly progress: RunProgressView | null;
  readonly failures: readonly RunFailureView[];
}

/** The number of stored runs that the user should look at. */
export interface AttentionView {
  /** Runs that need the user (run-needs.ts). */
  readonly needsYou: number;
  /** Ended runs that the user has not looked at. */
  readonly unseen: number;
}

/** The outcome of a start. */
export interface StartedView {
  readonly runs: readonly RunView[];
  /** Until when the start can be undone; null: it cannot. */
  readonly undoUntil: number | null;
  /** Why a drop went to the draft instead; null when it runs, and when one of its files has a problem of its own. */
  readonly kept: ErrorView | null;
}

/** The parts of a run that are searched. */
export const RUN_MATCH_FIELDS = ['recipe', 'server', 'file', 'message', 'text', 'data', 'failure'] as const;
/** One of `RUN_MATCH_FIELDS`. */
export type RunMatchField = (typeof RUN_MATCH_FIELDS)[number];

/** An excerpt around a match, in parts; `hit`: the part matches the query. */
export interface RunMatchView {
  readonly field: RunMatchField;
  readonly parts: readonly { readonly text: string; readonly hit: boolean }[];
}

/** A run that a search found. */
interface FoundRunView {
  readonly run: RunView;
  /** At most one for each field, in the order of `RUN_MATCH_FIELDS`; empty for an empty query. */
  readonly matches: readonly RunMatchView[];
}

/** A page of found runs, newest first. */
export interface RunsPageView {
  readonly runs: readonly FoundRunView[];
  /** The `before` of the next page; null when this is the last one. */
  readonly more: number | null;
  /** The number of all found runs. */
  readonly total: number;
}

/** The choices of the filter, most recently used first. */
export interface RunChoicesView {
  readonly recipes: readonly { readonly id: RecipeId; readonly name: string }[];
  readonly servers: readonly { readonly id: ProfileId; readonly name: string }[];
}
