import { app, dialog } from 'electron';
import { errorWords } from '../contract/words.ts';
import { errorView } from '../core/app/app-error.ts';

/**
 * Ends a start that failed, with words. Electron itself only warns of a rejected promise (electron_browser_main_parts.cc,
 * `unhandled_rejections`): the program would stay without a window or an icon, and keep every later start from coming up.
 */
export function giveUp(failure: unknown): void {
  const { title, next } = errorWords(errorView(failure));
  dialog.showErrorBox('OmniTray could not start', `${title} ${next}`);
  app.exit(1);
}
