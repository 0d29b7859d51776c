import type { ArtifactProblem, RunId } from '../../contract/views.ts';
import { inside } from '../inside.ts';
import type { Logger } from '../log/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';
import type { ResultStore, StoredArtifact } from '../store/result-store.ts';
import { artifactMime, storedName } from './artifact-file.ts';

/** A file that the server answers badly for is asked for so often, over some minutes; the result does not wait longer. */
const MOST_TRIES = 5;

export interface ArtifactFetcherPorts {
  readonly results: ResultStore;
  readonly logger: Logger;
  /** The folder of a run's artifacts. */
  folderOf(runId: RunId): string;
}

/** Brings the files of a result to this machine, each whole or not at all. One that cannot be had does not spoil the rest. */
export class ArtifactFetcher {
  readonly #ports: ArtifactFetcherPorts;

  constructor(ports: ArtifactFetcherPorts) {
    this.#ports = ports;
  }

  /**
   * Fetches what is not here yet. When it returns every file is here, or has the reason why it never will be.
   *
   * @throws OmnitoolError the first failure of a file that may come by a later call, after all others were tried; at
   * once for a server that does not answer or a disk that takes nothing
   */
  async fetchAll(server: OmnitoolServer, runId: RunId, signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for (const artifact of this.#ports.results.find(runId).artifacts) {
      if (artifact.file !== null || artifact.problem !== null || this.#isHereAlready(runId, artifact)) continue;
      try {
        await this.#fetch(server, runId, artifact, signal);
      } catch (failure) {
        if (!isOfOneFile(failure)) throw failure;
        if (!this.#giveUp(runId, artifact, failure)) failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The server may name one file several times (in two lists, in the output and in chat): its bytes are fetched once. */
  #isHereAlready(runId: RunId, artifact: StoredArtifact): boolean {
    const { results } = this.#ports;
    const same = results
      .find(runId)
      .artifacts.find(({ fid, file }) => fid !== '' && fid === artifact.fid && file !== null);
    if (same === undefined) return false;
    const { file, mime, size, sha256 } = same;
    results.updateArtifact(runId, { ...artifact, file, mime, size, sha256 });
    return true;
  }

  async #fetch(server: OmnitoolServer, runId: RunId, artifact: StoredArtifact, signal: AbortSignal): Promise<void> {
    const { results, logger } = this.#ports;
    const file = storedName(artifact.position, artifact.name);
    const path = inside(this.#ports.folderOf(runId), file);
    try {
      const got = await server.download(artifact.fid, path, { expectedSize: artifact.size, signal });
      const mime = await artifactMime(path, artifact.mime);
      results.updateArtifact(runId, { ...artifact, file, mime, size: got.size, sha256: got.sha256 });
    } catch (failure) {
      const problem = lastingProblem(failure);
      if (problem === null) throw failure;
      logger.warn('An artifact could not be had.', { run: runId, problem });
      results.updateArtifact(runId, { ...artifact, problem });
    }
  }

  /** Counts a try that the server spoiled; after enough of them the file is told to be missing. */
  #giveUp(runId: RunId, artifact: StoredArtifact, failure: unknown): boolean {
    const tries = artifact.tries + 1;
    const isOver = tries >= MOST_TRIES;
    const why: ArtifactProblem =
      failure instanceof OmnitoolError && failure.code === 'timed-out' ? 'timed-out' : 'broken';
    this.#ports.results.updateArtifact(runId, { ...artifact, tries, problem: isOver ? why : null });
    return isOver;
  }
}

/** The server answered, if badly: the next file may well come. */
const isOfOneFile = (failure: unknown): boolean =>
  failure instanceof OmnitoolError &&
  failure.status !== null &&
  !['disk', 'rate-limited', 'cancelled'].includes(failure.code);

/** What no further try would mend; null when one might. */
function lastingProblem(failure: unknown): ArtifactProblem | null {
  if (!(failure instanceof OmnitoolError)) return null;
  if (failure.code === 'gone' || failure.code === 'not-found') return 'gone';
  // Another size than the result told is no word of the server about its file: something else may have answered.
  if ((failure.code === 'artifact-broken' && failure.detail === 'name') || failure.code === 'too-large')
    return 'broken';
  return null;
}
