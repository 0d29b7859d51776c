import type { TextEncoding } from '../../contract/text-encodings.ts';

/** A text and the encoding of its bytes. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** Whether the encoding is a guess: nothing in the bytes confirms it. */
  readonly assumed: boolean;
}

/** Most bytes examined to find an encoding. */
const LOOK_AT = 32_768;
/** With a larger share of control characters it is not text in any encoding. */
const MOST_CONTROLS = 0.03;
/** With a larger share of NUL on one side of each pair of bytes it is UTF-16. */
const UTF_16_NULS = 0.2;
/** In Chinese or Japanese UTF-16, more than one byte in this many is above ASCII. */
const FOREIGN = 10;

/**
 * Decodes bytes as text: by their byte order mark, as UTF-8 when valid, otherwise in the most likely encoding. Uses
 * `chosen` without a check when given. Null when it is not text.
 *
 * @param isCut the bytes end inside the file: an incomplete last character is left out
 */
export async function decodeText(
  bytes: Uint8Array,
  isCut: boolean,
  chosen: TextEncoding | null,
): Promise<DecodedText | null> {
  const read = (encoding: TextEncoding, assumed: boolean): DecodedText => ({
    // A page cannot show NUL.
    text: decode(bytes, encoding, isCut).replaceAll('\0', '\u2400'),
    encoding,
    assumed,
  });
  if (chosen !== null) return read(chosen, false);
  const marked = markedEncoding(bytes);
  if (marked !== null) return read(marked, false);
  const start = bytes.subarray(0, LOOK_AT);
  const utf16 = bytes.length % 2 === 0 || isCut ? utf16Without(start) : null;
  if (utf16 !== null) return read(utf16, true);
  if (controlShare(start) > MOST_CONTROLS) return null;
  if (isUtf8(bytes, isCut)) return read('utf-8', false);
  return read(isMostlyUtf8(start) ? 'utf-8' : await likeliest(start), true);
}

function markedEncoding([first, second, third]: Uint8Array): TextEncoding | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

const decode = (bytes: Uint8Array, encoding: TextEncoding, isCut: boolean): string =>
  new TextDecoder(encoding).decode(bytes, { stream: isCut });

function isUtf8(bytes: Uint8Array, isCut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return true;
  } catch {
    // The decoder throws on invalid bytes.
    return false;
  }
}

/** A few invalid bytes in a UTF-8 text must not change the decoding of all others. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const letters = decode(bytes, 'utf-8', true).match(/[^\0-\x7f]/gu) ?? [];
  const broken = letters.filter((letter) => letter === '\uFFFD').length;
  return letters.length - broken > broken * 4;
}

/**
 * Detects UTF-16 without a byte order mark. In most languages half of the bytes are NUL, all on one side of each pair.
 * In Chinese or Japanese only spaces and line ends are; there the decoded characters must be letters.
 */
function utf16Without(bytes: Uint8Array): TextEncoding | null {
  const even = bytes.filter((byte, at) => byte === 0 && at % 2 === 0).length;
  const odd = bytes.filter((byte, at) => byte === 0 && at % 2 === 1).length;
  const [encoding, many, few] = odd > even ? (['utf-16le', odd, even] as const) : (['utf-16be', even, odd] as const);
  if (many === 0 || few * 10 > many) return null;
  if (many > bytes.length * UTF_16_NULS) return encoding;
  const foreign = bytes.filter((byte) => byte >= 0x80).length;
  return few === 0 && foreign * FOREIGN > bytes.length && isLetters(decode(bytes, encoding, true)) ? encoding : null;
}

const isLetters = (text: string): boolean => !/[\p{Cn}\p{Co}\p{Cs}\uFFFD]|[^\P{Cc}\t\n\r\f]/u.test(text);

/** Share of control characters that no text has. Tabs, line ends and terminal escapes are common in texts. */
function controlShare(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const controls = bytes.filter((byte) => byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 27);
  // One stray NUL in a short text does not count.
  return Math.max(0, controls.length - 1) / bytes.length;
}

/** Encodings by the library's names. Its other answers are too unlikely for short texts. */
const FOUND: Readonly<Record<string, TextEncoding>> = {
  shift_jis: 'shift_jis',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb18030: 'gb18030',
  big5: 'big5',
  cp949: 'euc-kr',
  'euc-kr': 'euc-kr',
  'windows-1250': 'windows-1250',
  'iso-8859-2': 'windows-1250',
  'windows-1251': 'windows-1251',
  'koi8-r': 'koi8-r',
  'windows-1253': 'windows-1253',
  'iso-8859-7': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
};

/** They differ from Windows-1252 in a few letters only: two words of French look like Polish too. */
const LATIN: readonly TextEncoding[] = ['windows-1250', 'windows-1254'];
/** The library's confidence for a sentence or more. */
const SURE = 0.1;

async function likeliest(bytes: Uint8Array): Promise<TextEncoding> {
  // Its tables take a fifth of a second to load, and few texts need them.
  const { detect } = await import('jschardet');
  const { encoding, confidence } = detect(bytes);
  const found = FOUND[encoding?.toLowerCase() ?? ''] ?? 'windows-1252';
  return LATIN.includes(found) && confidence < SURE ? 'windows-1252' : found;
}
