import { app, dialog } from 'electron';
import { isDiskCode } from '../contract/disk.ts';
import { diskStartWords } from '../contract/text/disk.ts';
import { errorWords } from '../contract/text/errors.ts';
import { errorView } from '../core/base/error-view.ts';

/**
 * Ends a start that failed, with words; `folder` is where the program keeps its data. Electron itself only warns of a
 * rejected promise (electron_browser_main_parts.cc, `unhandled_rejections`): the program would stay without a window or
 * an icon, and keep every later start from coming up.
 */
export function giveUp(failure: unknown, folder: string): void {
  dialog.showErrorBox('OmniTray could not start', startFailureWords(failure, folder));
  app.exit(1);
}

function startFailureWords(failure: unknown, folder: string): string {
  const error = errorView(failure);
  if (isDiskCode(error.code)) return diskStartWords(error.code, folder).join(' ');
  const { title, next } = errorWords(error);
  return `${title} ${next}`;
}
