import { OmnitoolError } from '../../omnitool/errors.ts';
import type { SessionReader } from './session-reader.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { Reconciled } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import type { Run, RunIn } from '../../model/run.ts';
import { isIn } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';
import { NotReady } from '../../model/servers.ts';

export interface ReconcilerPorts {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly reader: SessionReader;
  /** Whether the one job that can be the run's is taken for it without asking. */
  mayAdopt(): boolean;
  /** Jobs that are known to have been started elsewhere or to be of another recipe. */
  strangers(run: Run): readonly string[];
}

/** Finds out what became of a start whose answer was lost. Never sends it again. */
export class Reconciler {
  readonly #ports: ReconcilerPorts;

  constructor(ports: ReconcilerPorts) {
    this.#ports = ports;
  }

  /**
   * Looks for the run's job. First where nobody else can have left anything: the run's own session was used for this
   * one start, and the server tells it the id of the job (`job_started`, wire 9.4). That is the lost answer itself, come
   * late, so the run goes on. Only without it are the jobs compared, and then the user has the last word.
   *
   * @throws OmnitoolError, NotReady when the server cannot be asked just now
   */
  async look(run: RunIn<'unconfirmed'>, signal: AbortSignal): Promise<Run> {
    const { store, servers, reader } = this.#ports;
    const server = await servers.serverFor(run.profileId);
    const jobId = await reader.startedJob(run, server, signal);
    servers.report(run.profileId, null);
    if (jobId !== null) return this.#take(run, jobId);
    const { candidates, adoptable } = await this.#compare(run, signal);
    if (adoptable !== null && this.#ports.mayAdopt()) return this.#take(run, adoptable);
    return store.noteCandidates(run.id, candidates ?? []);
  }

  /**
   * Takes the one job that can be the run's for it, by the user's word; or the one the user names of several.
   *
   * @returns null when it is not clear (any more) which job that is
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>, jobId: string | null, signal: AbortSignal): Promise<Run | null> {
    const { candidates, adoptable } = await this.#compare(run, signal);
    const named = candidates?.find((candidate) => candidate === jobId) ?? null;
    const taken = jobId === null ? adoptable : named;
    if (taken !== null) return this.#take(run, taken);
    this.#ports.store.noteCandidates(run.id, candidates ?? []);
    return null;
  }

  async #compare(run: RunIn<'unconfirmed'>, signal: AbortSignal): Promise<Reconciled> {
    const { store, servers } = this.#ports;
    const server = await servers.serverFor(run.profileId);
    const jobsNow = await server.listJobs(signal);
    // After the answer: a run that was started meanwhile has its job stored by now.
    const known = new Set([...store.jobIds(run.profileId), ...this.#ports.strangers(run)]);
    const user = servers.userOf(run.profileId);
    return (
      reconcile(store.unanswered(run.profileId), { jobsNow, user, known }).get(run.id) ?? {
        candidates: null,
        adoptable: null,
      }
    );
  }

  /** A run that the user ended meanwhile is returned as it is. */
  #take(run: RunIn<'unconfirmed'>, jobId: string): Run {
    const { store } = this.#ports;
    const now = store.find(run.id) ?? run;
    if (!isIn(now, 'unconfirmed')) return now;
    return store.move(now, 'running', { jobId, startedAt: now.since });
  }
}

/** Why a look came to nothing: for the time being, or for a reason that nobody foresaw. */
export const isForNow = (failure: unknown): boolean => failure instanceof OmnitoolError || failure instanceof NotReady;
