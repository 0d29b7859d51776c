import { rm } from 'node:fs/promises';
import type { RunId } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Servers } from '../../model/servers.ts';
import type { ResultStore, StoredArtifact } from '../../store/result-store.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { ArtifactFetcher } from './artifact-fetcher.ts';

export interface RefetchPorts {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly servers: Servers;
  readonly fetcher: ArtifactFetcher;
  folderOf(runId: RunId): string;
}

/**
 * Whether asking the server once more for a file that is not here can bring it: it has an id, and the server did not say
 * that it has it no longer.
 */
export const mayComeAgain = ({ fid, file, problem }: StoredArtifact): boolean =>
  fid !== '' && file === null && problem !== null && problem !== 'gone' && problem !== 'unkept-value';

/**
 * Fetches single files of results that were given up, by the user's word: one that is too large to be fetched by itself,
 * or one that failed. Until it is here the file keeps its problem, so that nothing is left half done by a crash.
 */
export class Refetch {
  readonly #ports: RefetchPorts;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(ports: RefetchPorts) {
    this.#ports = ports;
  }

  /**
   * Resolves once the file is here. The largest file of the settings is not minded, the reserve of free disk is. Asked
   * twice, it is fetched once.
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
    const { runs, results, servers, fetcher } = this.#ports;
    const [run, artifact] = [runs.find(runId), results.artifact(runId, position)];
    if (run === null || artifact === null) throw new AppError('not-found');
    if (artifact.file !== null) return;
    if (!mayComeAgain(artifact)) throw new AppError('artifact-gone', artifact.name);
    const server = await servers.serverFor(run.profileId);
    await fetcher.fetchAgain(server, runId, artifact, this.#closing.signal);
    // Removed meanwhile: its folder was made anew.
    if (runs.find(runId) === null) await rm(this.#ports.folderOf(runId), { recursive: true, force: true });
  }
}
