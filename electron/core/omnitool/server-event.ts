import type { Artifact } from './schemas.ts';

/** One failure of one block (wire 9.3). */
export interface BlockFailure {
  readonly nodeId: string | null;
  /** The block's component key: `omnitool.chat_input`, `extension:name`. */
  readonly block: string | null;
  readonly message: string;
}

/** The state of a job, sent to every open stream of its user (wire 9.4). */
export interface JobNews {
  readonly jobId: string;
  /** As in `/jobs`: `running`, `success`, `error`, `forceStop`, `stopped`. Other values are kept unchanged. */
  readonly state: string;
  /** Ids of the blocks at work, the last started first (wire 12). */
  readonly activeNodes: readonly string[];
  /**
   * The component key of the block that the event is about. With several blocks at work it need not be the first one's;
   * it is missing in events that repeat known state (wire 12, recorded).
   */
  readonly activeBlock: string | null;
  readonly recipeId: string | null;
  readonly recipeName: string;
  /** Without repeats, which the server sends (wire 9.3). */
  readonly failures: readonly BlockFailure[];
}

/** A chat message of a recipe. It has no job id: only the session tells its run (wire 9.4). */
export interface ChatNews {
  readonly texts: readonly string[];
  /** The length of all texts. */
  readonly format: 'markdown' | 'plain';
  /** Plain JSON data. */
  readonly objects: readonly unknown[];
  readonly artifacts: readonly Artifact[];
  /** The number of unreadable files. */
  readonly unreadable: number;
  /** The number of texts and objects that cannot be kept as plain JSON: cyclic, too deep, or too many parts. */
  readonly unkeptValues: number;
}

/** A message of the event stream after parsing (wire 9). */
export type ServerEvent =
  | ({ readonly type: 'job-update' } & JobNews)
  | ({ readonly type: 'job-error' } & JobNews)
  | { readonly type: 'job-started'; readonly jobId: string; readonly recipeId: string | null }
  | { readonly type: 'job-finished'; readonly jobId: string }
  | { readonly type: 'node-started' | 'node-finished'; readonly jobId: string; readonly nodeId: string }
  /** The `error` event. It is sent to the session alone, without a job id. */
  | ({ readonly type: 'block-failed' } & BlockFailure)
  | ({ readonly type: 'chat' } & ChatNews)
  | { readonly type: 'toast'; readonly message: string }
  | { readonly type: 'keepalive' }
  /** The server ends the stream, because another one was opened on the same session. */
  | { readonly type: 'replaced' }
  /** Any other message, for instance the welcome message and notices of the server. */
  | { readonly type: 'other'; readonly name: string };
