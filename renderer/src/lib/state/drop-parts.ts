import { type Dropped, LIMITS, type RunView } from '../contract.ts';

/** Whether the whole drop is within the limits of one call. */
export const goesAtOnce = ({ paths, unsaved, texts }: Dropped): boolean =>
  paths.length <= LIMITS.paths && unsaved.length <= LIMITS.unsaved && texts.length <= LIMITS.texts;

/** Splits a drop into parts within the limits of one call, in order. */
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

/**
 * The names of dropped files that no run was given, because its recipe does not take them. What is on no disk may have got
 * another name, so nothing is said of it.
 */
export function leftOut({ paths }: Dropped, runs: readonly Pick<RunView, 'inputs'>[]): readonly string[] {
  const given = new Set(runs.flatMap(({ inputs }) => inputs.map(({ name }) => name)));
  return paths.map((path) => path.split(/[/\\]/).at(-1) ?? path).filter((name) => !given.has(name));
}
