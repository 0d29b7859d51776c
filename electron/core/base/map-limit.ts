/** Runs `work` for each item, at most `atOnce` at a time. Yields each result as soon as it is ready. */
export function eachLimit<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): readonly Promise<Answer>[] {
  const tasks = items.map((item) => ({ item, ...Promise.withResolvers<Answer>() }));
  // The workers share one iterator, so each item is taken once.
  const rest = tasks.values();
  const worker = async (): Promise<void> => {
    for (const { item, resolve, reject } of rest) await work(item).then(resolve, reject);
  };
  for (let count = 0; count < Math.min(atOnce, items.length); count += 1) void worker();
  return tasks.map(({ promise }) => promise);
}

/** Runs `work` for each item, at most `atOnce` at a time. The results are in the order of the items. */
export const mapLimit = <Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> => Promise.all(eachLimit(items, atOnce, work));
