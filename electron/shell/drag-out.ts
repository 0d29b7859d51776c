import { join } from 'node:path';
import { app, type BrowserWindow, nativeImage } from 'electron';

/** Size of the picture at the pointer, in pixels. macOS needs a picture to drag anything (platform F3). */
const ICON_SIZE = 48;

/**
 * Continues a drag that began in a page as a drag of files, which other programs accept. Electron does not report the
 * drop: on macOS `startDrag` returns at once, on other systems when the drag is over (electron/electron#45197).
 */
export function dragOut(window: BrowserWindow | null, paths: readonly string[]): void {
  const [first] = paths;
  // The window can be closed before its files are ready.
  if (window === null || first === undefined) return;
  const icon = nativeImage.createFromPath(join(app.getAppPath(), 'resources/icon.png')).resize({ width: ICON_SIZE });
  window.webContents.startDrag({ file: first, files: [...paths], icon });
}
