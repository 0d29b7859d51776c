/** What may be done with a file that a server made. */

/** By the ending of the name: what desktops choose a program by. None of these kinds can be run by the desktop. */
const SAFE_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'avif', 'tif', 'tiff', 'heic'],
  audio: ['mp3', 'mpga', 'wav', 'ogg', 'oga', 'opus', 'flac', 'm4a', 'aac', 'weba'],
  video: ['mp4', 'm4v', 'webm', 'ogv', 'mov', 'mkv', 'avi', 'mpeg', 'mpg'],
  pdf: ['pdf'],
  text: ['txt', 'text', 'log', 'md', 'markdown', 'csv', 'tsv', 'json'],
};

const SAFE_TEXTS: readonly string[] = [
  'text/plain',
  'text/markdown',
  'text/csv',
  'text/tab-separated-values',
  'application/json',
];

function familyOf(mime: string): string {
  if (mime === 'application/pdf') return 'pdf';
  if (SAFE_TEXTS.includes(mime)) return 'text';
  const [family = ''] = mime.split('/');
  return family === 'text' ? '' : family;
}

/**
 * Whether a file may be handed to the desktop to open: a picture, sound, film, PDF or plain text, by what it is and by
 * what it is called alike. A file of a server must never be run, so everything else is only shown in its folder.
 */
export function mayOpen({ name, mime }: { readonly name: string; readonly mime: string }): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return SAFE_ENDINGS[familyOf(mime)]?.includes(ending) ?? false;
}

/** Whether a file can go to the clipboard as a picture: of the kinds that Electron's nativeImage reads. */
export const mayCopyPicture = ({ mime }: { readonly mime: string }): boolean =>
  mime === 'image/png' || mime === 'image/jpeg';
