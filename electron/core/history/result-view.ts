import { artifactAddress } from '../../contract/artifact-address.ts';
import { spanBetween } from '../../contract/formats.ts';
import type {
  ArtifactView,
  LinkedFiles,
  ReceiptFileView,
  ReceiptView,
  ResultView,
  RunView,
} from '../../contract/views.ts';
import { safeFileName } from '../base/file-name.ts';
import { linkedFids } from '../model/file-links.ts';
import { sentFacts, startOf } from '../model/sent-facts.ts';
import { isIn, type Run, type RunInput } from '../model/run.ts';
import type { StoredArtifact, StoredResult } from '../store/result-store.ts';
import { mayComeAgain } from '../runs/collect/refetch.ts';
import { artifactKind } from '../base/artifact-file.ts';

/**
 * The result of a run without its inputs: only the result screen checks whether those are still on this machine
 * (input-pictures.ts).
 */
export type ResultWithoutInputs = Omit<ResultView, 'inputs'>;

/** Builds what the result screen and `omnitray show` present. */
export function resultView(run: Run, view: RunView, result: StoredResult): ResultWithoutInputs {
  return {
    run: view,
    texts: result.texts,
    objects: result.objects,
    messages: result.messages,
    leftOut: result.leftOut,
    artifacts: result.artifacts
      .filter((artifact) => !isOnItsWay(run, artifact))
      .map((artifact) => artifactView(run.id, artifact)),
    linked: linkedIn([...result.texts, ...result.messages.map(({ text }) => text)], run, result.artifacts),
    receipt: receiptOf(run),
  };
}

/** The files of a result that its texts link to (wire 13.5). */
export function linkedIn(
  texts: readonly string[],
  { origin }: Pick<Run, 'origin'>,
  artifacts: readonly StoredArtifact[],
): LinkedFiles {
  const fids = new Set(texts.flatMap((text) => linkedFids(text, origin)));
  if (fids.size === 0) return {};
  const here = artifacts.filter(({ fid, file }) => file !== null && fids.has(fid));
  return Object.fromEntries(here.map(({ fid, position }) => [fid, position]));
}

/** Whether an artifact is neither fetched nor known to be lost; then it is not shown yet. */
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
  url: artifact.file === null ? null : artifactAddress('result', runId, artifact.position),
  problem: artifact.problem,
  mayComeAgain: mayComeAgain(artifact),
  message: artifact.message,
  source: artifact.source,
});

/** What was sent, when and to which server. A run holds only inputs that its recipe uses (newRuns). */
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
    form: (run.form ?? []).filter(({ files, sendAs }) => files === null && sendAs !== null),
    files: sentFiles,
    bytes: sentFiles.reduce((sum, { sent }) => sum + sent.size, 0),
    tookMs: durationOf(run),
  };
}

function receiptFile(input: RunInput, run: Run): ReceiptFileView {
  const { name, kind, size, sha256 } = input;
  return { name, kind, size, sha256, ...sentFacts(input, run) };
}

/** How long the server had the job, in ms. Runs of earlier versions have start and end only. */
export const durationOf = ({ tookMs, startedAt, endedAt }: Run): number | null =>
  tookMs ?? (startedAt === null || endedAt === null ? null : spanBetween(startedAt, endedAt));
