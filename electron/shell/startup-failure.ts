import { app, dialog } from 'electron';
import { isDiskCode } from '../contract/disk.ts';
import { diskStartWords } from '../contract/text/disk.ts';
import { errorWords } from '../contract/text/errors.ts';
import { errorView } from '../core/base/error-view.ts';

/**
 * Shows why the start failed, and exits. `folder` holds the program's data. Electron only warns of a rejected promise
 * (electron_browser_main_parts.cc, `unhandled_rejections`): the program would stay without a window or an icon, and
 * prevent every later start.
 */
export function failStartup(failure: unknown, folder: string): void {
  const error = errorView(failure);
  const { title, next } = errorWords(error);
  const text = isDiskCode(error.code) ? diskStartWords(error.code, folder).join(' ') : `${title} ${next}`;
  dialog.showErrorBox('OmniTray could not start', text);
  app.exit(1);
}
