/** Runs, from the drop to their end. */
import { DISK_CODES } from '../disk.ts';
import type { AttachmentKind } from './kinds.ts';
import type { BatchId, ElsewhereId, ProfileId, RecipeId, RunId } from './ids.ts';

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

/** Why a run is where it is, when the state alone does not say. */
export const RUN_REASONS = [
  // waiting
  'server-away',
  /** No trusted TLS connection comes about. */
  'server-tls',
  /** It answers with an error of its own. */
  'server-error',
  /** What answers does not speak as Omnitool does: a sign-in page, a proxy, another version. */
  'server-odd',
  'token-expired',
  'token-refused',
  'token-absent',
  'keychain-locked',
  'keychain-unanswered',
  'rate-limited',
  ...DISK_CODES,
  /** The drive of a file does not answer. */
  'file-unanswered',
  /** Another program keeps a file from being read. */
  'file-busy',
  /** Something nobody foresaw; it is tried again. */
  'stalled',
  'paused',
  // failed before the server had it
  'file-vanished',
  'file-changed',
  'file-unreadable',
  'file-refused',
  'file-broken',
  'file-path',
  'file-too-large',
  /** A file within Omnitool's own limit was refused because of its size: by a gateway before the server, say. */
  'file-over-limit',
  'data-invalid',
  'data-too-deep',
  'start-too-large',
  /** The same of the start itself. */
  'start-over-limit',
  'upload-refused',
  'start-refused',
  /** The start was refused, and these blocks of the recipe are not installed on the server. */
  'blocks-missing',
  'may-not-run',
  'profile-forgotten',
  // failed on the server
  'recipe-failed',
  // unconfirmed, lost, empty
  'answer-lost',
  'given-up',
  'server-forgot',
  'no-output',
  /** Empty, because its output block is switched off. */
  'output-off',
  /** Empty, although its output is connected: the recipe put nothing there. */
  'output-empty',
  /** Unverified: the server no longer knew the job, but some output of it was there. */
  'end-not-seen',
  /** Done, but what it said in chat could not be read whole: the server tells it once. */
  'answer-cut',
  /** Stopping: the server finishes the block it is at (wire 8). */
  'stopping',
  // collecting
  'result-unreadable',
  /** The end of what it says in chat was not heard yet; it is asked for again. */
  'answer-late',
] as const;
export type RunReason = (typeof RUN_REASONS)[number];

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
export interface ElsewhereRunView {
  readonly id: ElsewhereId;
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
