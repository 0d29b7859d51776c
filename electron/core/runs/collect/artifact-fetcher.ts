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

/** How often a file is tried, over some minutes, when its failure may pass; the result does not wait longer. */
const MOST_TRIES = 5;

/** What an ArtifactFetcher works with. */
export interface FetcherOptions {
  readonly results: ResultStore;
  readonly logger: Logger;
  /** The folder of a run's artifacts. */
  folderOf(runId: RunId): string;
  /** The limits of the settings now, in bytes. */
  limits(): Pick<Settings, 'largestFileBytes' | 'reserveBytes'>;
}

/** Downloads files. */
type FileSource = Pick<OmnitoolServer, 'download'>;

/** Downloads the files of a result, each whole or not at all. A file that fails does not stop the others. */
export class ArtifactFetcher {
  readonly #options: FetcherOptions;

  constructor(options: FetcherOptions) {
    this.#options = options;
  }

  /**
   * Fetches the missing files. When it returns, each file is here, or has the reason why it never will be. The rows are
   * read once, because a result may have tens of thousands of files.
   *
   * @throws OmnitoolError, DiskError the first failure that a later call may not meet, after all files were tried; at
   * once when the server does not answer or the disk takes nothing
   */
  async fetchAll(server: FileSource, runId: RunId, signal: AbortSignal): Promise<void> {
    const artifacts = this.#options.results.artifacts(runId);
    /** The server may list a file several times (in two lists, in the output and in chat); it is fetched once. */
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
    // The user can do something about a disk error, so it comes first.
    if (failures.length > 0) throw failures.find((failure) => failure instanceof DiskError) ?? failures[0];
  }

  /**
   * Fetches one file that was given up, of any size.
   *
   * @throws OmnitoolError, DiskError; the file then keeps its problem, or gets the new one
   */
  async fetchAgain(server: FileSource, runId: RunId, artifact: StoredArtifact, signal: AbortSignal): Promise<void> {
    try {
      await this.#fetch(server, runId, artifact, { signal });
    } catch (failure) {
      const problem = lastingProblem(failure);
      if (problem !== null) this.#options.results.updateArtifact(runId, { ...artifact, problem });
      throw failure;
    }
  }

  /** The folder of a run's artifacts. */
  folderOf(runId: RunId): string {
    return this.#options.folderOf(runId);
  }

  #largest(): number {
    return this.#options.limits().largestFileBytes ?? Infinity;
  }

  /** @throws OmnitoolError, DiskError */
  async #fetch(
    server: FileSource,
    runId: RunId,
    artifact: StoredArtifact,
    { signal, maxBytes = Infinity }: { readonly signal: AbortSignal; readonly maxBytes?: number },
  ): Promise<StoredArtifact> {
    // The result states the size, so the download is not begun.
    if (artifact.size > maxBytes) throw new TooLarge();
    const file = storedName(artifact.position, artifact.name);
    const folder = this.#options.folderOf(runId);
    const path = inside(folder, file);
    const mayWrite = async (): Promise<number> => (await freeBytes(folder)) - this.#options.limits().reserveBytes;
    await onDisk(async () => {
      await makeFolder(folder);
      await requireSpace(artifact.size, mayWrite);
    });
    const { size, sha256 } = await server.download(artifact.fid, path, {
      // Of a linked file whose record was unreadable no size is known.
      expectedSize: artifact.source === 'link' && artifact.size === 0 ? undefined : artifact.size,
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
    this.#options.results.updateArtifact(runId, fetched);
    return fetched;
  }

  /** What a failure means: this file is given up, or is tried later, or nothing can be fetched now. */
  #failed(runId: RunId, artifact: StoredArtifact, failure: unknown): 'given-up' | 'later' | 'stop' {
    const { results, logger } = this.#options;
    const lasting = lastingProblem(failure);
    const passing = passingProblem(failure);
    // There may be room for a smaller file.
    if (failure instanceof DiskError && failure.missing !== null) return 'later';
    if (lasting === null && passing === null) return 'stop';
    const tries = artifact.tries + 1;
    const problem = lasting ?? (tries >= MOST_TRIES ? passing : null);
    results.updateArtifact(runId, { ...artifact, tries, problem });
    if (problem === null) return 'later';
    logger.warn('An artifact could not be fetched.', { run: runId, problem });
    return 'given-up';
  }
}

/** The file is over the limit of the settings. */
class TooLarge extends Error {}

/** @throws DiskError */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    throw diskErrorOf(failure);
  }
}

/** A problem that stays; null when a further attempt may succeed. */
function lastingProblem(failure: unknown): ArtifactProblem | null {
  if (failure instanceof DiskError) return isLasting(failure.code) ? failure.code : null;
  if (failure instanceof TooLarge) return 'over-limit';
  if (!(failure instanceof OmnitoolError)) return null;
  if (failure.code === 'too-large' && failure.detail === 'limit') return 'over-limit';
  if (failure.code === 'gone' || failure.code === 'not-found') return 'gone';
  // A size other than the stated one may come from a proxy, not from the server.
  if ((failure.code === 'artifact-broken' && failure.detail === 'name') || failure.code === 'too-large')
    return 'broken';
  return null;
}

/**
 * The problem of a file that fails again and again while others may succeed: the server answered badly, or the disk may
 * have a fault in this place. Null for a failure that concerns all files.
 */
function passingProblem(failure: unknown): ArtifactProblem | null {
  if (failure instanceof DiskError) return isDoubtful(failure.code) ? failure.code : null;
  if (!(failure instanceof OmnitoolError) || failure.status === null) return null;
  if (failure.code === 'rate-limited' || failure.code === 'cancelled') return null;
  return failure.code === 'timed-out' ? 'timed-out' : 'broken';
}
