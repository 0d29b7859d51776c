/**
 * Renders the icons in resources/ from their SVG sources: `node scripts/icons.ts`. The results are committed, so that
 * a build needs no browser.
 *
 * A tray icon tells its state by its shape: an arrow (idle), three dots (busy), an exclamation mark (attention).
 * On Linux and Windows one tone serves light and dark panels, at least 3:1 on white and on black; macOS gets black
 * with alpha and colours it itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { chromiumFlags, findChromium } from './lib/tools.ts';

const RESOURCES = join(import.meta.dirname, '../resources');
const STATES = ['idle', 'busy', 'attention'] as const;

/** The sizes of the notification area at 100 to 300 % scale, in pixels. */
const WINDOWS_TRAY_SIZES = [16, 20, 24, 32, 48];
const WINDOWS_APP_SIZES = [16, 24, 32, 48, 64, 128, 256];

/** Apple's names for PNG entries of an .icns, with the size of each in pixels. */
const ICNS_ENTRIES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1_024],
] as const;

interface Picture {
  readonly size: number;
  readonly png: Buffer;
}

/** Renders an icon; `part` is the share of the square that the drawing fills. */
async function render(page: Page, source: string, size: number, color: string | null, part = 1): Promise<Picture> {
  const svg = color === null ? source : source.replace(/ color="[^"]*"/u, ` color="${color}"`);
  const side = Math.round(size * part);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0;display:grid;place-items:center;height:100vh}svg{width:${side}px;height:${side}px}</style>${svg}`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

/** An .ico that holds PNGs, as Windows has read it since Vista. */
function icoOf(pictures: readonly Picture[]): Buffer {
  const HEADER = 6;
  const ENTRY = 16;
  const header = Buffer.alloc(HEADER + ENTRY * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = HEADER + ENTRY * index;
    // The format writes 256 as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

function icnsOf(entries: readonly { readonly name: string; readonly png: Buffer }[]): Buffer {
  const chunk = (name: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(entries.map(({ name, png }) => chunk(name, png))));
}

const inTurn = async <From, To>(items: readonly From[], make: (item: From) => Promise<To>): Promise<readonly To[]> => {
  const made: To[] = [];
  for (const item of items) made.push(await make(item));
  return made;
};

async function makeAppIcons(page: Page): Promise<void> {
  const source = readFileSync(join(RESOURCES, 'icon.svg'), 'utf8');
  const draw = (size: number): Promise<Picture> => render(page, source, size, null);
  writeFileSync(join(RESOURCES, 'icon.png'), (await draw(512)).png);
  writeFileSync(join(RESOURCES, 'icon.ico'), icoOf(await inTurn(WINDOWS_APP_SIZES, draw)));
  const entries = await inTurn(ICNS_ENTRIES, async ([name, size]) => ({ name, png: (await draw(size)).png }));
  writeFileSync(join(RESOURCES, 'icon.icns'), icnsOf(entries));
}

async function makeTrayIcons(page: Page, state: (typeof STATES)[number]): Promise<void> {
  const source = readFileSync(join(RESOURCES, `tray-${state}.svg`), 'utf8');
  const save = (name: string, bytes: Buffer): void => writeFileSync(join(RESOURCES, name), bytes);
  const draw = (size: number): Promise<Picture> => render(page, source, size, null);
  save(`tray-${state}.png`, (await draw(22)).png);
  save(`tray-${state}@2x.png`, (await draw(44)).png);
  save(`tray-${state}.ico`, icoOf(await inTurn(WINDOWS_TRAY_SIZES, draw)));
  // Apple's own icons of the menu bar are about 16 points in a space of 18.
  save(`tray-${state}-Template.png`, (await render(page, source, 18, '#000', 16 / 18)).png);
  save(`tray-${state}-Template@2x.png`, (await render(page, source, 36, '#000', 16 / 18)).png);
}

const executablePath = findChromium();
if (executablePath === null) throw new Error('Drawing icons needs Chromium. Run: npm run test:tools');
const browser = await chromium.launch({ executablePath, args: [...chromiumFlags()] });
const page = await browser.newPage();
await makeAppIcons(page);
for (const state of STATES) await makeTrayIcons(page, state);
await browser.close();
