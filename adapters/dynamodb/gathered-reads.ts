import type { Key } from './keys.ts';
import type { Item } from './reading.ts';

/** Reads items by any number of keys, in their order. */
export type ItemsOf = (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>;

interface Waiting {
  readonly key: Key;
  readonly resolve: (item: Item | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads of one item each that go to the store together: what is asked for in the same turn of the event loop is fetched in as few
 * requests as it takes. A request costs the processor as much as all else that is done for a household.
 */
export const gatheredReads = (itemsOf: ItemsOf): ((key: Key) => Promise<Item | undefined>) => {
  let waiting: Waiting[] = [];
  const fetchWaiting = async (): Promise<void> => {
    const asked = waiting;
    waiting = [];
    try {
      const items = await itemsOf(asked.map(({ key }) => key));
      for (const [index, { resolve }] of asked.entries()) resolve(items[index]);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (key) => {
    const { promise, resolve, reject } = Promise.withResolvers<Item | undefined>();
    waiting.push({ key, resolve, reject });
    if (waiting.length === 1) setImmediate(() => void fetchWaiting());
    return promise;
  };
};
