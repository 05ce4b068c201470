import type { HouseholdId } from '../../domain/ids.ts';
import { RecordErased } from '../../domain/store/record-erased.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { type HouseholdKeys, openHouseholdKeys } from '../crypto/household-keys.ts';
import type { ItemsOf } from './gathered-reads.ts';
import { storedKeysIn } from './household-row.ts';
import { householdIn, householdKey } from './keys.ts';
import { getManyItems, type Item } from './reading.ts';
import { type Aggregate, type AggregateKind, fromRow, householdNeeded } from './rows.ts';
import type { Tables } from './tables.ts';

/** Keys that were read with the households of the same page, and are not fetched again for it. */
type KnownKeys = ReadonlyMap<HouseholdId, HouseholdKeys>;
const noneKnown: KnownKeys = new Map();

/**
 * Reads items with the keys they take. Those of persons are fetched anew each time from the rows of their households and kept no
 * longer than the reading lasts, or the work for which a household was opened (open-household.ts): a key that was destroyed opens nothing from that moment on.
 */
export const rowReader = (
  tables: Tables,
  dataKeys: Pick<DataKeys, 'generation'>,
  itemsOf: ItemsOf = (keys) => getManyItems(tables, keys),
) => {
  const keysOf = (householdId: HouseholdId, item: Item): Promise<HouseholdKeys> =>
    openHouseholdKeys(householdId, storedKeysIn(item), dataKeys);

  const fetched = async (ids: readonly HouseholdId[]): Promise<Map<HouseholdId, HouseholdKeys>> => {
    const found = new Map<HouseholdId, HouseholdKeys>();
    for (const item of await itemsOf(ids.map(householdKey))) {
      if (item !== undefined) found.set(householdIn(item), await keysOf(householdIn(item), item));
    }
    return found;
  };

  const several = async <Kind extends AggregateKind>(
    kind: Kind,
    items: readonly Item[],
    known: KnownKeys = noneKnown,
  ): Promise<Aggregate<Kind>[]> => {
    const needed = items.map((item) => householdNeeded(kind, item));
    const missing = new Set(needed.filter((id) => id !== undefined && !known.has(id)));
    const keys = new Map([...known, ...(await fetched([...missing].filter((id) => id !== undefined)))]);
    return Promise.all(
      items.map((item, index) => {
        const id = needed[index];
        return fromRow(kind, item, { dataKeys, household: id === undefined ? undefined : keys.get(id) });
      }),
    );
  };

  /** Several items in their order; undefined for what was about somebody whose key has been destroyed. */
  const asFarAsReadable = async <Kind extends AggregateKind>(
    kind: Kind,
    items: readonly Item[],
    known: KnownKeys = noneKnown,
  ): Promise<(Aggregate<Kind> | undefined)[]> => {
    try {
      return await several(kind, items, known);
    } catch (error) {
      if (!(error instanceof RecordErased)) throw error;
      if (items.length === 1) return [undefined];
      return (await Promise.all(items.map((item) => asFarAsReadable(kind, [item], known)))).flat();
    }
  };

  /** Of several items those that can still be read. */
  const readable = async <Kind extends AggregateKind>(kind: Kind, items: readonly Item[]): Promise<Aggregate<Kind>[]> =>
    (await asFarAsReadable(kind, items)).filter((one) => one !== undefined);

  const one = async <Kind extends AggregateKind>(
    kind: Kind,
    item: Item,
    known?: HouseholdKeys,
  ): Promise<Aggregate<Kind>> => {
    const needed = kind === 'household' ? undefined : householdNeeded(kind, item);
    const household =
      known ??
      (kind === 'household' ? await keysOf(householdIn(item), item) : undefined) ??
      (needed === undefined ? undefined : (await fetched([needed])).get(needed));
    return fromRow(kind, item, { dataKeys, household });
  };

  return { keysOf, fetched, several, asFarAsReadable, readable, one };
};
