import type { ProfileId, RunId } from '../../contract/views.ts';
import { RunProcessor } from './run-processor.ts';
import type { EngineOptions } from './engine-options.ts';
import { CollectQueue } from './collect/collect-queue.ts';
import type { JobSnapshot } from './watch/job-registry.ts';
import { JobTracker } from './watch/job-tracker.ts';
import type { LiveRun } from './live-runs.ts';
import { LiveRuns } from './live-runs.ts';
import { Mishaps } from './engine-errors.ts';
import { Reconciler } from './collect/reconciler.ts';
import type { JobOutcome } from '../model/run.ts';
import { SendQueue } from './send/send-queue.ts';
import { Sender } from './send/sender.ts';
import { SessionListener } from './collect/session-listener.ts';
import { Cancellation } from './cancellation.ts';
import { RetryScheduler } from './retry-scheduler.ts';

/** What the parts leave to the engine. */
export interface EngineHooks {
  /** Ends with the program. */
  readonly signal: AbortSignal;
  send(id: RunId): Promise<void>;
  /** A run is as far as it goes now. */
  settled(run: LiveRun): void;
  /** The profile can be used (again): these of its runs have their turn. */
  usable(profileId: ProfileId, runs: readonly LiveRun[]): void;
  ended(id: RunId, outcome: JobOutcome): void;
  /** News of a job that is no run of this process. */
  stranger(stand: JobSnapshot): void;
}

/** What the run engine consists of. */
export interface EngineParts {
  readonly live: LiveRuns;
  readonly mishaps: Mishaps;
  readonly carrier: RunProcessor;
  readonly queue: SendQueue;
  readonly fetching: CollectQueue;
  readonly waiting: RetryScheduler;
  readonly watch: JobTracker;
  readonly stopping: Cancellation;
  readonly listener: SessionListener;
}

/** Builds the parts and ties them to each other. Nothing happens before the engine is told to. */
export function engineParts(options: EngineOptions, hooks: EngineHooks): EngineParts {
  const { store, servers, clock, logger, random } = options;
  const live = new LiveRuns(store, options.owner);
  const mishaps: Mishaps = new Mishaps({
    servers,
    logger,
    clock,
    onStalled: (id, failure) => options.onStalled(id, failure),
    parts: () => ({ queue, waiting }),
  });
  const queue = new SendQueue({
    store,
    live,
    clock,
    send: (id) => hooks.send(id),
    insist: (...work) => void mishaps.insist(...work),
  });
  const watch = makeWatch(options, hooks, live, mishaps, (run) => void stopping.tell(run));
  const carrier = makeCarrier(options, mishaps, watch, (profileId, ms) => waiting.plan(profileId, ms));
  const waiting: RetryScheduler = new RetryScheduler({
    live,
    servers,
    clock,
    random,
    isCarried: ({ id }) => carrier.isProcessing(id),
    takeUp: (profileId, runs) => hooks.usable(profileId, runs),
    failed: (profileId, failure) => mishaps.note(profileId, failure, 'Waiting runs could not be taken up.'),
  });
  const stopping: Cancellation = new Cancellation({
    store,
    servers,
    carrier,
    queue,
    watch,
    failed: (profileId, failure, run) => mishaps.note(profileId, failure, 'A stop could not be told.', run),
  });
  const fetching = makeFetching(options, hooks, { live, mishaps, carrier, watch });
  const listener = new SessionListener({
    store,
    live,
    servers,
    reader: options.reader,
    clock,
    random,
    signal: hooks.signal,
    failed: (failure, run) => mishaps.unforeseen('A session could not be heard.', failure, run),
  });
  return { live, mishaps, carrier, queue, fetching, waiting, watch, stopping, listener };
}

function makeWatch(
  { store, servers, names, clock, logger, random, ...options }: EngineOptions,
  hooks: EngineHooks,
  live: LiveRuns,
  mishaps: Mishaps,
  unheard: (run: LiveRun) => void,
): JobTracker {
  return new JobTracker({
    store,
    live,
    servers,
    names,
    clock,
    logger,
    random,
    onProgress: (id, progress) => options.onProgress(id, progress),
    unheard,
    ended: (run, outcome) => hooks.ended(run.id, outcome),
    failed: (profileId, failure, message) => mishaps.note(profileId, failure, message),
    insist: (key, about, work) => void mishaps.insist(key, work, () => about),
    stranger: (stand) => hooks.stranger(stand),
  });
}

function makeCarrier(
  { store, servers, sessions, collector, clock, logger, ...options }: EngineOptions,
  mishaps: Mishaps,
  watch: JobTracker,
  rest: (profileId: ProfileId, ms: number) => void,
): RunProcessor {
  const sender = new Sender({
    store,
    servers,
    sessions,
    clock,
    rest,
    progress: (id, sent, total) => options.onUpload(id, { sent, total }),
    listening: (profileId) => watch.ready(profileId),
    insist: (id, work) => mishaps.insist(`start ${id}`, work, () => [id]),
  });
  return new RunProcessor({
    store,
    sender,
    collector,
    logger,
    stalled: (run, failure) => mishaps.stalled(run, failure),
  });
}

function makeFetching(
  { store, servers, reader, ...options }: EngineOptions,
  hooks: EngineHooks,
  { live, mishaps, carrier, watch }: Pick<EngineParts, 'live' | 'mishaps' | 'carrier' | 'watch'>,
): CollectQueue {
  return new CollectQueue({
    store,
    live,
    carrier,
    signal: hooks.signal,
    settled: (run) => hooks.settled(run),
    reconciler: new Reconciler({
      store,
      servers,
      reader,
      mayAdopt: () => options.mayAdopt(),
      strangers: ({ recipeId, profileId }) => watch.jobsOfOthers(profileId, recipeId),
    }),
    failed: (profileId, failure, run) =>
      mishaps.note(profileId, failure, 'A lost start could not be looked into.', run),
  });
}
