import type { RunId, RunProgressView } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Collector } from './collect/collector.ts';
import type { SessionReader } from './collect/session-reader.ts';
import type { RunStore } from '../store/run-store.ts';
import type { BlockNames } from '../model/block-names.ts';
import type { RunSessions } from './run-sessions.ts';
import type { Servers } from '../model/servers.ts';

/** What the run engine works with. */
export interface EngineOptions {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly sessions: RunSessions;
  readonly reader: SessionReader;
  readonly collector: Collector;
  readonly names: BlockNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** The name under which this process carries runs (owner.ts). */
  readonly owner: string;
  /** Whether the one job that can be an unconfirmed run's is taken for it without asking. */
  mayAdopt(): boolean;
  /** Told while a run uploads; null when it no longer does. */
  onUpload(runId: RunId, upload: { readonly sent: number; readonly total: number } | null): void;
  /** Told what the server is at; null when the run is no longer there. */
  onProgress(runId: RunId, progress: RunProgressView | null): void;
  /** Told why a run cannot be carried on where its row cannot tell it: the database itself fails. null: it goes on. */
  onStalled(runId: RunId, failure: unknown): void;
}
