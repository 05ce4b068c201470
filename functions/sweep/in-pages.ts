import type { SweepCounts } from './sweep-counts.ts';

/** Counts a piece of work that was done; work that turned out not to be needed answers false and is not counted. */
export type Attempt = (
  count: Exclude<keyof SweepCounts, 'failed' | 'parked'>,
  work: () => Promise<boolean>,
) => Promise<boolean>;

/** So many items are read at a time. */
export const pageSize = 200;

/** What is handled leaves the list, so the same first page is read until nothing of it could be handled. */
export const inPages = async <Item>(
  read: () => Promise<readonly Item[]>,
  handle: (item: Item) => Promise<boolean>,
): Promise<void> => {
  for (;;) {
    const page = await read();
    let handled = 0;
    for (const item of page) if (await handle(item)) handled += 1;
    if (page.length < pageSize || handled === 0) return;
  }
};

/** Lists read at the same time: enough to be done in seconds, few enough not to crowd out the day's work. */
const listsAtOnce = 8;

/** Does some work for each of many, a few side by side. */
export const someAtOnce = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: listsAtOnce }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
    }),
  );
};
