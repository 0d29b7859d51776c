import { countWords, listWords, middleTruncate, type SavedView } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

/** File names in a toast; more would be hard to read. */
const MOST_NAMED = 3;
const LONGEST_NAME = 32;

/** Shows a toast about saved copies, with the names of those that are missing. */
export function showSaved(toasts: Toasts, done: 'Saved' | 'Exported', { folder, files, failed }: SavedView): void {
  if (folder === null) return;
  if (failed.length === 0) {
    toasts.show(`${done} ${countWords(files, 'file')} in ${folder}`, { tone: 'good' });
    return;
  }
  const text = `${done} ${files} of ${countWords(files + failed.length, 'file')} in ${folder}`;
  const names = failed.slice(0, MOST_NAMED).map((name) => middleTruncate(name, LONGEST_NAME));
  const others = failed.length - names.length;
  const missing = listWords(others === 0 ? names : [...names, `${others} more`]);
  toasts.show(text, { tone: 'problem', detail: `Missing: ${missing}.` });
}
