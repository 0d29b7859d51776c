import type { ArtifactProblem, RunId } from '../../../contract/views.ts';
import { DiskError, diskErrorOf, isDoubtful, isLasting } from '../../base/disk-error.ts';
import { freeBytes, requireSpace } from '../../base/disk-space.ts';
import { makeFolder } from '../../base/durable.ts';
import { inside } from '../../base/inside.ts';
import type { Logger } from '../../base/logger.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import type { Settings } from '../../settings/schema.ts';
import type { ResultStore, StoredArtifact } from '../../store/result-store.ts';
import { artifactMime, storedName } from '../../base/artifact-file.ts';

/** A file that fails in a way that may pass is tried so often, over some minutes; the result does not wait longer. */
const MOST_TRIES = 5;

export interface ArtifactFetcherPorts {
  readonly results: ResultStore;
  readonly logger: Logger;
  /** The folder of a run's artifacts. */
  folderOf(runId: RunId): string;
  /** As they are now; in bytes. */
  limits(): Pick<Settings, 'largestFileBytes' | 'reserveBytes'>;
}

/** Where files are fetched from. */
type FileSource = Pick<OmnitoolServer, 'download'>;

/** Brings the files of a result to this machine, each whole or not at all. One that cannot be had does not spoil the rest. */
export class ArtifactFetcher {
  readonly #ports: ArtifactFetcherPorts;

  constructor(ports: ArtifactFetcherPorts) {
    this.#ports = ports;
  }

  /**
   * Fetches what is not here yet. When it returns every file is here, or has the reason why it never will be. The rows
   * are read once: a result may have tens of thousands of files.
   *
   * @throws OmnitoolError, DiskError the first failure of a file that may come by a later call, after all others were
   * tried; at once for a server that does not answer or a disk that takes nothing
   */
  async fetchAll(server: FileSource, runId: RunId, signal: AbortSignal): Promise<void> {
    const artifacts = this.#ports.results.artifacts(runId);
    /** The server may name one file several times (in two lists, in the output and in chat): its bytes are fetched once. */
    const here = new Map(artifacts.filter(({ file }) => file !== null).map((artifact) => [artifact.fid, artifact]));
    const failures: unknown[] = [];
    for (const artifact of artifacts) {
      if (artifact.file !== null || artifact.problem !== null) continue;
      const same = artifact.fid === '' ? undefined : here.get(artifact.fid);
      try {
        if (same === undefined)
          here.set(artifact.fid, await this.#fetch(server, runId, artifact, { signal, maxBytes: this.#largest() }));
        else this.#record(runId, artifact, same);
      } catch (failure) {
        const failed = this.#failed(runId, artifact, failure);
        if (failed === 'stop') throw failure;
        if (failed === 'later') failures.push(failure);
      }
    }
    // What the user can do something about comes first.
    if (failures.length > 0) throw failures.find((failure) => failure instanceof DiskError) ?? failures[0];
  }

  /**
   * Fetches one file that was given up, whatever its size.
   *
   * @throws OmnitoolError, DiskError; the file then keeps its problem, or gets the one that it has now
   */
  async fetchAgain(server: FileSource, runId: RunId, artifact: StoredArtifact, signal: AbortSignal): Promise<void> {
    try {
      await this.#fetch(server, runId, artifact, { signal });
    } catch (failure) {
      const problem = lastingProblem(failure);
      if (problem !== null) this.#ports.results.updateArtifact(runId, { ...artifact, problem });
      throw failure;
    }
  }

  #largest(): number {
    return this.#ports.limits().largestFileBytes ?? Infinity;
  }

  /** @throws OmnitoolError, DiskError */
  async #fetch(
    server: FileSource,
    runId: RunId,
    artifact: StoredArtifact,
    { signal, maxBytes = Infinity }: { readonly signal: AbortSignal; readonly maxBytes?: number },
  ): Promise<StoredArtifact> {
    // Not even begun: the size was told with the result.
    if (artifact.size > maxBytes) throw new TooLarge();
    const file = storedName(artifact.position, artifact.name);
    const folder = this.#ports.folderOf(runId);
    const path = inside(folder, file);
    const mayWrite = async (): Promise<number> => (await freeBytes(folder)) - this.#ports.limits().reserveBytes;
    await onDisk(async () => {
      await makeFolder(folder);
      await requireSpace(artifact.size, mayWrite);
    });
    const { size, sha256 } = await server.download(artifact.fid, path, {
      expectedSize: artifact.size,
      maxBytes,
      mayWrite,
      signal,
    });
    const mime = await onDisk(() => artifactMime(path, artifact.mime));
    return this.#record(runId, artifact, { file, size, sha256, mime });
  }

  #record(
    runId: RunId,
    artifact: StoredArtifact,
    { file, mime, size, sha256 }: Pick<StoredArtifact, 'file' | 'mime' | 'size' | 'sha256'>,
  ): StoredArtifact {
    const fetched = { ...artifact, file, mime, size, sha256, problem: null };
    this.#ports.results.updateArtifact(runId, fetched);
    return fetched;
  }

  /** What a failure means: this file is given up, or comes later while the others go on, or nothing can be fetched now. */
  #failed(runId: RunId, artifact: StoredArtifact, failure: unknown): 'given-up' | 'later' | 'stop' {
    const { results, logger } = this.#ports;
    const lasting = lastingProblem(failure);
    const passing = passingProblem(failure);
    // A smaller file may have room.
    if (failure instanceof DiskError && failure.missing !== null) return 'later';
    if (lasting === null && passing === null) return 'stop';
    const tries = artifact.tries + 1;
    const problem = lasting ?? (tries >= MOST_TRIES ? passing : null);
    results.updateArtifact(runId, { ...artifact, tries, problem });
    if (problem === null) return 'later';
    logger.warn('An artifact could not be had.', { run: runId, problem });
    return 'given-up';
  }
}

/** Larger than what is fetched without being asked for. */
class TooLarge extends Error {}

/** @throws DiskError */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    throw diskErrorOf(failure);
  }
}

/** What no further try would mend; null when one might. */
function lastingProblem(failure: unknown): ArtifactProblem | null {
  if (failure instanceof DiskError) return isLasting(failure.code) ? failure.code : null;
  if (failure instanceof TooLarge) return 'over-limit';
  if (!(failure instanceof OmnitoolError)) return null;
  if (failure.code === 'too-large' && failure.detail === 'limit') return 'over-limit';
  if (failure.code === 'gone' || failure.code === 'not-found') return 'gone';
  // Another size than the result told is no word of the server about its file: something else may have answered.
  if ((failure.code === 'artifact-broken' && failure.detail === 'name') || failure.code === 'too-large')
    return 'broken';
  return null;
}

/**
 * What is said of a file that fails so each time, while others may come: the server answered, if badly, or the disk may
 * have a fault in this one place. Null for what keeps every file from coming.
 */
function passingProblem(failure: unknown): ArtifactProblem | null {
  if (failure instanceof DiskError) return isDoubtful(failure.code) ? failure.code : null;
  if (!(failure instanceof OmnitoolError) || failure.status === null) return null;
  if (failure.code === 'rate-limited' || failure.code === 'cancelled') return null;
  return failure.code === 'timed-out' ? 'timed-out' : 'broken';
}
