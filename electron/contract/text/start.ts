/** Texts for a program start in which one part failed. The rest of the program works. */
import { errorWords, type ErrorWords } from './errors.ts';
import type { StartFailureView, StartPart } from '../views.ts';

const PARTS: Record<StartPart, readonly [title: string, next: string]> = {
  log: ['The log could not be opened.', 'Check that the folder of OmniTray may be written to.'],
  settings: ['A setting could not be applied.', 'Start OmniTray again. If it stays, the log says more.'],
  tray: ['There is no icon in the tray.', 'Start OmniTray once more to get this window back. Quit is in Settings.'],
  power: [
    'OmniTray does not notice when this computer sleeps.',
    'After a sleep, press Check again in the server menu.',
  ],
  window: ['The window cannot be shown.', 'Start OmniTray again. Runs continue meanwhile.'],
  practice: ['The practice server could not start.', 'Connect to a server of your own, or try it again from Connect.'],
  shortcut: ['Another program uses the keyboard shortcut for the window.', 'Choose another shortcut in Settings.'],
  runs: ['Unfinished runs were not resumed.', 'Start OmniTray again. If it stays, the log says more.'],
  draft: ['Your draft could not be restored.', 'Add the files again.'],
  housekeeping: ['Old files could not be tidied up.', 'OmniTray tries again at the next start.'],
  notifications: ['Notifications of earlier starts cannot be opened.', 'Activity shows the same runs.'],
  files: ['The files that OmniTray was started with were not added.', 'Drop them on the window.'],
  server: ['The server could not be checked.', 'Press Check again in the server menu.'],
};

/** What failed, why if that is known, and one next step. */
export function startFailureWords({ part, problem }: StartFailureView): ErrorWords {
  const [title, next] = PARTS[part];
  const why = problem === null || problem.code === 'internal' ? [] : [errorWords(problem).title];
  return { title, next: [...why, next].join(' ') };
}

/** The same in one line. */
export function startFailureNote(failure: StartFailureView): string {
  const { title, next } = startFailureWords(failure);
  return `${title} ${next}`;
}
