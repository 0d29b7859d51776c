/** Positions of the rows of a long list, so that only visible ones are drawn. Lengths in pixels. */
export interface PlacedRow<Item> {
  readonly item: Item;
  readonly top: number;
  readonly height: number;
}

export function placeRows<Item>(
  items: readonly Item[],
  heightOf: (item: Item) => number,
): { readonly rows: readonly PlacedRow<Item>[]; readonly height: number } {
  let top = 0;
  const rows = items.map((item) => {
    const height = heightOf(item);
    const row = { item, top, height };
    top += height;
    return row;
  });
  return { rows, height: top };
}

/** The visible rows and some beyond them, so that scrolling shows no gaps. */
export function rowsInSight<Item>(
  rows: readonly PlacedRow<Item>[],
  scrollTop: number,
  viewHeight: number,
  beyond = 300,
): readonly PlacedRow<Item>[] {
  const first = firstWhere(rows, ({ top, height }) => top + height > scrollTop - beyond);
  const end = firstWhere(rows, ({ top }) => top >= scrollTop + viewHeight + beyond);
  return rows.slice(first, Math.max(first, end));
}

/** The index of the first item for which `isPast` holds, as it must for all later ones; the length if there is none. */
export function firstWhere<Item>(items: readonly Item[], isPast: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && isPast(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
