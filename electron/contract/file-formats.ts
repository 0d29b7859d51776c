/** File formats by MIME type: their names, their extensions, and which of them are pictures. */

interface FileFormat {
  /** Its name inside a sentence: `HEIC photo`. */
  readonly words: string;
  /** Its extensions, without the dot. */
  readonly endings: readonly string[];
}

const format = (words: string, ...endings: readonly string[]): FileFormat => ({ words, endings });

const HEIF = format('HEIC photo', 'heic', 'heif', 'hif', 'heics', 'heifs');
const AVIF = format('AVIF picture', 'avif', 'avifs');
const ICON = format('icon', 'ico', 'cur');
const BMP = format('BMP picture', 'bmp', 'dib');
const JPEG_2000 = format('JPEG 2000 picture', 'jp2', 'j2k', 'jpf', 'jpx', 'jpm', 'j2c', 'jpc');
const raw = (...endings: readonly string[]): FileFormat => format('camera RAW photo', ...endings);

const FORMATS: Readonly<Record<string, FileFormat>> = {
  'image/png': format('PNG picture', 'png'),
  'image/apng': format('animated PNG picture', 'png', 'apng'),
  'image/jpeg': format('JPEG picture', 'jpg', 'jpeg', 'jpe', 'jfif', 'jfi', 'jif', 'mpo'),
  'image/gif': format('GIF picture', 'gif'),
  'image/webp': format('WebP picture', 'webp'),
  'image/bmp': BMP,
  'image/x-ms-bmp': BMP,
  'image/avif': AVIF,
  'image/svg+xml': format('SVG drawing', 'svg'),
  'image/x-icon': ICON,
  'image/vnd.microsoft.icon': ICON,
  'image/heic': HEIF,
  'image/heif': HEIF,
  'image/heic-sequence': HEIF,
  'image/heif-sequence': HEIF,
  'image/tiff': format('TIFF picture', 'tif', 'tiff'),
  'image/jxl': format('JPEG XL picture', 'jxl'),
  'image/jp2': JPEG_2000,
  'image/jpx': JPEG_2000,
  'image/jpm': JPEG_2000,
  'image/j2c': JPEG_2000,
  'image/x-tga': format('TGA picture', 'tga', 'icb', 'vda', 'vst'),
  'image/vnd.ms-photo': format('JPEG XR picture', 'jxr', 'hdp', 'wdp'),
  'image/icns': format('Mac icon', 'icns'),
  'image/x-canon-cr2': raw('cr2'),
  'image/x-canon-cr3': raw('cr3'),
  'image/x-nikon-nef': raw('nef', 'nrw'),
  'image/x-sony-arw': raw('arw', 'sr2', 'srf'),
  'image/x-adobe-dng': raw('dng'),
  'image/x-fujifilm-raf': raw('raf'),
  'image/x-olympus-orf': raw('orf'),
  'image/x-panasonic-rw2': raw('rw2'),
  'image/x-pentax-pef': raw('pef'),
  'image/vnd.adobe.photoshop': format('Photoshop file', 'psd', 'psb'),
  'image/x-xcf': format('GIMP file', 'xcf'),
  'image/vnd.dwg': format('DWG drawing', 'dwg'),
  'image/vnd.dxf': format('DXF drawing', 'dxf'),
  'image/vnd.djvu': format('DjVu document', 'djvu', 'djv'),
  'application/pdf': format('PDF', 'pdf', 'ai'),
};

/** Pictures that every block of the server can open. Other pictures are sent unchanged, but some blocks refuse them (wire 12). */
const COMMON_PICTURES = ['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp'];

/** Other pictures that a page can draw, so that it can make a PNG of them. */
const DRAWN_PICTURES = [
  'image/bmp',
  'image/x-ms-bmp',
  'image/avif',
  'image/svg+xml',
  'image/x-icon',
  'image/vnd.microsoft.icon',
];

/** Files of drawing programs: their type is an image, but they are used as documents. */
const DESIGN_FILES = ['image/vnd.adobe.photoshop', 'image/x-xcf', 'image/vnd.dwg', 'image/vnd.dxf', 'image/vnd.djvu'];

type Mime = string | null | undefined;
const isAmong = (types: readonly string[], mime: Mime): boolean => typeof mime === 'string' && types.includes(mime);

/** Whether every recipe that takes images can open it. */
export const isCommonPicture = (mime: Mime): boolean => isAmong(COMMON_PICTURES, mime);
/** Whether the page can make a PNG of it. */
export const isDrawnPicture = (mime: Mime): boolean => isAmong(DRAWN_PICTURES, mime);
/** Whether it has an image type but is used as a document. */
export const isDesignFile = (mime: Mime): boolean => isAmong(DESIGN_FILES, mime);

/** The name of its format inside a sentence (`HEIC photo`); null for a format that is not listed. */
export const formatWords = (mime: Mime): string | null => FORMATS[mime ?? '']?.words ?? null;

/** The extension of a name when it contradicts the type: `.jpg` of a HEIC photo; null when they agree. */
export function wrongEnding(name: string, mime: Mime): string | null {
  const ending = /[^/\\]\.([\p{L}\p{N}]{1,8})$/u.exec(name)?.[1];
  const endings = FORMATS[mime ?? '']?.endings;
  if (ending === undefined || endings === undefined || endings.includes(ending.toLowerCase())) return null;
  return `.${ending}`;
}

const TABLE_TYPES: readonly (string | null)[] = ['text/csv', 'text/tab-separated-values'];

/** Whether a file with this type, or with such a name, holds a table as text. During a drag its name is not known. */
export const isTableFile = (mime: string | null, name = ''): boolean =>
  TABLE_TYPES.includes(mime) || /\.(?:csv|tsv)$/i.test(name);
