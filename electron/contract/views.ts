/**
 * What the screens, the terminal and the tray are shown: plain, readonly, cloneable data.
 * Times are milliseconds since 1970, sizes are bytes.
 */
import type { ErrorView } from './errors.ts';

export type ProfileId = string;
export type RunId = string;
export type RecipeId = string;
export type AttachmentId = string;
/** Groups the runs made by one drop. */
export type BatchId = string;
/** A job of this user that was not started from this machine, as this machine names it. */
export type ElsewhereId = string;

// ---- connection

/** What a token says about itself. Decoded for display only: this machine has no key to verify it (RFC 8725). */
export interface TokenView {
  readonly issuedAt: number | null;
  /** null: the token names no end. */
  readonly expiresAt: number | null;
  readonly expired: boolean;
  /** `named-recipes` is shown but not relied on: the server does not enforce it (wire 1). */
  readonly mayRun: 'every-recipe' | 'named-recipes' | 'nothing';
}

export type TokenPlace = 'keychain' | 'session';

export interface ProfileView {
  readonly id: ProfileId;
  readonly name: string;
  readonly address: string;
  readonly practice: boolean;
  readonly tokenPlace: TokenPlace;
}

/**
 * `offline`, `refused`, `expired` and `locked` each hold the queue; none of them fails a run.
 */
export type ConnectionStatus = 'none' | 'checking' | 'online' | 'offline' | 'expired' | 'refused' | 'locked';

export interface ConnectionView {
  readonly status: ConnectionStatus;
  readonly profile: ProfileView | null;
  readonly serverVersion: string | null;
  readonly token: TokenView | null;
  /** Why the status is what it is, when it is not `online`. */
  readonly problem: ErrorView | null;
  readonly profiles: readonly ProfileView[];
}

/** The answer of a server that was asked who it is (`GET /version`), before any token is sent. */
export interface ServerProbe {
  /** The address as it will be stored: scheme, host and port only. */
  readonly address: string;
  readonly version: string;
}

// ---- recipes

