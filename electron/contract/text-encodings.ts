/** The encodings of a text file by their `TextDecoder` labels, the common ones first. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

interface EncodingWords {
  /** `Shift JIS` */
  readonly name: string;
  /** The language or region: `Japanese`; null for Unicode. */
  readonly of: string | null;
}

const ENCODINGS: Record<TextEncoding, EncodingWords> = {
  'utf-8': { name: 'UTF-8', of: null },
  'windows-1252': { name: 'Windows-1252', of: 'Western Europe' },
  'utf-16le': { name: 'UTF-16 LE', of: null },
  'utf-16be': { name: 'UTF-16 BE', of: null },
  shift_jis: { name: 'Shift JIS', of: 'Japanese' },
  'euc-jp': { name: 'EUC-JP', of: 'Japanese' },
  gb18030: { name: 'GB 18030', of: 'Chinese' },
  big5: { name: 'Big5', of: 'Chinese' },
  'euc-kr': { name: 'EUC-KR', of: 'Korean' },
  'windows-1250': { name: 'Windows-1250', of: 'Central Europe' },
  'windows-1251': { name: 'Windows-1251', of: 'Cyrillic' },
  'koi8-r': { name: 'KOI8-R', of: 'Cyrillic' },
  'windows-1253': { name: 'Windows-1253', of: 'Greek' },
  'windows-1254': { name: 'Windows-1254', of: 'Turkish' },
  'windows-1255': { name: 'Windows-1255', of: 'Hebrew' },
  'windows-1256': { name: 'Windows-1256', of: 'Arabic' },
};

/** The name inside a sentence: `Shift JIS`. */
export const encodingWords = (encoding: TextEncoding): string => ENCODINGS[encoding].name;

/** The name in a list of choices: `Shift JIS, Japanese`. */
export function encodingChoiceWords(encoding: TextEncoding): string {
  const { name, of } = ENCODINGS[encoding];
  return of === null ? name : `${name}, ${of}`;
}
