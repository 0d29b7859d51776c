import { join } from 'node:path';
import { app, nativeImage } from 'electron';
import type { BrowserWindow } from 'electron';

/** What hangs on the pointer, in pixels. macOS drags nothing without a picture (platform F3). */
const ICON_SIZE = 48;

/**
 * Turns a drag that began in a page into one of files, which other programs take. Where it is let go is not told: on
 * macOS this returns at once, elsewhere when it is over (electron/electron#45197).
 */
export function dragOut(window: BrowserWindow | null, paths: readonly string[]): void {
  const [first] = paths;
  // The window can be gone by the time that its files are ready.
  if (window === null || first === undefined) return;
  const icon = nativeImage.createFromPath(join(app.getAppPath(), 'resources/icon.png')).resize({ width: ICON_SIZE });
  window.webContents.startDrag({ file: first, files: [...paths], icon });
}