/** The kinds a recipe can take, in the words of the server's chat input block (wire 4). */
export const INPUT_KINDS = ['text', 'images', 'audio', 'video', 'documents', 'json'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** The kinds a recipe can give, in the words of the server's output block (wire 3). */
export const OUTPUT_KINDS = ['text', 'images', 'audio', 'documents', 'videos', 'files', 'objects'] as const;
export type OutputKind = (typeof OUTPUT_KINDS)[number];

export interface RecipeView {
  readonly id: RecipeId;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly mine: boolean;
  readonly updatedAt: number | null;
  /** Where the page finds its picture (`omnitray-artifact://recipe/...`); null where there is none on this machine. */
  readonly picture: string | null;
  /** null until the recipe itself was loaded: a listing does not say. */
  readonly shape: RecipeShape | null;
  /** Chosen by the user on this machine; the server's own mark is random (wire 2a). */
  readonly favourite: boolean;
  /** When it was last run from this machine. */
  readonly usedAt: number | null;
}

/** What a recipe takes and gives, read from its blocks. */
export interface RecipeShape {
  readonly takes: readonly InputKind[];
  /** What comes back through its output block. */
  readonly gives: readonly OutputKind[];
  /** What it says in Omnitool's chat, which OmniTray brings back as well (wire 9.4). */
  readonly givesInChat: readonly OutputKind[];
  /** Has a form that OmniTray cannot fill in. */
  readonly needsForm: boolean;
  readonly warnings: readonly RecipeWarning[];
}

/** What a person should know of a recipe before running it. */
export const RECIPE_WARNINGS = [
  /** Nothing comes back by any way. */
  'no-output',
  /** It has an output block, and that is switched off. */
  'output-off',
  /** Answers in chat only. */
  'chat-only',
  'needs-form',
  /** Several output blocks: the last one to finish has the whole say (wire 7). */
  'several-outputs',
  /** Blocks that could not be read, so that what it takes and gives may be incomplete. */
  'unknown-blocks',
] as const;
export type RecipeWarning = (typeof RECIPE_WARNINGS)[number];

export interface RecipesView {
  readonly status: 'empty' | 'loading' | 'ready' | 'failed';
  readonly recipes: readonly RecipeView[];
  /** When the list was last had from the server; the list itself may be older than a failure. */
  readonly listedAt: number | null;
  readonly problem: ErrorView | null;
  /** The recipe last run on each kind of thing. */
  readonly lastUsedFor: Readonly<Partial<Record<AttachmentKind, RecipeId>>>;
}

/** What only the recipe's own page shows. */
export interface RecipeDetailView {
  readonly recipeId: RecipeId;
  readonly category: string;
  /** Markdown by the recipe's author: never trusted. '' where there is none. */
  readonly help: string;
  /** How many of its blocks are switched on. */
  readonly blocks: number;
}

// ---- the draft: what was dropped and not yet run

export const ATTACHMENT_KINDS = ['image', 'audio', 'video', 'document', 'json', 'text', 'link'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** Why an attachment cannot be sent. It stays visible until the user removes it. */
export type AttachmentProblem =
  'unreadable' | 'vanished' | 'empty' | 'too-large' | 'folder' | 'not-a-file' | 'image-format' | 'invalid-json';

export interface AttachmentView {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
  readonly mime: string | null;
  /** The first words of a text, the address of a link. */
  readonly excerpt: string | null;
  readonly problem: AttachmentProblem | null;
  /** An address the page may show as a picture (`omnitray-artifact://draft/...`); null when there is none. */
  readonly picture: string | null;
}

export interface DraftView {
  readonly attachments: readonly AttachmentView[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** All attachments in one run, or a run for each of them. */
  readonly mode: DraftMode;
}

export type DraftMode = 'together' | 'each';

// ---- runs

export const RUN_STATES = [
  'queued',
  'waiting',
  'uploading',
  'starting',
  'unconfirmed',
  'running',
  'collecting',
  'succeeded',
  'failed',
  'stopped',
  'empty',
  'lost',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The states a run never leaves. */
export const END_STATES = ['succeeded', 'failed', 'stopped', 'empty', 'lost'] as const satisfies readonly RunState[];
export type EndState = (typeof END_STATES)[number];

/** Why a run is where it is, when the state alone does not say. */
export const RUN_REASONS = [
  // waiting
  'server-away',
  'token-expired',
  'token-refused',
  'token-absent',
  'keychain-locked',
  'rate-limited',
  'disk-full',
  'disk-refused',
  /** Something nobody foresaw; it is tried again. */
  'stalled',
  'paused',
  // failed before the server had it
  'file-vanished',
  'file-changed',
  'file-unreadable',
  'file-too-large',
  'upload-refused',
  'start-refused',
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
  /** The server forgot the job, but its result was still there. */
  'end-not-seen',
  /** Done, but what it said in chat could not be read whole: the server tells it once. */
  'answer-cut',
  /** Stopping: the server finishes the block it is at (wire 8). */
  'stopping',
  // collecting
  'result-unreadable',
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
}

export interface RunProgressView {
  /** The block at work, in readable words; null between two blocks. */
  readonly block: string | null;
  readonly done: number;
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

// ---- results

export type ArtifactProblem = 'gone' | 'broken' | 'timed-out' | 'no-space';

export interface ArtifactView {
  readonly position: number;
  readonly name: string;
  readonly kind: 'image' | 'audio' | 'video' | 'document' | 'file';
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Where the page finds the bytes (`omnitray-artifact://...`); null when the file could not be had. */
  readonly url: string | null;
  readonly problem: ArtifactProblem | null;
  /** The chat message it came with; null for one of the output block. */
  readonly message: number | null;
}

/** One answer of the recipe in Omnitool's chat. Its files are the artifacts that name its position. */
export interface ChatMessageView {
  readonly position: number;
  /** As the server sent it: never trusted. '' for a message of files only. */
  readonly text: string;
  readonly format: 'markdown' | 'plain';
}

export interface ResultView {
  readonly run: RunView;
  readonly texts: readonly string[];
  /** Each as JSON text, indented. */
  readonly objects: readonly string[];
  readonly messages: readonly ChatMessageView[];
  readonly artifacts: readonly ArtifactView[];
  readonly receipt: ReceiptView;
}

export interface ReceiptView {
  readonly address: string;
  /** Whether the server has the run: `unknown` while, or because, its answer never came. */
  readonly start: 'taken' | 'unknown' | 'not-sent';
  readonly sentAt: number | null;
  readonly message: string | null;
  readonly files: readonly {
    readonly name: string;
    readonly kind: AttachmentKind;
    readonly size: number;
    readonly sha256: string | null;
  }[];
  readonly bytes: number;
  /** From the server taking the job to its end, as this machine saw it. */
  readonly tookMs: number | null;
}

// ---- settings and the program itself

export interface SettingsView {
  readonly theme: 'system' | 'light' | 'dark';
  readonly notifyWhen: 'always' | 'unfocused' | 'never';
  /** Also tells of jobs that were started elsewhere. */
  readonly notifyElsewhere: boolean;
  /** Holds the queue; nothing is sent until it is lifted. */
  readonly paused: boolean;
  /** Keeps a copy of what was sent, so that it can be run again whatever happens to the files. */
  readonly keepInputs: boolean;
  /** Takes the one job that can be an unconfirmed run's for it without asking. */
  readonly adoptAlone: boolean;
  /** How many runs are sent and run at the same time. */
  readonly parallelRuns: number;
  /** Results older than this many days are removed; null: kept until the user removes them. */
  readonly keepDays: number | null;
  /** The oldest results are removed over this many bytes; null: no limit. */
  readonly keepBytes: number | null;
}

export interface AboutView {
  readonly version: string;
  readonly platform: 'linux' | 'mac' | 'windows';
  readonly keychain: 'ready' | 'absent' | 'locked' | 'unknown';
  readonly dataFolder: string;
  readonly logFile: string;
  /** Things the program had to mend at its start, in words (a settings file set aside, say). */
  readonly notes: readonly string[];
}

/** Everything a fresh window needs; events keep it current from then on. */
export interface AppView {
  readonly connection: ConnectionView;
  readonly recipes: RecipesView;
  readonly draft: DraftView;
  readonly runs: readonly RunView[];
  readonly elsewhere: readonly ElsewhereRunView[];
  readonly settings: SettingsView;
  readonly about: AboutView;
  readonly place: Place;
}

/** Where a window should be. */
export type Place =
  | { readonly view: 'connect' | 'launch' | 'activity' | 'settings' }
  | { readonly view: 'result'; readonly runId: RunId };
