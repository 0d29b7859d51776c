import type { ArtifactSource, RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { KeptFile, KeptFiles } from '../../omnitool/file-manager.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import type { RunIn } from '../../model/run.ts';
import type { NewArtifact, ResultStore } from '../../store/result-store.ts';
import { toArtifact } from './stored.ts';

/** How far the time of a file may lie outside of its job: the server's clock is known to the second, twice. In ms. */
const LEEWAY = 2_500;

/** What the search works with. */
interface Ports {
  readonly results: ResultStore;
  readonly clock: Clock;
}

/**
 * Finds the answer of a recipe that gives it to the server's File Manager instead of its result or the chat (wire 13.5). Asks
 * only where the answer is empty otherwise, or the recipe has a File Output block.
 */
export class FileManagerFiles {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /**
   * Adds the files that belong to the run for certain.
   *
   * @param answer the names of the files that its File Output blocks write (null: it has none), and whether nothing else
   * came back
   * @throws OmnitoolError when the server does not answer
   */
  async find(
    server: Pick<OmnitoolServer, 'keptFiles'>,
    run: RunIn<'collecting'>,
    { names, isEmpty }: { readonly names: readonly string[] | null; readonly isEmpty: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const { results } = this.#ports;
    if (run.outcome !== 'success' || run.jobId === null || (!isEmpty && names === null)) return;
    const known = results.artifacts(run.id);
    if (known.some(({ source }) => source === 'job' || source === 'file-output')) return;
    const stored = isEmpty ? await server.keptFiles([`job.${run.jobId}`], signal) : null;
    const ofJob = (stored?.files ?? []).filter(({ tags }) => tags.some((tag) => tag.endsWith(`job.${run.jobId}`)));
    const all = names === null ? null : await server.keptFiles(null, signal);
    const output = all === null || names === null ? null : this.#outputOf(run, names, all);
    const fids = new Set(known.map(({ fid }) => fid));
    const isNew = ({ fid }: KeptFile): boolean => !fids.has(fid);
    // The list begins with the newest, a result with the oldest.
    const files = [
      ...ofJob.filter(isNew).toReversed().map(from('job')),
      ...(output !== null && isNew(output) ? [from('file-output')(output)] : []),
    ];
    if (files.length > 0) results.addFiles(run.id, files, null);
  }

  /** Whether the file is here that a File Output block wrote. */
  isFound(runId: RunId): boolean {
    return this.#ports.results.artifacts(runId).some(({ source }) => source === 'file-output');
  }

  /**
   * The file that the File Output block of a run wrote. Nothing links it to its job, so it must have no tag, the name that the
   * recipe gives it, a time within the job, and be the only such file; otherwise null.
   */
  #outputOf(run: RunIn<'collecting'>, names: readonly string[], { files, serverTime }: KeptFiles): KeptFile | null {
    if (serverTime === null || run.startedAt === null) return null;
    const ahead = serverTime - this.#ports.clock.now();
    const [from, to] = [run.startedAt + ahead - LEEWAY, run.since + ahead + LEEWAY];
    const fitting = files.filter(
      ({ tags, createdAt, fileName }) =>
        tags.length === 0 && createdAt !== null && createdAt >= from && createdAt <= to && isNamed(fileName, names),
    );
    return fitting.length === 1 ? (fitting[0] ?? null) : null;
  }
}

const from =
  (source: ArtifactSource) =>
  ({ tags: _tags, createdAt: _createdAt, ...file }: KeptFile): NewArtifact => ({
    ...toArtifact({ ...file, list: 'files' }),
    source,
  });

/** The server adds the ending, and lowers the letters (wire 5). */
const isNamed = (fileName: string, names: readonly string[]): boolean => {
  const stem = fileName.replace(/\.[^.]*$/, '').toLowerCase();
  return names.some((name) => [stem, fileName.toLowerCase()].includes(name.trim().toLowerCase()));
};
