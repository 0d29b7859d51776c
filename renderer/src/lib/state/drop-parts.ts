import { type Dropped, LIMITS } from '../contract.ts';

/** Whether one call can carry the whole drop. */
export const goesAtOnce = ({ paths, unsaved, texts }: Dropped): boolean =>
  paths.length <= LIMITS.paths && unsaved.length <= LIMITS.unsaved && texts.length <= LIMITS.texts;

/** A drop in as many parts as one call may carry each, in its order. */
export function partsOf(things: Dropped): readonly Dropped[] {
  const { paths, unsaved, texts } = things;
  if (paths.length + unsaved.length + texts.length === 0) return [];
  if (goesAtOnce(things)) return [things];
  const nothing = { paths: [], unsaved: [], texts: [] };
  return [
    ...chunked(paths, LIMITS.paths).map((some) => ({ ...nothing, paths: some })),
    ...chunked(unsaved, LIMITS.unsaved).map((some) => ({ ...nothing, unsaved: some })),
    ...chunked(texts, LIMITS.texts).map((some) => ({ ...nothing, texts: some })),
  ];
}

const chunked = <T>(things: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(things.length / most) }, (_, part) => things.slice(part * most, (part + 1) * most));
