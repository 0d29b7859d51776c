/** Where the rows of a long list stand, so that only those in sight need to be there. All lengths in pixels. */
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

/** Those that are in sight, and some beyond, so that scrolling never shows an empty place. */
export const rowsInSight = <Item>(
  rows: readonly PlacedRow<Item>[],
  scrollTop: number,
  viewHeight: number,
  beyond = 300,
): readonly PlacedRow<Item>[] =>
  rows.filter(({ top, height }) => top + height > scrollTop - beyond && top < scrollTop + viewHeight + beyond);
