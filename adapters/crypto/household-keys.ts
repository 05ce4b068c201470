import type { PersonId } from '../../domain/ids.ts';
import type { DataKeys, Generation } from './data-keys.ts';
import { groupKey, type SensitivityGroup } from './derivation.ts';
import type { Under } from './envelope.ts';
import { newPersonKey, readWrapped, unwrapPersonKey, wrapPersonKey } from './person-key.ts';

interface Entry {
  readonly slot: number;
  readonly personId: PersonId;
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** The keys of everybody a household knows, in the order of their slots, and the slots of those whose keys were destroyed. */
export interface HouseholdKeys {
  readonly householdId: string;
  readonly entries: readonly Entry[];
  readonly erased: readonly number[];
}

/** An envelope is under the key of a person that has been destroyed. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}

const mostSlots = 255;

export const noKeys = (householdId: string): HouseholdKeys => ({ householdId, entries: [], erased: [] });

/** Unwraps the keys of a household as they are stored. Throws when one of them was tampered with or a slot is there twice. */
export const openHouseholdKeys = async (
  householdId: string,
  stored: { readonly keys: readonly Uint8Array[]; readonly erased: readonly number[] },
  dataKeys: Pick<DataKeys, 'generation'>,
): Promise<HouseholdKeys> => {
  const entries: Entry[] = [];
  for (const wrapped of stored.keys) {
    const { slot, generation, personId } = readWrapped(wrapped);
    const last = entries.at(-1)?.slot ?? 0;
    if (slot <= last || stored.erased.includes(slot)) throw new Error(`Slot ${slot} of ${householdId} is out of place`);
    const key = unwrapPersonKey(await dataKeys.generation(generation), householdId, wrapped);
    entries.push({ slot, personId, key, wrapped });
  }
  return { householdId, entries, erased: stored.erased };
};

/** The keys with one for each of these people: new ones where they have none yet, wrapped under the newest generation. */
export const withKeysFor = (keys: HouseholdKeys, personIds: readonly PersonId[], newest: Generation): HouseholdKeys => {
  const entries = [...keys.entries];
  for (const personId of new Set(personIds)) {
    if (entries.some((entry) => entry.personId === personId)) continue;
    const slot = Math.max(0, ...entries.map((entry) => entry.slot), ...keys.erased) + 1;
    if (slot > mostSlots) throw new Error(`${keys.householdId} has had more than ${mostSlots} people`);
    const key = newPersonKey();
    entries.push({
      slot,
      personId,
      key,
      wrapped: wrapPersonKey(newest, { householdId: keys.householdId, personId, slot }, key),
    });
  }
  return { ...keys, entries };
};

/** The keys without those of a person; the slot stays taken, so that what lay under it is known to be gone. */
export const withoutKeyOf = (keys: HouseholdKeys, personId: PersonId): HouseholdKeys => ({
  ...keys,
  entries: keys.entries.filter((entry) => entry.personId !== personId),
  erased: [...keys.erased, ...keys.entries.filter((entry) => entry.personId === personId).map(({ slot }) => slot)].sort(
    (one, other) => one - other,
  ),
});

/** The same keys, those of older generations wrapped anew under the newest; undefined when there are none. */
export const rewrapped = (keys: HouseholdKeys, newest: Generation): readonly Uint8Array[] | undefined => {
  const isOld = ({ wrapped }: Entry): boolean => readWrapped(wrapped).generation < newest.number;
  if (!keys.entries.some(isOld)) return undefined;
  return keys.entries.map((entry) =>
    isOld(entry) ? wrapPersonKey(newest, { ...entry, householdId: keys.householdId }, entry.key) : entry.wrapped,
  );
};

/** The person in a slot; undefined when nobody is or is any longer. */
export const personIn = (keys: HouseholdKeys, slot: number): PersonId | undefined =>
  keys.entries.find((entry) => entry.slot === slot)?.personId;

/** Keys of groups that were derived before from the keys of a household: most of what is opened of it lies under the same. */
const derived = new WeakMap<HouseholdKeys, Map<string, Buffer>>();

const keyUnder = (keys: HouseholdKeys, slots: readonly number[], group: SensitivityGroup): Buffer => {
  const known = derived.get(keys) ?? new Map<string, Buffer>();
  derived.set(keys, known);
  const name = `${group} ${slots.join(' ')}`;
  const key = known.get(name) ?? derivedKey(keys, slots, group);
  known.set(name, key);
  return key;
};

const derivedKey = (keys: HouseholdKeys, slots: readonly number[], group: SensitivityGroup): Buffer => {
  const material = slots.map((slot) => {
    if (keys.erased.includes(slot))
      throw new KeyDestroyed(`The key in slot ${slot} of ${keys.householdId} was destroyed`);
    const entry = keys.entries.find((each) => each.slot === slot);
    if (entry === undefined) throw new Error(`${keys.householdId} has no key in slot ${slot}`);
    return entry.key;
  });
  return groupKey('persons', material, group);
};

/** Under what something about everybody of a household is sealed, and with which key. */
export const everyonesKey = (keys: HouseholdKeys, group: SensitivityGroup): { under: Under; key: Buffer } => {
  const slots = keys.entries.map(({ slot }) => slot);
  if (slots.length === 0) throw new Error(`${keys.householdId} has nobody whose key could seal anything`);
  return { under: { slots }, key: keyUnder(keys, slots, group) };
};

/** Under what something about one person is sealed, and with which key. */
export const onesKey = (
  keys: HouseholdKeys,
  personId: PersonId,
  group: SensitivityGroup,
): { under: Under; key: Buffer } => {
  const slot = keys.entries.find((entry) => entry.personId === personId)?.slot;
  if (slot === undefined) throw new Error(`${personId} has no key in ${keys.householdId}`);
  return { under: { slots: [slot] }, key: keyUnder(keys, [slot], group) };
};

/** The key of an envelope that lies under person keys. Throws `KeyDestroyed` when one of them is no more. */
export const openingKey = (keys: HouseholdKeys, under: Under, group: SensitivityGroup): Buffer => {
  if (!('slots' in under)) throw new Error('An envelope about people lies under no key of theirs');
  return keyUnder(keys, under.slots, group);
};
