import { isDeviceName } from '../base/file-name.ts';

/** Letters that NFKD does not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'n',
  Ŋ: 'N',
  ŧ: 't',
  Ŧ: 'T',
  ĸ: 'k',
  '’': '',
  '‘': '',
  '–': '-',
  '—': '-',
};

/** The longest name that is made, in characters. The server cuts longer names itself, with their extension (wire 5). */
export const MAX_NAME_LENGTH = 100;

/**
 * The name a file is uploaded under. A character above U+00FF makes the stored file unreadable for ever (wire 5), so
 * only plain ASCII is sent. Keeps the extension, drops folders, is never empty.
 */
export function toAsciiName(name: string): string {
  const plain = toAscii(name.replace(/^.*[/\\]/su, ''));
  const dot = plain.lastIndexOf('.');
  const suffix = dot === -1 ? '' : plain.slice(dot + 1);
  const hasSuffix = /^[A-Za-z0-9]{1,16}$/.test(suffix);
  const stem = tidy(hasSuffix ? plain.slice(0, dot) : plain);
  const extension = hasSuffix ? `.${suffix}` : '';
  const cut = tidy(stem.slice(0, MAX_NAME_LENGTH - 1 - extension.length));
  const made = `${cut === '' ? 'file' : cut}${extension}`;
  // A recipe on a Windows server may save a file under this name.
  return isDeviceName(made) ? `_${made}` : made;
}

function toAscii(text: string): string {
  return Array.from(text.normalize('NFKD'), (character) => LETTERS[character] ?? character)
    .join('')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 ._()+,@=-]+/g, '_');
}

/** Only replacement characters are left. */
function tidy(stem: string): string {
  const trimmed = stem.replace(/^[ .]+|[ .]+$/g, '');
  return /[A-Za-z0-9]/.test(trimmed) ? trimmed : '';
}
