import { rm } from 'node:fs/promises';
import type { RunId } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Servers } from '../../model/servers.ts';
import type { ResultStore, StoredArtifact } from '../../store/result-store.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { ArtifactFetcher } from './artifact-fetcher.ts';

/** What a Refetch works with. */
export interface RefetchOptions {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly servers: Servers;
  readonly fetcher: ArtifactFetcher;
  folderOf(runId: RunId): string;
}

/**
 * Whether a further attempt may fetch a missing file: it has an id, and the server did not answer that the file is
 * gone.
 */
export const mayComeAgain = ({ fid, file, problem }: StoredArtifact): boolean =>
  fid !== '' && file === null && problem !== null && problem !== 'gone' && problem !== 'unkept-value';

/**
 * Fetches a single file of a result at the user's request: one over the limit of the settings, or one that failed. The
 * file keeps its problem until it is here, so that a crash leaves a consistent row.
 */
export class Refetch {
  readonly #options: RefetchOptions;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(options: RefetchOptions) {
    this.#options = options;
  }

  /**
   * Resolves once the file is here. Ignores the limit of the settings, but keeps the reserve of free disk space. Two
   * calls for one file fetch it once.
   *
   * @throws AppError `not-found`, `artifact-gone`; OmnitoolError, NotReady, DiskError
   */
  fetch(runId: RunId, position: number): Promise<void> {
    const key = `${runId} ${position}`;
    const same = this.#underWay.get(key);
    if (same !== undefined) return same;
    const work = this.#fetch(runId, position).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  close(): void {
    this.#closing.abort();
  }

  async #fetch(runId: RunId, position: number): Promise<void> {
    const { runs, results, servers, fetcher } = this.#options;
    const [run, artifact] = [runs.find(runId), results.artifact(runId, position)];
    if (run === null || artifact === null) throw new AppError('not-found');
    if (artifact.file !== null) return;
    if (!mayComeAgain(artifact)) throw new AppError('artifact-gone', artifact.name);
    const server = await servers.serverFor(run.profileId);
    await fetcher.fetchAgain(server, runId, artifact, this.#closing.signal);
    // The run was removed meanwhile, and the fetch has made its folder again.
    if (runs.find(runId) === null) await rm(this.#options.folderOf(runId), { recursive: true, force: true });
  }
}
