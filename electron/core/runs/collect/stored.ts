import type { ArtifactProblem } from '../../../contract/views.ts';
import type { Artifact, JobResults } from '../../omnitool/schemas.ts';
import type { NewArtifact } from '../../store/result-store.ts';

/** A file of a result, before it is on this machine. */
const toArtifact = ({ fid, list, fileName, mimeType, size, width, height, expires }: Artifact): NewArtifact => ({
  fid,
  list,
  name: fileName,
  mime: mimeType,
  size,
  width,
  height,
  expires,
  problem: null,
});

/** What could not be read of an answer is kept as missing, so that a result never looks whole when it is not. */
const missing = (name: string, mime: string, problem: ArtifactProblem): NewArtifact => ({
  ...{ fid: '', list: 'files', name, mime, size: 0 },
  ...{ width: null, height: null, expires: null, problem },
});

/** The files of an answer, and an entry for each file and value in it that cannot be kept. */
export const toArtifacts = (
  answer: Pick<JobResults, 'artifacts' | 'unreadable' | 'unkeptValues'>,
): readonly NewArtifact[] => [
  ...answer.artifacts.map(toArtifact),
  ...Array.from({ length: answer.unreadable }, () => missing('unknown file', 'application/octet-stream', 'broken')),
  ...Array.from({ length: answer.unkeptValues }, () => missing('Value', 'application/json', 'unkept-value')),
];
