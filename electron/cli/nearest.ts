import { foldText } from '../contract/recipe-search.ts';

/** Letters of a name that are compared. */
const LONGEST = 80;

/** The name that was most likely meant: the nearest one, with a third of its letters wrong at most. Null: none is near. */
export function nearest(given: string, names: readonly string[]): string | null {
  const wanted = folded(given);
  const found = names
    .map((name) => ({ name, distance: distanceOf(wanted, folded(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.min(wanted.length, name.length) / 3)))
    .sort((one, other) => one.distance - other.distance);
  return found[0]?.name ?? null;
}

/** `image_type`, `imageType` and `Image type` are alike. */
const folded = (name: string): string => foldText(name.slice(0, LONGEST)).replaceAll(/[\s_-]+/g, '');

/** The number of letters to add, remove, change or swap with their neighbour to make one text of the other. */
function distanceOf(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next.push(
        Math.min(
          (next[column - 1] ?? 0) + 1,
          (last[column] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? Infinity;
}
