import type { ArtifactView, ReceiptView, ResultView, RunView } from '../../contract/views.ts';
import { safeFileName } from '../file-name.ts';
import { inside } from '../inside.ts';
import type { Run } from '../runs/run.ts';
import { isIn } from '../runs/run.ts';
import type { StoredArtifact, StoredResult } from '../store/result-store.ts';
import { mayComeAgain } from './refetch.ts';
import { artifactKind } from './artifact-file.ts';

export const ARTIFACT_SCHEME = 'omnitray-artifact';

/** The address under which a page may load an artifact: no path, no fid, only a run and a position. */
export const artifactUrl = (runId: string, position: number): string =>
  `${ARTIFACT_SCHEME}://result/${encodeURIComponent(runId)}/${position}`;

/** What a run brought back. Whether what it was sent is still on this machine, only the result screen asks (input-pictures.ts). */
export type BroughtView = Omit<ResultView, 'inputs'>;

/** Puts together what the result screen and `omnitray show` present. */
export function resultView(run: Run, view: RunView, result: StoredResult): BroughtView {
  return {
    run: view,
    texts: result.texts,
    objects: result.objects,
    messages: result.messages,
    artifacts: result.artifacts
      .filter((artifact) => !isOnItsWay(run, artifact))
      .map((artifact) => artifactView(run.id, artifact)),
    receipt: receiptOf(run),
  };
}

/** Not here yet and not known to be lost: it is shown once it is either. */
const isOnItsWay = (run: Run, { file, problem }: StoredArtifact): boolean =>
  isIn(run, 'running', 'collecting') && file === null && problem === null;

const artifactView = (runId: string, artifact: StoredArtifact): ArtifactView => ({
  position: artifact.position,
  name: safeFileName(artifact.name),
  kind: artifactKind(artifact.mime),
  mime: artifact.mime,
  size: artifact.size,
  width: artifact.width,
  height: artifact.height,
  url: artifact.file === null ? null : artifactUrl(runId, artifact.position),
  problem: artifact.problem,
  mayComeAgain: mayComeAgain(artifact),
  message: artifact.message,
});

/** What was sent, when and to whom. A run holds only what its recipe uses (newRuns), so all of it is. */
function receiptOf(run: Run): ReceiptView {
  const files = run.inputs.filter((input) => input.path !== null);
  const written = run.inputs.filter(({ path }) => path === null);
  const texts = written.flatMap(({ kind, text }) => (kind === 'json' || text === null ? [] : [text]));
  const message = [run.message, ...texts].filter((text) => text !== '').join('\n\n');
  return {
    address: run.origin,
    start: startOf(run),
    sentAt: run.startedAt,
    message: message === '' ? null : message,
    data: written.find(({ kind }) => kind === 'json')?.text ?? null,
    files: files.map(({ name, kind, size, sha256 }) => ({ name, kind, size, sha256 })),
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    tookMs: run.startedAt === null || run.endedAt === null ? null : Math.max(0, run.endedAt - run.startedAt),
  };
}

/** Whether the server has the run. One that was given up was unconfirmed before. */
export function startOf(run: Run): ReceiptView['start'] {
  if (run.startedAt !== null) return 'taken';
  return isIn(run, 'starting', 'unconfirmed') || run.reason === 'given-up' ? 'unknown' : 'not-sent';
}

/** The path of an artifact on this machine; null while it is not here. @throws OutsideFolder */
export const artifactPath = (folder: string, artifact: StoredArtifact): string | null =>
  artifact.file === null ? null : inside(folder, artifact.file);
