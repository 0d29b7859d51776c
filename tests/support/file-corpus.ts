/** The first bytes of many kinds of files, small and made here: enough of each for its kind to be told. */

type Part = string | readonly number[];

const bytes = (...parts: readonly Part[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const zeros = (count: number): readonly number[] => new Array<number>(count).fill(0);
const little = (value: number): readonly number[] => [
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  value >> 24,
];

/** The beginning of an ISO media file: MP4, HEIC, AVIF and others differ by their brand. */
const isoMedia = (brand: string): Uint8Array =>
  bytes([0, 0, 0, 24], 'ftyp', brand, zeros(4), brand, 'mif1', [0, 0, 0, 8], 'free');

/** An archive of one file that is stored as it is. */
const zipOf = (name: string, content: string): Uint8Array =>
  bytes(
    'PK',
    [3, 4, 20, 0, 0, 0, 0, 0],
    zeros(8),
    little(content.length),
    little(content.length),
    [name.length, 0, 0, 0],
    name,
    content,
  );

const ICON = bytes([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0], little(4), little(22), [1, 2, 3, 4]);
/** 4 by 4 pixels without compression: its first four bytes are those of a cursor. */
const TGA = bytes([0, 0, 2], zeros(9), [4, 0, 4, 0, 24, 0], new Array<number>(48).fill(90));
const OLE = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], zeros(504));

export interface CorpusFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What it is, as a card says it. */
  readonly words: string;
  /** The arguments it can go under, the best first, to a recipe that takes everything. */
  readonly choices: readonly string[];
}

const file = (
  name: string,
  content: Uint8Array | string,
  words: string,
  ...choices: readonly string[]
): CorpusFile => ({
  name,
  bytes: typeof content === 'string' ? Buffer.from(content) : content,
  words,
  choices,
});

const picture = (name: string, content: Uint8Array | string, words: string): CorpusFile =>
  file(name, content, words, 'images', 'documents');
const drawing = (name: string, content: Uint8Array | string, words: string): CorpusFile =>
  file(name, content, words, 'documents', 'images');
const paper = (name: string, content: Uint8Array | string, words = 'Document'): CorpusFile =>
  file(name, content, words, 'documents');

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]);
export const HEIC = isoMedia('heic');
export const TIFF = bytes('II', [42, 0, 8, 0, 0, 0, 0, 0], zeros(8));
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const WEBM = bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm', [0, 0]);

export const CORPUS: readonly CorpusFile[] = [
  picture('a.png', PNG, 'Image'),
  picture('a.jpg', JPEG, 'Image'),
  picture('a.gif', bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0, 0x3b]), 'Image'),
  picture('a.webp', bytes('RIFF', little(26), 'WEBPVP8L', [14, 0, 0, 0, 0x2f], zeros(9)), 'Image'),
  picture('a.bmp', bytes('BM', little(70), zeros(4), [54, 0, 0, 0, 40, 0, 0, 0], zeros(60)), 'BMP picture'),
  picture('a.ico', ICON, 'Icon'),
  picture('a.svg', SVG, 'SVG drawing'),
  picture('a.avif', isoMedia('avif'), 'AVIF picture'),
  picture('a.heic', HEIC, 'HEIC photo'),
  picture('a.tiff', TIFF, 'TIFF picture'),
  picture('a.jxl', bytes([0xff, 0x0a], zeros(20)), 'JPEG XL picture'),
  picture(
    'a.jp2',
    bytes([0, 0, 0, 12], 'jP  \r\n', [0x87, 0x0a, 0, 0, 0, 20], 'ftypjp2 ', zeros(8)),
    'JPEG 2000 picture',
  ),
  picture('a.tga', TGA, 'TGA picture'),
  picture('a.cr2', bytes('II', [42, 0, 16, 0, 0, 0], 'CR', [2, 0], zeros(20)), 'Camera RAW photo'),
  picture('a.orf', bytes('IIRO', [8, 0, 0, 0, 0x18], zeros(20)), 'Camera RAW photo'),
  picture('a.rw2', bytes('IIU', [0, 0x18, 0, 0, 0, 0x88, 0xe7, 0x74, 0xd8], zeros(20)), 'Camera RAW photo'),
  picture('a.raf', bytes('FUJIFILMCCD-RAW ', zeros(20)), 'Camera RAW photo'),
  drawing('a.psd', bytes('8BPS', [0, 1], zeros(20)), 'Photoshop file'),
  drawing('a.xcf', bytes('gimp xcf file', zeros(20)), 'GIMP file'),
  drawing('a.dwg', bytes('AC1032', zeros(20)), 'DWG drawing'),
  file('a.wav', bytes('RIFF', little(36), 'WAVEfmt ', zeros(24)), 'Audio file', 'audio', 'documents'),
  file(
    'a.mp3',
    bytes('ID3', [3, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64], zeros(64)),
    'Audio file',
    'audio',
    'documents',
  ),
  file('a.weba', WEBM, 'Audio file', 'audio', 'documents'),
  file('a.webm', WEBM, 'Video', 'video', 'audio', 'documents'),
  file('a.mp4', isoMedia('isom'), 'Video', 'video', 'audio', 'documents'),
  file('a.json', '{"a":1}', 'Data file', 'json', 'documents'),
  paper('a.pdf', '%PDF-1.7\n', 'PDF'),
  paper('a.zip', zipOf('a.txt', 'words')),
  paper('a.docx', zipOf('word/document.xml', '<w/>')),
  paper('a.doc', OLE),
  paper('a.gz', bytes([0x1f, 0x8b, 8], zeros(20))),
  paper('a.dxf', '  0\nSECTION\n'),
  paper('a.txt', 'plain words'),
  paper('a.ts', 'export {};\n'),
  paper('Makefile', 'all:\n\ttrue\n'),
  paper('a.bin', bytes([1, 2, 3, 0, 0xff])),
  paper('nothing known', bytes([1, 2, 3, 0, 0xff])),
  // Names that lie.
  picture('photo.jpg', HEIC, 'HEIC photo named .jpg'),
  picture('photo.png', JPEG, 'JPEG picture named .png'),
  picture('notes.txt', PNG, 'PNG picture named .txt'),
  picture('scan.pdf', TIFF, 'TIFF picture named .pdf'),
  paper('a.svgz', bytes([0x1f, 0x8b, 8], zeros(20))),
  paper('archive.png', zipOf('a.txt', 'words')),
  paper('office.jpg', OLE),
  paper('broken.png', bytes([1, 2, 3, 0, 0xff])),
  paper('broken.ico', bytes([0, 0, 1, 0], zeros(30))),
  paper('page.svg', '<html><p>no drawing</p>'),
  paper('words.png', 'not a picture'),
];
