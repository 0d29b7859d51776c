/** Does `work` for each item, at most `atOnce` at a time; the answers are in the order of the items. */
export async function inOrder<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers = new Map<number, Answer>();
  // The workers share one iterator, so each item is taken once.
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [position, item] of rest) answers.set(position, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return [...answers.entries()].sort(([a], [b]) => a - b).map(([, answer]) => answer);
}
