/** What a kind of attachment is called. */
import { formatWords, isCommonPicture, wrongEnding } from '../file-formats.ts';
import { countWords, listWords, sizeWords, withCapital } from '../formats.ts';
import type { AttachmentKind, AttachmentView, FolderView, InputKind } from '../views.ts';
import { ATTACHMENT_KINDS } from '../views.ts';

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

const SENT_AS: Record<InputKind, string> = {
  text: 'text',
  images: 'image',
  audio: 'audio',
  video: 'video',
  documents: 'document',
  json: 'data',
};

/** An argument as a way to send one thing: `As image`. */
export const sendAsWords = (place: InputKind): string => `As ${SENT_AS[place]}`;

/** What to know of a picture that goes as an image and is none of the common ones. */
export const RISKY_IMAGE_WORDS = 'Some recipes cannot open it';

/**
 * What a thing is, for a line of its own: `Image`, `HEIC photo`, `HEIC photo named .jpg`. The name of the format is said
 * where it matters: it is not one of the common pictures, or the file's name says something else.
 */
export function thingWords({ kind, mime, name }: Pick<AttachmentView, 'kind' | 'mime' | 'name'>): string {
  const format = formatWords(mime);
  const ending = wrongEnding(name, mime);
  const [plain] = KINDS[kind];
  if (format === null || (ending === null && isCommonPicture(mime))) return withCapital(plain);
  return withCapital(ending === null ? format : `${format} named ${ending}`);
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
