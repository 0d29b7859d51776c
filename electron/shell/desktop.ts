import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { clipboard, ClipboardItem, dialog, nativeImage, shell } from 'electron';
import type { Desktop } from '../core/app/desktop.ts';
import { dragOut } from './drag-out.ts';
import { pathOfFileAddress } from './file-address.ts';

const URI_LIST = 'text/uri-list';
/** The system offers every copied picture as PNG. */
const PICTURE = 'image/png';

/** Dialogs, file manager and clipboard. `parent` returns the window that dialogs belong to; null while none is visible. */
export function systemDesktop(parent: () => BrowserWindow | null): Desktop {
  const open = async (options: OpenDialogOptions): Promise<readonly string[]> => {
    const window = parent();
    const answer = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
    return answer.canceled ? [] : answer.filePaths;
  };
  return {
    pickFiles: () => open({ title: 'Add files', buttonLabel: 'Add', properties: ['openFile', 'multiSelections'] }),
    pickFolder: async (title) =>
      (await open({ title, buttonLabel: 'Choose', properties: ['openDirectory', 'createDirectory'] }))[0] ?? null,
    pickSavePath: async (suggestedName) => {
      const window = parent();
      const options = { title: 'Save', defaultPath: suggestedName };
      const answer = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    reveal: (path) => shell.showItemInFolder(path),
    readClipboard: async () => ({
      text: await clipboard.readText(),
      files: await copiedFiles(),
      picture: await copiedPicture(),
    }),
    writeClipboard: (text) => clipboard.writeText(text),
    copyPicture,
    open: async (path) => (await shell.openPath(path)) === '',
    dragOut: (paths) => dragOut(parent(), paths),
  };
}

/** Copies as PNG, which every clipboard and every program that pastes pictures supports. */
async function copyPicture(path: string): Promise<boolean> {
  const picture = nativeImage.createFromPath(path);
  if (picture.isEmpty()) return false;
  const bytes = new Uint8Array(picture.toPNG());
  await clipboard.write([new ClipboardItem({ [PICTURE]: new Blob([bytes], { type: PICTURE }) })]);
  return true;
}

/** The paths of files that were copied in the file manager. */
async function copiedFiles(): Promise<readonly string[]> {
  if (!(await clipboard.has(URI_LIST))) return [];
  const paths: string[] = [];
  for (const item of await clipboard.read()) {
    if (!item.types.includes(URI_LIST)) continue;
    const list = await item.getType(URI_LIST);
    if (list instanceof Blob) paths.push(...pathsOf(await list.text()));
  }
  return paths;
}

async function copiedPicture(): Promise<Uint8Array | null> {
  if (!(await clipboard.has(PICTURE))) return null;
  for (const item of await clipboard.read()) {
    const picture = item.types.includes(PICTURE) ? await item.getType(PICTURE) : null;
    if (picture !== null) return picture.bytes();
  }
  return null;
}

/** Reads a list of addresses (RFC 2483): one a line, `#` begins a comment. Returns the paths of local files only. */
const pathsOf = (list: string): readonly string[] =>
  list
    .split(/\r?\n/)
    .map(pathOfFileAddress)
    .filter((path) => path !== null);
