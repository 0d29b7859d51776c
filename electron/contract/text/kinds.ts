/** Names for the kinds of attachments. */
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

/** The same with an article, for the middle of a sentence: `an image`, `2 audio files`. */
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

/** The choice to send an attachment under an argument: `As image`. */
export const sendAsWords = (place: InputKind): string => `As ${SENT_AS[place]}`;

/** Shown beside an image whose format is not common. */
export const RISKY_IMAGE_WORDS = 'Some recipes cannot open it';

/**
 * The type of an attachment, for a line of its own: `Image`, `HEIC photo`, `HEIC photo named .jpg`. The format is named
 * if it is not a common picture format, or if the file's name suggests another one.
 */
export function thingWords({ kind, mime, name }: Pick<AttachmentView, 'kind' | 'mime' | 'name'>): string {
  const format = formatWords(mime);
  const ending = wrongEnding(name, mime);
  const [plain] = KINDS[kind];
  if (format === null || (ending === null && isCommonPicture(mime))) return withCapital(plain);
  return withCapital(ending === null ? format : `${format} named ${ending}`);
}

/** The content of a folder: `Folder with 12 images and 1 document, 4.2 MB`. */
export function folderWords({ files, bytes, kinds, isCut }: FolderView): string {
  if (files === 0) return 'A folder without files';
  const counts = ATTACHMENT_KINDS.flatMap((kind) => {
    const count = kinds[kind] ?? 0;
    return count > 0 ? [kindWords(kind, count)] : [];
  });
  return `${isCut ? 'Folder, of which' : 'Folder with'} ${listWords(counts)}, ${sizeWords(bytes)}${isCut ? ', can be added' : ''}`;
}
