/** Runs, from the drop to their end. */
import type { DiskCode } from '../disk.ts';
import { DISK_CODES } from '../disk.ts';
import type { AttachmentKind } from './kinds.ts';
import type { BatchId, ExternalJobId, ProfileId, RecipeId, RunId } from './ids.ts';

export const RUN_STATES = [
  'queued',
  'waiting',
  'uploading',
  'starting',
  'unconfirmed',
  'running',
  'collecting',
  'succeeded',
  /** Something came back, but the end of the run was not seen: whether it finished is not known. */
  'unverified',
  'failed',
  'stopped',
  'empty',
  'lost',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The states a run never leaves. */
export const END_STATES = [
  'succeeded',
  'unverified',
  'failed',
  'stopped',
  'empty',
  'lost',
] as const satisfies readonly RunState[];
export type EndState = (typeof END_STATES)[number];

/** Whether a run is in a state that it never leaves. */
export const isEnded = <Of extends { readonly state: RunState }>(run: Of): run is Of & { readonly state: EndState } =>
  (END_STATES as readonly RunState[]).includes(run.state);

/**
 * What ends a wait for a reason: time (it is retried), a change that the user makes (it is retried too), an unlocked
 * keychain, a new token, or `resume`, sending after a pause. `nothing`: no run waits for it.
 */
type LiftedBy = 'time' | 'user' | 'keychain' | 'new-token' | 'resume' | 'nothing';

interface RunReasonFacts {
  readonly liftedBy: LiftedBy;
  /** It holds this run alone. Every other reason to wait holds all runs of the server. */
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
  // failed before the server had it
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
  /** As `file-over-limit`, for the start itself. */
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
  /** Empty, because its output block is switched off. */
  'output-off': { liftedBy: 'nothing' },
  /** Empty, although its output is connected: the recipe put nothing there. */
  'output-empty': { liftedBy: 'nothing' },
  /** Unverified: the server no longer knew the job, but some output of it was there. */
  'end-not-seen': { liftedBy: 'nothing' },
  /** Done, but its chat answer could not be read completely. The server sends it only once (wire 9.4). */
  'answer-cut': { liftedBy: 'nothing' },
  /** Stopping: the server finishes the block it is at (wire 8). */
  stopping: { liftedBy: 'nothing' },
  // collecting
  'result-unreadable': { liftedBy: 'time' },
  /** The end of the chat answer has not arrived yet; it is requested again. */
  'answer-late': { liftedBy: 'time' },
} as const satisfies Record<string, RunReasonFacts>;

/** Why a run is where it is, when the state alone does not say. */
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

interface RunInputView {
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
}

export interface RunView {
  readonly id: RunId;
  readonly profileId: ProfileId;
  readonly serverName: string;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  readonly state: RunState;
  /** When the run came into its present state. */
  readonly since: number;
  readonly reason: RunReason | null;
  /** A short fact that belongs to the reason: a file name, a host. */
  readonly reasonDetail: string | null;
  readonly createdAt: number;
  /** Its place in lists, the greatest first; runs of one drop have the same. It is no time to show. */
  readonly listedAt: number;
  /** When the server took the job. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly inputs: readonly RunInputView[];
  /** The message sent along, cut to one line. */
  readonly excerpt: string | null;
  /** Bytes sent so far, while uploading. */
  readonly upload: { readonly sent: number; readonly total: number } | null;
  readonly stopRequested: boolean;
  /** Where the server is, as its event stream tells; null without one: then it is only known to run. */
  readonly progress: RunProgressView | null;
  /** Chat messages that are here already while it is under way; counted by the process that hears them. 0 once it ended. */
  readonly said: number;
  /** Why it failed, in the server's own words. */
  readonly failures: readonly RunFailureView[];
  /** null for a run that was started alone. */
  readonly batchId: BatchId | null;
  /** Kept whatever the limits on stored results say. */
  readonly favourite: boolean;
  /** How many jobs on the server could be this unconfirmed run; null while that is not known. */
  readonly candidates: number | null;
  /** Ended, and its result was not looked at yet. */
  readonly unseen: boolean;
  /** What came back, in a few words' worth of data. */
  readonly gave: {
    readonly texts: number;
    readonly objects: number;
    readonly messages: number;
    readonly files: number;
  } | null;
  /** Where the page finds the first picture that came back; null where none did, or it is too large for a list. */
  readonly picture: string | null;
}

export interface RunProgressView {
  /** The block at work, in readable words; null between two blocks. */
  readonly block: string | null;
  /** Blocks that have ended; null where the job was not heard from its start, so that they were not counted. */
  readonly done: number | null;
  /** How many blocks there are; null where the recipe is not known. */
  readonly of: number | null;
}

export interface RunFailureView {
  /** The block that failed, in readable words; null where the server did not say. */
  readonly block: string | null;
  readonly message: string;
}

/** A job of the same user that was started on Omnitool's page or on another machine, as the event stream tells of it. */
export interface ExternalJobView {
  readonly id: ExternalJobId;
  readonly profileId: ProfileId;
  readonly serverName: string;
  readonly recipeId: RecipeId | null;
  readonly recipeName: string;
  readonly state: 'running' | 'stopping' | 'succeeded' | 'failed' | 'stopped';
  /** When it was first heard of here. */
  readonly seenAt: number;
  readonly endedAt: number | null;
  readonly progress: RunProgressView | null;
  readonly failures: readonly RunFailureView[];
}

/** How many runs want the user's attention, of all there are. */
export interface AttentionView {
  /** As `needsYou` of run-needs.ts has it. */
  readonly needsYou: number;
  /** Ended runs that were not looked at yet, however they ended. */
  readonly unseen: number;
}

/** What came of a start. */
export interface StartedView {
  readonly runs: readonly RunView[];
  /** Until when they can be taken back; null: they are on their way. */
  readonly undoUntil: number | null;
}

/** Where in a run the words of a search were found. */
export const RUN_MATCH_FIELDS = ['recipe', 'server', 'file', 'message', 'text', 'data', 'failure'] as const;
export type RunMatchField = (typeof RUN_MATCH_FIELDS)[number];

/** A stretch of text around what was searched for, in pieces. */
export interface RunMatchView {
  readonly field: RunMatchField;
  readonly parts: readonly { readonly text: string; readonly hit: boolean }[];
}

interface FoundRunView {
  readonly run: RunView;
  /** One a field, in the order of `RUN_MATCH_FIELDS`; none without words to search for. */
  readonly matches: readonly RunMatchView[];
}

/** A stretch of the history, newest first. */
export interface RunsPageView {
  readonly runs: readonly FoundRunView[];
  /** Asks for what is older (`before`); null when this was the last of it. */
  readonly more: number | null;
  /** Of the whole search, not of this page. */
  readonly total: number;
}

/** What the history can be filtered by, most recently used first. */
export interface RunChoicesView {
  readonly recipes: readonly { readonly id: RecipeId; readonly name: string }[];
  readonly servers: readonly { readonly id: ProfileId; readonly name: string }[];
}
