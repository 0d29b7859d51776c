import type { ArtifactProblem } from '../../../contract/views.ts';
import { jsonText } from '../../omnitool/plain-json.ts';
import type { Artifact, JobResults } from '../../omnitool/schemas.ts';
import type { ChatNews } from '../../omnitool/server-event.ts';
import type { NewArtifact, NewMessage } from '../../store/result-store.ts';

/** A file of a result, before it is on this machine. */
export const toArtifact = ({ fid, list, fileName, mimeType, size, width, height, expires }: Artifact): NewArtifact => ({
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

/** Unreadable parts of an answer are stored as missing, so that an incomplete result is shown as one. */
export const missing = (name: string, mime: string, problem: ArtifactProblem): NewArtifact => ({
  ...{ fid: '', list: 'files', name, mime, size: 0 },
  ...{ width: null, height: null, expires: null, problem },
});

/** The files of an answer, and an entry for each file and value in it that cannot be stored. */
export const toArtifacts = (
  answer: Pick<JobResults, 'artifacts' | 'unreadable' | 'unkeptValues'>,
): readonly NewArtifact[] => [
  ...answer.artifacts.map(toArtifact),
  ...Array.from({ length: answer.unreadable }, () => missing('unknown file', 'application/octet-stream', 'broken')),
  ...Array.from({ length: answer.unkeptValues }, () => missing('Value', 'application/json', 'unkept-value')),
];

/** A chat message as it is stored; null when it is empty. Objects are stored as JSON beside the text. */
export function toMessage({ texts, format, objects, ...attached }: ChatNews): NewMessage | null {
  const text = texts.filter((part) => part.trim() !== '').join('\n\n');
  const files = toArtifacts(attached);
  const values = objects.map(jsonText);
  if (text === '' && files.length === 0 && values.length === 0) return null;
  return { text, format, objects: values, artifacts: files };
}
