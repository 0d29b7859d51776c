import { jsonText } from '../../omnitool/plain-json.ts';
import type { ChatNews } from '../../omnitool/server-event.ts';
import type { NewMessage } from '../../store/result-store.ts';
import { toArtifacts } from './stored.ts';

/** A chat message as it is kept; null when it says nothing. Objects come as JSON beside the text. */
export function toMessage({ texts, format, objects, ...attached }: ChatNews): NewMessage | null {
  const text = texts.filter((part) => part.trim() !== '').join('\n\n');
  const files = toArtifacts(attached);
  const values = objects.map(jsonText);
  if (text === '' && files.length === 0 && values.length === 0) return null;
  return { text, format, objects: values, artifacts: files };
}
