/** What a kind of attachment is called. */
import { countWords, listWords, sizeWords } from './formats.ts';
import type { AttachmentKind, FolderView } from './views.ts';
import { ATTACHMENT_KINDS } from './views.ts';

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

/** What is in a folder: `Folder with 12 images and 1 document, 4.2 MB`. */
export function folderWords({ files, bytes, kinds, isCut }: FolderView): string {
  if (files === 0) return 'A folder without files';
  const counts = ATTACHMENT_KINDS.flatMap((kind) => {
    const count = kinds[kind] ?? 0;
    return count > 0 ? [kindWords(kind, count)] : [];
  });
  return `${isCut ? 'Folder, of which' : 'Folder with'} ${listWords(counts)}, ${sizeWords(bytes)}${isCut ? ', can be added' : ''}`;
}
