import { createHash } from 'node:crypto';
import { spanBetween } from '../../contract/formats.ts';
import type {
  ArtifactView,
  ReceiptFileView,
  ReceiptView,
  ResultView,
  RunView,
  SentFactsView,
} from '../../contract/views.ts';
import { safeFileName } from '../base/file-name.ts';
import { inside } from '../base/inside.ts';
import { changesAt } from '../../contract/change-words.ts';
import { placeOf } from '../../contract/kinds.ts';
import { isUploaded } from '../model/assemble.ts';
import { changesOf } from '../model/changes.ts';
import type { Run, RunInput } from '../model/run.ts';
import { isIn } from '../model/run.ts';
import type { StoredArtifact, StoredResult } from '../store/result-store.ts';
import { mayComeAgain } from '../runs/collect/refetch.ts';
import { artifactKind } from '../base/artifact-file.ts';

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
    leftOut: result.leftOut,
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
  const sentFiles = run.inputs.filter((input) => input.path !== null).map((input) => receiptFile(input, run));
  const written = run.inputs.filter(({ path }) => path === null);
  const texts = written.flatMap(({ kind, text }) => (kind === 'json' || text === null ? [] : [text]));
  const message = [run.message, ...texts].filter((text) => text !== '').join('\n\n');
  return {
    address: run.origin,
    start: startOf(run),
    sentAt: run.startedAt,
    message: message === '' ? null : message,
    data: written.find(({ kind }) => kind === 'json')?.text ?? null,
    files: sentFiles,
    bytes: sentFiles.reduce((sum, { sent }) => sum + sent.size, 0),
    tookMs: tookOf(run),
  };
}

function receiptFile(input: RunInput, run: Run): ReceiptFileView {
  const { name, kind, size, sha256 } = input;
  return { name, kind, size, sha256, ...sentFacts(input, run) };
}

/** What of an input was sent. */
export function sentFacts(input: RunInput, { takes }: Pick<Run, 'takes'>): SentFactsView {
  const sentAs = placeOf(input, takes);
  const { size, sha256, text } = input;
  const sent = text === null || isUploaded(input, takes) ? { size, sha256 } : bytesOf(text);
  return { sentAs, sent, changes: changesAt(changesOf(input), sentAs) };
}

/** A text as the bytes that go into the start. */
export const bytesOf = (text: string): SentFactsView['sent'] => ({
  size: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

/** An older version did not measure it: then the clock on the wall has to do. */
export const tookOf = ({ tookMs, startedAt, endedAt }: Run): number | null =>
  tookMs ?? (startedAt === null || endedAt === null ? null : spanBetween(startedAt, endedAt));

/** Whether the server has the run. One that was given up was unconfirmed before. */
export function startOf(run: Run): ReceiptView['start'] {
  if (run.startedAt !== null) return 'taken';
  return isIn(run, 'starting', 'unconfirmed') || run.reason === 'given-up' ? 'unknown' : 'not-sent';
}

/** The path of an artifact on this machine; null while it is not here. @throws OutsideFolder */
export const artifactPath = (folder: string, artifact: StoredArtifact): string | null =>
  artifact.file === null ? null : inside(folder, artifact.file);
