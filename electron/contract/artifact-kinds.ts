/** Which files of a server may be opened or copied. */

/** The extensions of each kind, as desktops choose a program by extension. A desktop runs none of these files. */
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
 * Whether the desktop may open a file: a picture, audio, video, PDF or plain text by both its type and its extension. A
 * file of a server must never be run, so every other file is only shown in its folder.
 */
export function mayOpen({ name, mime }: { readonly name: string; readonly mime: string }): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return SAFE_ENDINGS[familyOf(mime)]?.includes(ending) ?? false;
}

/** Whether a file can be copied as a picture: Electron's nativeImage reads only these types. */
export const mayCopyPicture = ({ mime }: { readonly mime: string }): boolean =>
  mime === 'image/png' || mime === 'image/jpeg';
