import type { ProfileId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { BlockFailure, JobNews, ServerEvent } from '../../omnitool/server-event.ts';

/** What the event streams have told of one job so far. */
export interface JobSnapshot {
  readonly profileId: ProfileId;
  readonly jobId: string;
  /** As in `/jobs` (wire 6). */
  readonly state: string;
  readonly recipeId: string | null;
  readonly recipeName: string;
  /** The block at work, the last that began: its id and component key. */
  readonly active: { readonly nodeId: string; readonly block: string | null } | null;
  /** Blocks at work now. */
  readonly activeNodes: readonly string[];
  /** Blocks that have been at work since the stream told of the job. */
  readonly seen: ReadonlySet<string>;
  readonly failures: readonly BlockFailure[];
  readonly firstHeardAt: number;
  readonly lastHeardAt: number;
}

/** The server itself forgets a job 20 minutes after its end (wire 6). */
const FORGET_MS = 20 * 60_000;
/** How often is looked for what can be forgotten. */
const TIDY_MS = 60_000;
const MOST_JOBS = 2_000;
/** How many stay when there were too many, so that not each further message looks through all of them. */
const KEPT_JOBS = 1_800;

interface Entry {
  stand: JobSnapshot;
  readonly seen: Set<string>;
  /** Component keys by block. */
  readonly blocks: Map<string, string>;
}

/**
 * Every job the event streams have told of, ours or not. News may come before the answer of the start that they are
 * about (wire 9.2), so it is kept by job id, and whoever learns an id later finds it here.
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
    return this.#jobs.get(jobId)?.stand ?? null;
  }

  all(): readonly JobSnapshot[] {
    return [...this.#jobs.values()].map(({ stand }) => stand);
  }

  /** The job's stand after the news; null for news about no job. */
  hear(profileId: ProfileId, event: ServerEvent): JobSnapshot | null {
    if (event.type !== 'job-update' && event.type !== 'job-error') return null;
    this.#tidy();
    const entry = this.#jobs.get(event.jobId) ?? this.#first(profileId, event);
    for (const node of event.activeNodes) entry.seen.add(node);
    const [active] = event.activeNodes;
    nameBlock(entry.blocks, event);
    entry.stand = {
      ...entry.stand,
      state: isOver(entry.stand.state) ? entry.stand.state : event.state,
      recipeId: event.recipeId ?? entry.stand.recipeId,
      recipeName: event.recipeName === '' ? entry.stand.recipeName : event.recipeName,
      active: active === undefined ? null : { nodeId: active, block: entry.blocks.get(active) ?? null },
      activeNodes: event.activeNodes,
      failures: event.failures.length > 0 ? event.failures : entry.stand.failures,
      lastHeardAt: this.#clock.now(),
    };
    this.#jobs.set(event.jobId, entry);
    return entry.stand;
  }

  forget(jobId: string): void {
    this.#jobs.delete(jobId);
  }

  #first(profileId: ProfileId, { jobId, state, recipeId, recipeName }: JobNews): Entry {
    const now = this.#clock.now();
    const seen = new Set<string>();
    const unknown = { active: null, activeNodes: [], seen, failures: [], firstHeardAt: now, lastHeardAt: now };
    return { stand: { profileId, jobId, state, recipeId, recipeName, ...unknown }, seen, blocks: new Map() };
  }

  #tidy(): void {
    const now = this.#clock.now();
    // A thousand jobs tell of themselves hundreds of times a second. (The clock may have been set back.)
    if (Math.abs(now - this.#tidyAt) < TIDY_MS && this.#jobs.size < this.#limit) return;
    this.#tidyAt = now;
    const since = now - FORGET_MS;
    const most = this.#jobs.size >= this.#limit ? KEPT_JOBS : MOST_JOBS;
    for (const [jobId, { stand }] of this.#jobs) {
      const isOld = isOver(stand.state) && stand.lastHeardAt < since;
      if ((isOld || this.#jobs.size > most) && !this.#isOurs(jobId)) this.#jobs.delete(jobId);
    }
    this.#limit = this.#jobs.size < MOST_JOBS ? MOST_JOBS : 2 * this.#jobs.size;
  }
}

/**
 * Learns which block the news names: of several at work, the last that began, unless another is known by that name.
 * Two that begin at once are named one after the other, the newest last (recorded).
 */
function nameBlock(blocks: Map<string, string>, { activeNodes, activeBlock }: JobNews): void {
  const [newest, ...others] = activeNodes;
  if (newest === undefined || activeBlock === null) return;
  if (!others.some((node) => blocks.get(node) === activeBlock)) blocks.set(newest, activeBlock);
}

/** No news changes these any more (wire 6). */
export const isOver = (state: string): state is 'success' | 'error' | 'stopped' =>
  ['success', 'error', 'stopped'].includes(state);
