import { pathToFileURL } from 'node:url';
import { guard, guardClass } from './guard.ts';
import { inBackground, refuse, spec } from './link.ts';

const BOOKMARK = 'electron application/bookmark';

type Content = string | Blob | Electron.ClipboardBookmark;

class StandInClipboardItem implements Pick<Electron.ClipboardItem, 'types'> {
  readonly #contents: ReadonlyMap<string, Content | Promise<Blob | string>>;

  constructor(contents: Readonly<Record<string, Content | Promise<Blob | string>>>) {
    this.#contents = new Map(Object.entries(contents));
    if (this.#contents.size === 0) throw new TypeError('A ClipboardItem needs at least one type');
  }

  get types(): string[] {
    return [...this.#contents.keys()];
  }

  async getType(type: string): Promise<Blob | Electron.ClipboardBookmark> {
    const content = await this.#contents.get(type);
    if (content === undefined) refuse(`The type '${type}' was not found`);
    return typeof content === 'string' ? new Blob([content], { type }) : content;
  }
}

export const ClipboardItem = guardClass('ClipboardItem', StandInClipboardItem);

let items: readonly StandInClipboardItem[] = [];

async function textOf(item: StandInClipboardItem | undefined): Promise<string> {
  if (item?.types.includes('text/plain') !== true) return '';
  const content = await item.getType('text/plain');
  return content instanceof Blob ? content.text() : '';
}

async function put(next: readonly StandInClipboardItem[]): Promise<void> {
  if (next.some((item) => item.types.includes(BOOKMARK))) refuse('The stand-in’s clipboard has no bookmarks.');
  items = [...next];
  await spec.setClipboard(await textOf(items[0]));
}

/** The app's clipboard. Chromium's own is given the same text, for Ctrl+V in a page. */
export const clipboard = guard('clipboard', {
  read: () => Promise.resolve([...items]),
  readText: () => textOf(items[0]),
  write: (next: readonly StandInClipboardItem[]) => put(next),
  writeText: (text: string) => put([new ClipboardItem({ 'text/plain': text })]),
  has: (type: string) => Promise.resolve(items.some((item) => item.types.includes(type))),
  clear: () => {
    inBackground(put([]));
  },
} satisfies Record<Exclude<keyof Electron.Clipboard, 'selection'>, unknown> &
  Pick<Electron.Clipboard, 'readText' | 'writeText' | 'has' | 'clear'>);

export const clipboardControl = {
  readClipboard: () => clipboard.readText(),
  clipboardTypes: () => Promise.resolve(items.flatMap(({ types }) => types)),
  writeClipboard: (text: string) => clipboard.writeText(text),
  writeClipboardFiles: (paths: readonly string[]) =>
    put([new ClipboardItem({ 'text/uri-list': paths.map((path) => pathToFileURL(path).href).join('\r\n') })]),
  writeClipboardImage: (png: Uint8Array) =>
    put([new ClipboardItem({ 'image/png': new Blob([new Uint8Array(png)], { type: 'image/png' }) })]),
};
