import { describe, expect, it } from 'vitest';
import { encodingChoiceWords, TEXT_ENCODINGS, type TextEncoding } from '../../../electron/contract/text-encodings.ts';
import { decodeText } from '../../../electron/core/base/text-encoding.ts';

/** Every character of an encoding of one or two bytes, as `TextDecoder` decodes it. */
function tableOf(encoding: TextEncoding): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const add = (bytes: readonly number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if (!table.has(text)) table.set(text, bytes);
    } catch {
      // Not a character of this encoding.
    }
  };
  for (let first = 0; first < 256; first += 1) add([first]);
  for (let first = 0x80; first < 256; first += 1)
    for (let second = 0x40; second < 256; second += 1) add([first, second]);
  return table;
}

function encoded(text: string, encoding: TextEncoding): Uint8Array {
  const table = tableOf(encoding);
  return Uint8Array.from(
    Array.from(text).flatMap((letter) => {
      const bytes = table.get(letter);
      if (bytes === undefined) throw new Error(`${letter} is not in ${encoding}.`);
      return bytes;
    }),
  );
}

const JAPANESE = 'これは日本語で書かれたファイルです。\n名前,住所\n田中,東京都\n';

describe('a text without a declared encoding', () => {
  it.each<[TextEncoding, string]>([
    ['windows-1252', 'café\n'],
    ['windows-1252', 'élève'],
    ['windows-1250', 'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.'],
    ['windows-1254', 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.'],
    ['windows-1252', 'Der Größe nach: für “Ärger” – 5 € Café, naïve façade.'],
    ['windows-1252', 'Müller;Straße;Köln\r\nGroß;Weg 1;München\r\n'],
    ['shift_jis', JAPANESE],
    ['shift_jis', '名前,住所\n田中,東京都\n'],
    ['euc-jp', JAPANESE],
    ['gb18030', '中文测试文本，编码是国标。这是一个较长的句子。'],
    ['gb18030', '姓名,地址\n张三,北京\n'],
    ['big5', '中文測試文本，編碼是大五碼。這是一個較長的句子。'],
    ['euc-kr', '한국어 텍스트입니다. 인코딩을 확인합니다.'],
    ['windows-1251', 'Привет, это текст в кодировке Windows. Как дела?'],
    ['koi8-r', 'Привет, это текст в другой кодировке. Как дела?'],
    ['windows-1253', 'Αυτό είναι ένα κείμενο στα ελληνικά.'],
    ['windows-1255', 'זהו טקסט בעברית לבדיקה'],
    ['windows-1256', 'هذا نص باللغة العربية للاختبار'],
  ])('is read as %s: %s', async (encoding, text) => {
    expect(await decodeText(encoded(text, encoding), false, null)).toEqual({ text, encoding, assumed: true });
  });

  it.each([
    ['of letters of Europe', 'Grüße aus Köln\n'],
    ['of letters of Japan', JAPANESE],
  ])('is read as UTF-16 without a mark: %s', async (_, text) => {
    const little = Buffer.from(text, 'utf16le');
    expect(await decodeText(little, false, null)).toEqual({ text, encoding: 'utf-16le', assumed: true });
    const big = Buffer.from(little).swap16();
    expect(await decodeText(big, false, null)).toEqual({ text, encoding: 'utf-16be', assumed: true });
  });

  it('may hold a NUL, which is shown as a symbol', async () => {
    expect(await decodeText(Buffer.from('a\0b'), false, null)).toMatchObject({ text: 'a␀b', encoding: 'utf-8' });
    const long = `${'words in a line\n'.repeat(50)}\0\n`;
    expect(await decodeText(Buffer.from(long), false, null)).toMatchObject({ encoding: 'utf-8', assumed: false });
  });

  it('stays UTF-8 when only a few bytes are invalid', async () => {
    const bytes = Buffer.concat([Buffer.from('Grüße, 世界, '.repeat(20)), Buffer.from([0xff]), Buffer.from('naïve')]);
    const decoded = await decodeText(bytes, false, null);
    expect(decoded).toMatchObject({ encoding: 'utf-8', assumed: true });
    expect(decoded?.text).toMatch(/^Grüße, 世界.*\uFFFDnaïve$/);
  });

  it.each<[TextEncoding, string]>([
    ['shift_jis', '日本語'.repeat(40)],
    ['euc-kr', '한국어'.repeat(40)],
    ['gb18030', '中文测试'.repeat(40)],
  ])('ends with a whole character where it is cut: %s', async (encoding, text) => {
    const bytes = encoded(text, encoding);
    const decoded = await decodeText(bytes.subarray(0, bytes.length - 1), true, encoding);
    expect(decoded?.text).toBe(text.slice(0, -1));
  });
});

describe('a chosen encoding', () => {
  it('is used for any bytes', async () => {
    const bytes = Buffer.from('é');
    expect(await decodeText(bytes, false, 'windows-1252')).toEqual({
      text: 'Ã©',
      encoding: 'windows-1252',
      assumed: false,
    });
    expect(await decodeText(Buffer.alloc(3), false, 'utf-8')).toMatchObject({ text: '␀␀␀' });
  });

  it.each(TEXT_ENCODINGS)('is supported and has a name: %s', async (encoding) => {
    expect(await decodeText(Buffer.from('ab'), false, encoding)).not.toBeNull();
    expect(encodingChoiceWords(encoding)).toMatch(/^[A-Z]/);
  });
});
