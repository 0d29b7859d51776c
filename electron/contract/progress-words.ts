import type { RunProgressView } from './views.ts';

/** Where a running job is: `Upscaling, block 3 of 5`; null where that is not known, and then it only runs. */
export function progressWords({ block, done, of }: RunProgressView): string | null {
  const place = of === null || done === null ? null : `block ${Math.min(done + 1, of)} of ${of}`;
  const parts = [block, place].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
