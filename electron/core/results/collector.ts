import { join } from 'node:path';
import type { ArtifactProblem, RunId } from '../../contract/views.ts';
import type { Logger } from '../log/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { Artifact, JobResults } from '../omnitool/schemas.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';
import type { Run, RunIn } from '../runs/run.ts';
import type { Servers } from '../runs/servers.ts';
import type { Trouble } from '../runs/troubles.ts';
import { troubleOfCollecting } from '../runs/troubles.ts';
import type { ResultStore, StoredArtifact, StoredResult } from '../store/result-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { artifactMime, safeFileName } from './artifact-file.ts';

export interface CollectorPorts {
  readonly runs: RunStore;
  readonly results: ResultStore;
  readonly servers: Servers;
  readonly logger: Logger;
  /** The folder of a run's artifacts. */
  folderOf(runId: RunId): string;
}

/** Brings a finished job's result to this machine, before the server drops its files (wire 5: after 7 days). */
export class Collector {
  readonly #ports: CollectorPorts;

  constructor(ports: CollectorPorts) {
    this.#ports = ports;
  }

  /**
   * Ends the run, or leaves it `collecting` with the reason why its result cannot be had yet. What is already here is
   * not fetched again.
   */
  async collect(run: RunIn<'collecting'>, signal: AbortSignal): Promise<Run> {
    const { results, runs, servers } = this.#ports;
    try {
      const server = await servers.serverFor(run.profileId);
      const stored = results.find(run.id);
      const known = stored.artifacts.length > 0 ? stored : await this.#fetch(server, run);
      await this.#downloadAll(server, run.id, known?.artifacts ?? [], signal);
      servers.report(run.profileId, null);
      return this.#end(run, known);
    } catch (failure) {
      // The program ends: the next start goes on from here.
      if (signal.aborted) return run;
      if (failure instanceof OmnitoolError) servers.report(run.profileId, failure);
      return this.#delay(run, troubleOfCollecting(failure), runs);
    }
  }

  async #fetch(server: OmnitoolServer, run: RunIn<'collecting'>): Promise<StoredResult | null> {
    const found = run.jobId === null ? null : await server.results(run.jobId);
    if (found === null) return null;
    const result = toStored(found);
    this.#ports.results.save(run.id, result);
    return result;
  }

  /** One that cannot be had just now does not keep the others from coming; the first failure is thrown at the end. */
  async #downloadAll(
    server: OmnitoolServer,
    runId: RunId,
    artifacts: readonly StoredArtifact[],
    signal: AbortSignal,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const artifact of artifacts) {
      if (artifact.file !== null || artifact.problem !== null) continue;
      try {
        await this.#download(server, runId, artifact, signal);
      } catch (failure) {
        if (!isOfOneFile(failure)) throw failure;
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #download(server: OmnitoolServer, runId: RunId, artifact: StoredArtifact, signal: AbortSignal): Promise<void> {
    const { results, logger } = this.#ports;
    const file = `${artifact.position + 1}-${safeFileName(artifact.name)}`;
    const path = join(this.#ports.folderOf(runId), file);
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

  #end(run: RunIn<'collecting'>, result: StoredResult | null): Run {
    const { runs } = this.#ports;
    const cameBack = result !== null && result.texts.length + result.objects.length + result.artifacts.length > 0;
    switch (run.outcome) {
      case 'error':
        return runs.move(run, 'failed', { reason: 'recipe-failed' });
      case 'stopped':
        return runs.move(run, 'stopped');
      case 'success':
        return cameBack ? runs.move(run, 'succeeded') : runs.move(run, 'empty', { reason: 'no-output' });
      case 'unknown':
      case null:
        return cameBack
          ? runs.move(run, 'succeeded', { reason: 'end-not-seen' })
          : runs.move(run, 'lost', { reason: 'server-forgot' });
    }
  }

  #delay(run: RunIn<'collecting'>, trouble: Trouble, runs: RunStore): Run {
    switch (trouble.is) {
      case 'wait':
        return runs.explain(run, trouble.reason, trouble.detail);
      case 'fail':
        return runs.move(run, 'failed', { reason: trouble.reason, reasonDetail: trouble.detail });
      case 'unconfirmed':
        throw new Error('A result cannot be unconfirmed.');
    }
  }
}

/** The server answered, if badly: the next file may well come. */
const isOfOneFile = (failure: unknown): boolean =>
  failure instanceof OmnitoolError && failure.status !== null && failure.code !== 'disk';

/** What no further try would mend; null when one might. */
function lastingProblem(failure: unknown): ArtifactProblem | null {
  if (!(failure instanceof OmnitoolError)) return null;
  if (failure.code === 'gone' || failure.code === 'not-found') return 'gone';
  if (failure.code === 'artifact-broken' || failure.code === 'too-large') return 'broken';
  return null;
}

/** A connected output that got nothing gives one empty text (wire 7): that is no answer, and not shown as one. */
function toStored(found: JobResults): StoredResult {
  return {
    texts: found.texts.filter((text) => text.trim() !== ''),
    objects: found.objects.map((object) => JSON.stringify(object, null, 2)),
    messages: [],
    artifacts: [...found.artifacts.map(toArtifact), ...unreadableArtifacts(found)],
  };
}

const toArtifact = (artifact: Artifact, position: number): StoredArtifact => ({
  position,
  fid: artifact.fid,
  list: artifact.list,
  name: artifact.fileName,
  mime: artifact.mimeType,
  size: artifact.size,
  width: artifact.width ?? null,
  height: artifact.height ?? null,
  file: null,
  sha256: null,
  problem: null,
  message: null,
  tries: 0,
});

/** Files the server named in a way that says nothing: shown as missing, so that a result never looks whole when it is not. */
const unreadableArtifacts = ({ artifacts, unreadable }: JobResults): readonly StoredArtifact[] =>
  Array.from({ length: unreadable }, (_, index) => ({
    position: artifacts.length + index,
    fid: '',
    list: 'files',
    name: 'unknown file',
    mime: 'application/octet-stream',
    size: 0,
    width: null,
    height: null,
    file: null,
    sha256: null,
    problem: 'broken',
    message: null,
    tries: 0,
  }));
