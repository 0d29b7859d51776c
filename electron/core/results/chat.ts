import type { ChatNews } from '../omnitool/server-event.ts';
import type { NewMessage } from '../store/result-store.ts';
import { toArtifact, unreadableArtifact } from './stored.ts';

/** A chat message as it is kept; null when it says nothing. Objects come as JSON beside the text. */
export function toMessage({ texts, format, objects, artifacts, unreadable }: ChatNews): NewMessage | null {
  const text = texts.filter((part) => part.trim() !== '').join('\n\n');
  const files = [...artifacts.map(toArtifact), ...Array.from({ length: unreadable }, unreadableArtifact)];
  const values = objects.map((object) => JSON.stringify(object, null, 2));
  if (text === '' && files.length === 0 && values.length === 0) return null;
  return { text, format, objects: values, artifacts: files };
}
