/** Describes the changes that an input gets before it is sent. */
import { formatWords } from '../file-formats.ts';
import { middleTruncate } from '../formats.ts';
import type { InputChange, InputKind, MadeFromView, NotDataReason } from '../views.ts';

/** The changes that apply when an attachment is sent under the argument `place`; null: it is not sent. */
export const changesAt = (changes: readonly InputChange[], place: InputKind | null): readonly InputChange[] =>
  changes.filter(({ kind }) => {
    if (kind === 'png') return true;
    if (kind === 'not-data') return place !== 'json';
    return kind === 'name' ? place !== null && place !== 'json' : place === 'json';
  });

const NOT_DATA: Record<NotDataReason, string> = {
  'utf-16': 'it is in UTF-16, and data is read as UTF-8',
  'not-utf-8': 'its letters are not in UTF-8',
  'not-json': 'it is not valid JSON',
  'single-value': 'it holds no object and no list',
  'too-deep': 'it is nested too deep',
  'too-long': 'it is larger than 1 MB',
};

/** Letters of a name or a number that fit a line of a card. */
const LONGEST = 32;

/** One change, without a full stop. */
export function changeWords(change: InputChange): string {
  switch (change.kind) {
    case 'png':
      return pngWords(change.from);
    case 'name':
      return nameWords(change.sent, change.kept);
    case 'mark':
      return 'Sent without the byte order mark at its beginning';
    case 'number':
      return change.read === null
        ? `The server cannot hold the number ${middleTruncate(change.written, LONGEST)}`
        : `The server reads ${middleTruncate(change.written, LONGEST)} as ${change.read}`;
    case 'key':
      return `“${middleTruncate(change.key, LONGEST)}” is in one object twice, and the server keeps the last`;
    case 'not-data':
      return `Not sent as data: ${NOT_DATA[change.why]}`;
  }
}

/** Whether the change can lose content, so that it needs a warning. */
export const isLoss = ({ kind }: InputChange): boolean => kind === 'number' || kind === 'key';

function nameWords(sent: string, kept: string | null): string {
  if (kept === null) return `Sent under the name “${middleTruncate(sent, LONGEST)}”`;
  return `The server calls it “${middleTruncate(kept, LONGEST)}”`;
}

/** `Made of photo.avif (AVIF picture): its first frame, colours as 8-bit sRGB, no camera details`. */
function pngWords({ name, mime, width, height, scaledFrom, drawn }: MadeFromView): string {
  const format = formatWords(mime) ?? 'picture';
  const from = `${middleTruncate(name, LONGEST)} (${format})`;
  const was = drawn === undefined ? `Made of ${from}` : `Your drawing on ${from}`;
  const size = `${pixels(width)} × ${pixels(height)} pixels`;
  const details = [
    ...(drawn === 'mask' ? ['the mask alone'] : (PARTS[mime ?? ''] ?? ['colours as 8-bit sRGB'])),
    ...(scaledFrom === null ? [] : [`${size} instead of ${pixels(scaledFrom.width)} × ${pixels(scaledFrom.height)}`]),
  ];
  return `${was}: ${details.join(', ')}`;
}

const pixels = (count: number): string => count.toLocaleString('en-GB');

const ICON = ['the largest picture in it', 'colours as 8-bit sRGB'];
const BMP = ['colours as 8-bit sRGB'];

/** What a PNG keeps of each format that the page can draw. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'image/avif': ['its first frame', 'colours as 8-bit sRGB', 'no camera details'],
  'image/svg+xml': ['drawn as pixels', 'without movement and links'],
  'image/x-icon': ICON,
  'image/vnd.microsoft.icon': ICON,
  'image/bmp': BMP,
  'image/x-ms-bmp': BMP,
};
