import type { FileRecord } from '../files/file-record.ts';
import { ADVANCE, drawLine, LINE, wrap } from '../pixels/letters.ts';
import { drawMark } from '../pixels/mark.ts';
import { blank, type Colour, fill, lay, type Picture, readPng, toGrey, writePng } from '../pixels/picture.ts';
import { fitTo } from '../pixels/resize.ts';
import { counted } from './counted.ts';
import { type Block, type BlockRun, filesOf, filesValue, textsOf, textValue } from './block.ts';

const PAPER: Colour = [250, 250, 248];
const INK: Colour = [38, 42, 48];
const TILE: Colour = [226, 228, 232];

/** Sizes of the contact sheet, in pixels. */
const SIDE = 160;
const CAPTION = 24;
const GAP = 12;

/** Further pictures are named in the text only. */
const MOST_TILES = 64;

const NOT_READ = 'not a PNG this server can read';

/** All pictures side by side on one PNG. A format other than PNG is drawn as a tile with its name. */
export const contactSheet: Block = async (run) => {
  const files = filesOf(run.inputs, 'images');
  if (files.length === 0) return { text: textValue('There was no picture to show.'), images: filesValue([]) };
  const shown = files.slice(0, MOST_TILES);
  const columns = Math.ceil(Math.sqrt(shown.length));
  const rows = Math.ceil(shown.length / columns);
  const sheet = blank(columns * (SIDE + GAP) + GAP, rows * (SIDE + CAPTION + GAP) + GAP, PAPER);
  const notes: string[] = [];
  for (const [position, file] of shown.entries()) {
    const left = GAP + (position % columns) * (SIDE + GAP);
    const top = GAP + Math.floor(position / columns) * (SIDE + CAPTION + GAP);
    const picture = await readPicture(run, file);
    if (picture === null) notes.push(`${file.fileName}: ${NOT_READ}, shown by its name`);
    drawTile(sheet, file, picture, left, top);
  }
  if (files.length > MOST_TILES) notes.push(`Left out: ${counted(files.length - MOST_TILES, 'more picture')}.`);
  const image = await run.makeFile(writePng(sheet), 'contact sheet.png');
  return {
    text: textValue([`${counted(shown.length, 'picture')} on one sheet.`, ...notes].join('\n')),
    images: filesValue([image]),
  };
};

function drawTile(sheet: Picture, file: FileRecord, picture: Picture | null, left: number, top: number): void {
  fill(sheet, left, top, SIDE, SIDE, TILE);
  if (picture === null) {
    const format = file.mimeType.split('/')[1] ?? 'file';
    drawLine(sheet, format.slice(0, 9), left + GAP, top + SIDE / 2 - 8, 4, INK);
  } else {
    const scaled = fitTo(picture, SIDE, SIDE, 'inside');
    const across = left + Math.floor((SIDE - scaled.width) / 2);
    lay(sheet, scaled, across, top + Math.floor((SIDE - scaled.height) / 2));
  }
  drawLine(sheet, file.fileName.slice(0, SIDE / (2 * ADVANCE)), left, top + SIDE + 6, 2, INK);
}

/** Turns each PNG into shades of grey. Names other formats in the text. */
export const greyPictures: Block = async (run) => {
  const images: FileRecord[] = [];
  const notes: string[] = [];
  for (const file of filesOf(run.inputs, 'images')) {
    const picture = await readPicture(run, file);
    if (picture === null) notes.push(`${file.fileName}: ${NOT_READ}, left out`);
    else {
      const name = `${file.fileName.replace(/\.[^.]*$/, '')} grey.png`;
      images.push(await run.makeFile(writePng(toGrey(picture)), name));
    }
  }
  return {
    text: textValue([`${counted(images.length, 'picture')} made grey.`, ...notes].join('\n')),
    images: filesValue(images),
  };
};

/** Draws the text as a picture, with a mark beside it that is the same for the same text. */
export const pictureFromText: Block = async (run) => {
  const page = layOut(textsOf(run.inputs, 'text').join('\n').trim() || 'No text');
  const image = await run.makeFile(writePng(page), 'text.png');
  return { text: textValue(`A picture of ${page.width} x ${page.height} pixels.`), images: filesValue([image]) };
};

/** The same picture, as the bytes of a PNG. */
export const drawText = (text: string): Uint8Array => writePng(layOut(text));

function layOut(text: string): Picture {
  const dot = 4;
  const lines = wrap(text, 30).slice(0, 60);
  const height = Math.max(SIDE, lines.length * LINE * dot) + 2 * GAP;
  const page = blank(SIDE + 3 * GAP + 30 * ADVANCE * dot, height, PAPER);
  drawMark(page, text, { left: GAP, top: GAP, side: SIDE });
  for (const [position, line] of lines.entries()) {
    drawLine(page, line, SIDE + 2 * GAP, GAP + position * LINE * dot, dot, INK);
  }
  return page;
}

async function readPicture(run: BlockRun, file: FileRecord): Promise<Picture | null> {
  return file.mimeType === 'image/png' ? readPng(await run.files.read(file)) : null;
}
