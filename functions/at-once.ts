/**
 * Does something for each of several, `atOnce` of them at the same time: enough, since it mostly waits for the table, and few enough not to
 * crowd out others. The next is begun when any is done, and the results are in the order of the items. The first failure rejects; what has
 * begun by then goes on to its end, and nothing more is begun.
 */
export const forEachAtOnce = async <Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
  atOnce = 8,
): Promise<Result[]> => {
  const results: Result[] = [];
  const waiting = items.entries();
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (hasFailed) return;
      try {
        results[index] = await act(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
};
