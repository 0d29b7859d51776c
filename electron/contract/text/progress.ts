import { countWords } from '../formats.ts';
import type { RunProgressView, RunView } from '../views.ts';

/** Where a running job is: `Upscaling, block 3 of 5`; null if that is unknown. */
export function progressWords({ block, done, of }: RunProgressView): string | null {
  const place = of === null || done === null ? null : `block ${Math.min(done + 1, of)} of ${of}`;
  const parts = [block, place].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** The progress of a run: `Upscaling, block 3 of 5, 2 messages so far`; null if only its state is known. */
export function underWayWords({ progress, said }: Pick<RunView, 'progress' | 'said'>): string | null {
  const place = progress === null ? null : progressWords(progress);
  const parts = [place, said === 0 ? null : `${countWords(said, 'message')} so far`].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Shown above the chat messages of a run that has not ended. */
export const SAID_SO_FAR = 'Still running. This is what it has said so far.';
