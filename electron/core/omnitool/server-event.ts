import type { Artifact } from './schemas.ts';

/** One failure of one block, as the stream tells it (wire 9.3). */
export interface BlockFailure {
  readonly nodeId: string | null;
  /** The block's component key: `omnitool.chat_input`, `extension:name`. */
  readonly block: string | null;
  readonly message: string;
}

/** How a job stands, told to every open stream of its user (wire 9.4). */
export interface JobNews {
  readonly jobId: string;
  /** As in `/jobs`: `running`, `success`, `error`, `forceStop`, `stopped`; anything else is kept as it came. */
  readonly state: string;
  /** Ids of the blocks at work, the one that began last first (wire 12). */
  readonly activeNodes: readonly string[];
  /**
   * The component key of the block the news is about. With several blocks at work it need not be the first one's, and
   * it is missing where the news only repeats what is known (wire 12, recorded).
   */
  readonly activeBlock: string | null;
  readonly recipeId: string | null;
  readonly recipeName: string;
  /** Without repeats; the server repeats them (wire 9.3). */
  readonly failures: readonly BlockFailure[];
}

/** What a recipe said in chat. It carries no job id: only the session tells whose it is (wire 9.4). */
export interface ChatNews {
  readonly texts: readonly string[];
  /** Of all texts. */
  readonly format: 'markdown' | 'plain';
  /** Plain JSON data. */
  readonly objects: readonly unknown[];
  readonly artifacts: readonly Artifact[];
  /** Files that could not be read. */
  readonly unreadable: number;
  /** Texts and objects that have no plain JSON to keep: cyclic, too deep, or too many parts. */
  readonly unkeptValues: number;
}

/** A message of the event stream, read (wire 9). */
export type ServerEvent =
  | ({ readonly type: 'job-update' } & JobNews)
  | ({ readonly type: 'job-error' } & JobNews)
  | { readonly type: 'job-started'; readonly jobId: string; readonly recipeId: string | null }
  | { readonly type: 'job-finished'; readonly jobId: string }
  | { readonly type: 'node-started' | 'node-finished'; readonly jobId: string; readonly nodeId: string }
  /** The `error` event: to the session alone, without a job id. */
  | ({ readonly type: 'block-failed' } & BlockFailure)
  | ({ readonly type: 'chat' } & ChatNews)
  | { readonly type: 'toast'; readonly message: string }
  | { readonly type: 'keepalive' }
  /** The server ends the stream: another one was opened on the same session. */
  | { readonly type: 'replaced' }
  /** Anything else, the welcome message and notices of the server among it. */
  | { readonly type: 'other'; readonly name: string };
