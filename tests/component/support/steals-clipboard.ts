import { onTestFinished } from 'vitest';

/** Takes what the page puts on the clipboard, in order, for one test. */
export function stealsClipboard(): readonly string[] {
  const written: string[] = [];
  const own = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = (text) => {
    written.push(text);
    return Promise.resolve();
  };
  onTestFinished(() => {
    navigator.clipboard.writeText = own;
  });
  return written;
}
