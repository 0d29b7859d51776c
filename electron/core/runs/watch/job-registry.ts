import type { ProfileId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { JobNews, ServerEvent } from '../../omnitool/server-event.ts';
import type { JobSnapshot } from '../run-events.ts';

/** The server itself forgets a job 20 minutes after its end (wire 6). */
const FORGET_MS = 20 * 60_000;
/** Milliseconds between two searches for jobs that can be forgotten. */
const TIDY_MS = 60_000;
const MOST_JOBS = 2_000;
/** Jobs that stay when there were too many. The gap to the limit spares a search at each further message. */
const KEPT_JOBS = 1_800;

interface Entry {
  snapshot: JobSnapshot;
  readonly seen: Set<string>;
  /** Component keys by block. */
  readonly blocks: Map<string, string>;
}

/**
 * Every job that the event streams have reported, ours or not. Events may come before the answer to the start of their
 * job (wire 9.2), so they are kept by job id until that id is known.
 */
export class JobRegistry {
  readonly #clock: Clock;
  readonly #isOurs: (jobId: string) => boolean;
  readonly #jobs = new Map<string, Entry>();
  #tidyAt = 0;
  /** So many jobs are tidied before their time. */
  #limit = MOST_JOBS;

  /** `isOurs`: a run of this process is about that job, so what is known of it stays until it is forgotten. */
  constructor(clock: Clock, isOurs: (jobId: string) => boolean) {
    this.#clock = clock;
    this.#isOurs = isOurs;
  }

  find(jobId: string): JobSnapshot | null {
    return this.#jobs.get(jobId)?.snapshot ?? null;
  }

  all(): readonly JobSnapshot[] {
    return [...this.#jobs.values()].map(({ snapshot }) => snapshot);
  }

  /** Takes in an event, and returns the job as it is then; null for an event of no job. */
  update(profileId: ProfileId, event: ServerEvent): JobSnapshot | null {
    if (event.type !== 'job-update' && event.type !== 'job-error') return null;
    this.#tidy();
    const entry = this.#jobs.get(event.jobId) ?? this.#first(profileId, event);
    for (const node of event.activeNodes) entry.seen.add(node);
    const [active] = event.activeNodes;
    nameBlock(entry.blocks, event);
    entry.snapshot = {
      ...entry.snapshot,
      state: isOver(entry.snapshot.state) ? entry.snapshot.state : event.state,
      recipeId: event.recipeId ?? entry.snapshot.recipeId,
      recipeName: event.recipeName === '' ? entry.snapshot.recipeName : event.recipeName,
      active: active === undefined ? null : { nodeId: active, block: entry.blocks.get(active) ?? null },
      activeNodes: event.activeNodes,
      failures: event.failures.length > 0 ? event.failures : entry.snapshot.failures,
      lastHeardAt: this.#clock.now(),
    };
    this.#jobs.set(event.jobId, entry);
    return entry.snapshot;
  }

  forget(jobId: string): void {
    this.#jobs.delete(jobId);
  }

  #first(profileId: ProfileId, { jobId, state, recipeId, recipeName }: JobNews): Entry {
    const now = this.#clock.now();
    const seen = new Set<string>();
    const unknown = { active: null, activeNodes: [], seen, failures: [], firstHeardAt: now, lastHeardAt: now };
    return { snapshot: { profileId, jobId, state, recipeId, recipeName, ...unknown }, seen, blocks: new Map() };
  }

  #tidy(): void {
    const now = this.#clock.now();
    // A thousand jobs send hundreds of events a second. The clock may have been set back.
    if (Math.abs(now - this.#tidyAt) < TIDY_MS && this.#jobs.size < this.#limit) return;
    this.#tidyAt = now;
    const since = now - FORGET_MS;
    const most = this.#jobs.size >= this.#limit ? KEPT_JOBS : MOST_JOBS;
    for (const [jobId, { snapshot }] of this.#jobs) {
      const isOld = isOver(snapshot.state) && snapshot.lastHeardAt < since;
      if ((isOld || this.#jobs.size > most) && !this.#isOurs(jobId)) this.#jobs.delete(jobId);
    }
    this.#limit = this.#jobs.size < MOST_JOBS ? MOST_JOBS : 2 * this.#jobs.size;
  }
}

/**
 * Notes which block an event names: of several at work the one that began last, unless another one has that name. Two
 * that begin at once are named one after the other, the newest last (recorded).
 */
function nameBlock(blocks: Map<string, string>, { activeNodes, activeBlock }: JobNews): void {
  const [newest, ...others] = activeNodes;
  if (newest === undefined || activeBlock === null) return;
  if (!others.some((node) => blocks.get(node) === activeBlock)) blocks.set(newest, activeBlock);
}

/** Whether a state of a job is final (wire 6). */
export const isOver = (state: string): state is 'success' | 'error' | 'stopped' =>
  ['success', 'error', 'stopped'].includes(state);
