import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { barredBy, type Guard, type GuardSide, type GuardSlot } from '../../domain/assistance/guard.ts';
import { AssistanceEntryId } from '../../domain/ids.ts';
import type { GuardChange } from '../../domain/store/roster-store.ts';
import { fingerprint } from '../crypto/fingerprint.ts';
import { guardKey, type Key } from './keys.ts';
import { getItems } from './reading.ts';
import type { Tables } from './tables.ts';

type Update = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Update']>;

/** Who stands in a place of a guard on a side, in its row: a set of entries, and no attribute while there is none. */
const holdersName = (side: GuardSide, slot: GuardSlot): string => `${side}.${slot}`;
const keyOf = (key: Buffer, { of, span }: Guard): Key => guardKey(fingerprint(key, `guard|${of}`), span);

const namesOf = (names: readonly string[], mark: string) =>
  Object.fromEntries(names.map((name, index) => [`#${mark}${index}`, name]));

/** Takes places of a guard for an entry, on the condition that nobody stands on the side that bars it. */
const taking = (tables: Tables, key: Buffer, entryId: AssistanceEntryId, guard: Guard): Update => {
  const mine = guard.slots.map((slot) => holdersName(guard.side, slot));
  const barred = guard.slots.map((slot) => holdersName(barredBy[guard.side], slot));
  return {
    TableName: tables.roster,
    Key: keyOf(key, guard),
    UpdateExpression: `ADD ${mine.map((_, index) => `#m${index} :entry`).join(', ')}`,
    ConditionExpression: barred.map((_, index) => `attribute_not_exists(#b${index})`).join(' AND '),
    ExpressionAttributeNames: { ...namesOf(mine, 'm'), ...namesOf(barred, 'b') },
    ExpressionAttributeValues: { ':entry': new Set([entryId]) },
  };
};

/** Gives places back, on the condition that each names the entry. The last to leave a place takes its attribute along. */
const freeing = (tables: Tables, key: Buffer, entryId: AssistanceEntryId, guard: Guard): Update => {
  const mine = guard.slots.map((slot) => holdersName(guard.side, slot));
  return {
    TableName: tables.roster,
    Key: keyOf(key, guard),
    UpdateExpression: `DELETE ${mine.map((_, index) => `#m${index} :entry`).join(', ')}`,
    ConditionExpression: mine.map((_, index) => `contains(#m${index}, :id)`).join(' AND '),
    ExpressionAttributeNames: namesOf(mine, 'm'),
    ExpressionAttributeValues: { ':entry': new Set([entryId]), ':id': entryId },
  };
};

/** What a change of guards adds to its command. */
export const guardUpdates = (tables: Tables, key: Buffer, { entryId, take, free }: GuardChange): readonly Update[] => [
  ...take.map((guard) => taking(tables, key, entryId, guard)),
  ...free.map((guard) => freeing(tables, key, entryId, guard)),
];

/** The entries that stand where guards are to be taken, each once, in the order of the guards. */
export const readHolders = async (
  tables: Tables,
  key: Buffer,
  guards: readonly Guard[],
): Promise<readonly AssistanceEntryId[]> => {
  const keys = guards.map((guard) => keyOf(key, guard));
  const unlike = keys.filter(({ pk, sk }, at) => keys.findIndex((one) => one.pk === pk && one.sk === sk) === at);
  const rows = await getItems(tables, unlike);
  const found = new Set<AssistanceEntryId>();
  for (const [index, { side, slots }] of guards.entries()) {
    const wanted = keys[index];
    const row = rows[unlike.findIndex(({ pk, sk }) => pk === wanted?.pk && sk === wanted.sk)];
    for (const slot of slots) {
      const holders: unknown = row?.[holdersName(barredBy[side], slot)];
      if (holders instanceof Set) for (const holder of holders) found.add(AssistanceEntryId.parse(holder));
    }
  }
  return [...found];
};
