import type { ChainId } from '../../domain/audit/block.ts';
import type { StoredItem } from '../../domain/audit/stored-item.ts';
import type { Chainer } from './chainer.ts';

/** An audit entry as it came over the stream. Reading it may fail, and then only this entry has failed. */
export interface EntryRecord {
  readonly sequenceNumber: string;
  readonly entry: () => { chain: ChainId; item: StoredItem };
}

/**
 * Chains a batch of the stream: one block for each division and day in it. Entries that are chained already are left alone, so that a
 * batch may come again, split, or in another order. Records that failed are named, and the stream gives them again.
 */
export const chainBatch = async (
  chainer: Chainer,
  records: readonly EntryRecord[],
  onFailure: (error: unknown, sequenceNumbers: readonly string[]) => void,
): Promise<{ itemIdentifier: string }[]> => {
  const failed: string[] = [];
  const attempt = async (sequenceNumbers: readonly string[], work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onFailure(error, sequenceNumbers);
      failed.push(...sequenceNumbers);
    }
  };
  const groups = new Map<string, { chain: ChainId; items: StoredItem[]; sequenceNumbers: string[] }>();
  for (const { sequenceNumber, entry } of records) {
    await attempt([sequenceNumber], () => {
      const { chain, item } = entry();
      const name = `${chain.division}#${chain.day}`;
      const group = groups.get(name) ?? { chain, items: [], sequenceNumbers: [] };
      group.items.push(item);
      group.sequenceNumbers.push(sequenceNumber);
      groups.set(name, group);
    });
  }
  // One after the other within a division, since its chains follow each other; divisions side by side.
  const divisions = Map.groupBy(groups.values(), ({ chain }) => chain.division);
  await Promise.all(
    [...divisions.values()].map(async (ofDivision) => {
      for (const { chain, items, sequenceNumbers } of ofDivision)
        await attempt(sequenceNumbers, async () => {
          await chainer.chain(chain, items);
        });
    }),
  );
  return failed.map((itemIdentifier) => ({ itemIdentifier }));
};
