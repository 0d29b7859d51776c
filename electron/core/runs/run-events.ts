import type { ProfileId, RunId, RunProgressView } from '../../contract/views.ts';
import type { JobOutcome, Run } from '../model/run.ts';
import type { BlockFailure } from '../omnitool/server-event.ts';
import type { LiveRun } from './live-runs.ts';

/**
 * What send, watch and collect publish. The engine alone subscribes and calls the next stage, so that no stage knows
 * another one.
 */
export interface RunEvents {
  /** Bytes of a run that were uploaded; null once it uploads no more. */
  upload: { readonly runId: RunId; readonly upload: { readonly sent: number; readonly total: number } | null };
  /** A run was sent as far as possible for now. Its state is `running`, `waiting` or `unconfirmed`, or it is stuck. */
  sent: LiveRun;
  /** The server works on a block of a run. */
  progress: { readonly runId: RunId; readonly progress: RunProgressView };
  /** The job of a run has ended. */
  ended: { readonly runId: RunId; readonly outcome: JobOutcome };
  /** The result of a run could not be fetched yet, or its lost start was examined, and its job may be found. */
  collected: LiveRun;
  /** A chat message of a run is stored. */
  said: RunId;
  /** The event stream reports a job that is not a run of this process. */
  external: JobSnapshot;
  /** A run should stop, and the server does not know it. */
  'stop-unknown': LiveRun;
  /** A profile can be used (again): these runs of it continue. */
  usable: { readonly profileId: ProfileId; readonly runs: readonly LiveRun[] };
  /** A server asked for a pause of so many ms before the next request. */
  'needs-retry': { readonly profileId: ProfileId; readonly afterMs: number };
  /** A run cannot continue, and its row does not say why. */
  stalled: { readonly run: Run; readonly failure: unknown };
  /** The database cannot be written now, and these runs wait for it. */
  'not-written': { readonly runIds: readonly RunId[]; readonly failure: unknown };
  /** A step failed. The message is for the log; a profile is given where its connection explains the failure. */
  failed: {
    readonly message: string;
    readonly failure: unknown;
    readonly profileId?: ProfileId;
    readonly runId?: RunId;
  };
}

/** What the event streams have reported about one job so far. Times are in ms since 1970. */
export interface JobSnapshot {
  readonly profileId: ProfileId;
  readonly jobId: string;
  /** As in `/jobs` (wire 6). */
  readonly state: string;
  readonly recipeId: string | null;
  readonly recipeName: string;
  /** The block that began last of those at work: its id and component key. */
  readonly active: { readonly nodeId: string; readonly block: string | null } | null;
  /** Blocks at work now. */
  readonly activeNodes: readonly string[];
  /** Blocks that have been at work since the first report. */
  readonly seen: ReadonlySet<string>;
  readonly failures: readonly BlockFailure[];
  readonly firstHeardAt: number;
  readonly lastHeardAt: number;
}
