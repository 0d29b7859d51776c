/** What a kind of attachment is called. */
import { countWords } from './formats.ts';
import type { AttachmentKind } from './views.ts';

const KINDS: Record<AttachmentKind, readonly [one: string, many: string]> = {
  image: ['image', 'images'],
  audio: ['audio file', 'audio files'],
  video: ['video', 'videos'],
  document: ['document', 'documents'],
  json: ['data file', 'data files'],
  text: ['text', 'texts'],
  link: ['link', 'links'],
};

/** `1 image`, `2 audio files`. */
export const kindWords = (kind: AttachmentKind, count: number): string => countWords(count, ...KINDS[kind]);

/** The same for the middle of a sentence: `an image`, `2 audio files`. */
export function someWords(kind: AttachmentKind, count: number): string {
  const [one] = KINDS[kind];
  return count === 1 ? `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}` : kindWords(kind, count);
}
