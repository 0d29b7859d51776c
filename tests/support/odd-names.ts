import fc from 'fast-check';

/** Names that Windows opens a device under, in the spellings that programs forget. */
export const DEVICE_NAMES: readonly string[] = [
  ...[
    'CON',
    'con',
    'con.txt',
    'Con.tar.gz',
    'PRN',
    'aux',
    'aux.',
    'AUX .c',
    'NUL',
    'nul.png',
    'NUL .txt',
    'nul . .txt',
  ],
  ...['COM0', 'COM1', 'com9.log', 'COM¹', 'com².txt', 'COM³ .x', 'LPT1', 'lpt9.pdf', 'LPT¹', 'lpt³.png'],
  ...[
    'CONIN$',
    'conout$',
    'CONOUT$.txt',
    'CLOCK$',
    'clock$.bin',
    ' con',
    '.con',
    '\u200bcon.txt',
    'co\u0000n',
    'a/con.txt',
  ],
];

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Array.from('abcXYZ019-_ ')) },
  { weight: 4, arbitrary: fc.constantFrom(...Array.from('漢字日本語한국어ไทยहिन्दी')) },
  { weight: 3, arbitrary: fc.constantFrom('👨‍👩‍👧‍👦', '🏳️‍🌈', '🇨🇭', '👍🏽', '𝒳', '𠮷') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('e\u0301', 'é', 'ǖ', 'ß', 'ı', 'İ', 'ſ', 'ﬁ', '\u0301', 'Z\u0351\u0352\u0353'),
  },
  { weight: 2, arbitrary: fc.constantFrom('\ud83d', '\udc68', '\uffff', '\u0378', '\ue000') },
  { weight: 2, arbitrary: fc.constantFrom('\u202e', '\u2066', '\u200f', '\u200d', '\u00ad', '\ufeff') },
  { weight: 2, arbitrary: fc.constantFrom('\0', '\n', '\t', '\u007f', '\u0085', '\u2028') },
  { weight: 2, arbitrary: fc.constantFrom('.', '..', ' ', '/', '\\', ':', '"', '<', '|', '?', '*') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);

const text = (maxLength: number): fc.Arbitrary<string> => fc.array(unit, { maxLength }).map((units) => units.join(''));

/** One character many times over: what a count in the wrong measure lets through. */
const long = fc.tuple(unit, fc.integer({ min: 60, max: 400 })).map(([one, times]) => one.repeat(times));

const ending = fc.oneof(
  fc.constantFrom(
    '',
    '.png',
    '.tar.gz',
    '.',
    ' ',
    '...',
    '.漢字',
    '.👨‍👩‍👧‍👦',
    `.${'x'.repeat(300)}`,
    `.${'漢'.repeat(100)}`,
    '.part',
  ),
  text(6).map((made) => `.${made}`),
);

/** Names as servers, recipes, web pages and other programs may give them. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(text(30), ending).map((parts) => parts.join('')) },
  { weight: 6, arbitrary: fc.tuple(long, ending).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(...DEVICE_NAMES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '.', '..', '...', ' ', ' . ', '/', '\\', '../..', 'C:\\', '.'.repeat(300)),
  },
);

/** Exactly `count` of them, the same at every run. */
export const oddNames = (count: number): readonly string[] => fc.sample(oddName, { numRuns: count, seed: 11 });
