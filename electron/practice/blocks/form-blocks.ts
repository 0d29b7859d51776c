import { blank, type Colour, fill, type Picture, readPng, writePng } from '../pixels/picture.ts';
import { fitTo } from '../pixels/resize.ts';
import { type Block, type BlockRun, filesOf, filesValue, objectsValue, textsOf, textValue } from './block.ts';
import { counted } from './counted.ts';

const typed = (run: BlockRun, port: string): string => textsOf(run.inputs, port).join('\n').trim();

const OPENINGS: ReadonlyMap<string, readonly [greeting: string, closing: string]> = new Map([
  ['friendly', ['Dear', 'All the best']],
  ['formal', ['Dear', 'Yours sincerely']],
  ['short', ['Hello', 'Thanks']],
]);

/** Writes a letter from three texts. A tone that it does not know is named in the letter. */
export const letter: Block = (run) => {
  const to = typed(run, 'to') || 'reader';
  const topic = typed(run, 'topic') || 'nothing in particular';
  const tone = typed(run, 'tone');
  const [greeting, closing] = OPENINGS.get(tone.toLowerCase()) ?? [
    'Dear',
    tone === '' ? 'Goodbye' : `In a ${tone} tone`,
  ];
  const text = `${greeting} ${to},\n\nI am writing to you about this:\n\n${topic}\n\n${closing}`;
  return Promise.resolve({ text: textValue(text) });
};

const COLOURS: ReadonlyMap<string, Colour> = new Map([
  ['blue', [52, 100, 180]],
  ['green', [52, 140, 90]],
  ['red', [190, 66, 60]],
]);

const PAPER: Colour = [250, 250, 248];
const INK: Colour = [38, 42, 48];

/** The side of a field of the pattern, in pixels. */
const FIELD = 16;

/** Draws a chequered pattern. Sizes outside 16 to 512 pixels, and what is no number, fail the job. */
export const pattern: Block = async (run) => {
  const [width, height] = [sizeOf(run, 'width'), sizeOf(run, 'height')];
  const name = typed(run, 'colour') || 'blue';
  const colour = COLOURS.get(name);
  if (colour === undefined) throw new Error(`There is no colour ${name}.`);
  const page = blank(width, height, PAPER);
  for (let top = 0; top < height; top += FIELD) {
    for (let left = top % (2 * FIELD); left < width; left += 2 * FIELD) fill(page, left, top, FIELD, FIELD, colour);
  }
  const hasGrid = typed(run, 'grid') === 'true';
  if (hasGrid) drawGrid(page);
  const image = await run.makeFile(writePng(page), 'pattern.png');
  const words = `A ${name} pattern of ${width} x ${height} pixels ${hasGrid ? 'with' : 'without'} a grid.`;
  return { text: textValue(words), images: filesValue([image]) };
};

function sizeOf(run: BlockRun, port: string): number {
  const text = typed(run, port);
  const size = Number(text || 128);
  if (!Number.isInteger(size) || size < FIELD || size > 512) {
    throw new Error(`The ${port} must be a whole number from ${FIELD} to 512, not ${text}.`);
  }
  return size;
}

function drawGrid(page: Picture): void {
  for (let left = 0; left < page.width; left += FIELD) fill(page, left, 0, 1, page.height, INK);
  for (let top = 0; top < page.height; top += FIELD) fill(page, 0, top, page.width, 1, INK);
}

/** Keeps the parts of a picture where the mask is light, and makes the rest transparent. */
export const cutOut: Block = async (run) => {
  const [file] = filesOf(run.inputs, 'picture');
  const [cover] = filesOf(run.inputs, 'mask');
  if (file === undefined) return { text: textValue('There was no picture to cut.'), images: filesValue([]) };
  const picture = readPng(await run.files.read(file));
  if (picture === null) return { text: textValue(`${file.fileName} is not a PNG.`), images: filesValue([]) };
  const mask = cover === undefined ? null : readPng(await run.files.read(cover));
  const { kept, cut } = mask === null ? { kept: 0, cut: picture } : masked(picture, mask);
  const image = await run.makeFile(writePng(cut), 'cut out.png');
  const words = mask === null ? 'Without a mask the picture stays whole.' : `Kept ${counted(kept, 'pixel')}.`;
  return { text: textValue(words), images: filesValue([image]) };
};

/** The mask is scaled to the size of the picture. A transparent part of it counts as dark. */
function masked(picture: Picture, mask: Picture): { readonly kept: number; readonly cut: Picture } {
  const cover = fitTo(mask, picture.width, picture.height, 'fill');
  const data = Uint8Array.from(picture.data);
  let kept = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = cover.data.subarray(at, at + 4);
    if (((red + green + blue) / 3) * (alpha / 255) >= 128) kept += 1;
    else data[at + 3] = 0;
  }
  return { kept, cut: { ...picture, data } };
}

/** Says what each of its inputs was given, as JSON: a text, or for files a list of their ids, names, sizes and types. */
export const formReport: Block = (run) => {
  const given = Object.entries(run.inputs).map(([port, values]) => {
    const isFiles = values.some(({ kind }) => kind === 'files');
    const files = filesOf(run.inputs, port).map(({ fid, fileName, size, mimeType }) => ({
      fid,
      fileName,
      size,
      mimeType,
    }));
    return [port, isFiles ? files : textsOf(run.inputs, port).join('\n')] as const;
  });
  const report = Object.fromEntries(given);
  return Promise.resolve({ text: textValue(JSON.stringify(report, null, 2)), objects: objectsValue([report]) });
};
