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
