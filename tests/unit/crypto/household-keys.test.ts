import { beforeAll, describe, expect, test } from 'vitest';
import type { Generation } from '../../../adapters/crypto/data-keys.ts';
import {
  everyonesKey,
  type HouseholdKeys,
  KeyDestroyed,
  noKeys,
  onesKey,
  openHouseholdKeys,
  openingKey,
  rewrapped,
  withKeysFor,
  withoutKeyOf,
} from '../../../adapters/crypto/household-keys.ts';
import { newPersonKey, readWrapped, unwrapPersonKey, wrapPersonKey } from '../../../adapters/crypto/person-key.ts';
import { PersonId } from '../../../domain/ids.ts';

const person = (number: number) => PersonId.parse(`per_${number.toString(16).padStart(32, '0')}`);
const [husband, wife, child] = [person(1), person(2), person(3)];
const generation = (number: number): Generation => ({ number, key: Buffer.alloc(32, number) });
const dataKeys = { generation: async (number: number) => generation(number) };
const stored = ({ entries, erased }: HouseholdKeys) => ({ keys: entries.map(({ wrapped }) => wrapped), erased });

describe('a wrapped person key', () => {
  const whose = { householdId: 'hh_1', personId: husband, slot: 1 };
  const key = newPersonKey();

  test('opens into the key, and says whose it is and under which generation', () => {
    const wrapped = wrapPersonKey(generation(300), whose, key);
    expect(wrapped).toHaveLength(80);
    expect(readWrapped(wrapped)).toEqual({ slot: 1, generation: 300, personId: husband });
    expect(unwrapPersonKey(generation(300), 'hh_1', wrapped).equals(key)).toBe(true);
  });

  test('does not open when any bit of it has changed, in another household, or under another generation', () => {
    const wrapped = wrapPersonKey(generation(1), whose, key);
    for (let at = 0; at < wrapped.length; at += 1) {
      for (let bit = 1; bit < 256; bit *= 2) {
        const changed = Buffer.from(wrapped);
        changed[at] = (changed[at] ?? 0) ^ bit;
        expect(() => unwrapPersonKey(generation(1), 'hh_1', changed), `byte ${at}, bit ${bit}`).toThrow();
      }
    }
    expect(() => unwrapPersonKey(generation(1), 'hh_2', wrapped)).toThrow(/authenticate/u);
    expect(() => unwrapPersonKey(generation(2), 'hh_1', wrapped)).toThrow(/authenticate/u);
    for (let length = 0; length < wrapped.length; length += 1) {
      expect(() => unwrapPersonKey(generation(1), 'hh_1', wrapped.subarray(0, length))).toThrow(/Not a person key/u);
    }
  });
});

describe('the keys of a household', () => {
  let keys: HouseholdKeys;
  beforeAll(() => {
    keys = withKeysFor(noKeys('hh_1'), [husband, wife], generation(1));
  });

  test('open again as they were stored', async () => {
    expect(await openHouseholdKeys('hh_1', stored(keys), dataKeys)).toEqual(keys);
  });

  test('are another for each person, and stay when somebody joins', () => {
    const joined = withKeysFor(keys, [husband, wife, child], generation(1));
    expect(joined.entries.slice(0, 2)).toEqual(keys.entries);
    expect(joined.entries.map(({ slot, personId }) => [slot, personId])).toEqual([
      [1, husband],
      [2, wife],
      [3, child],
    ]);
    expect(new Set(joined.entries.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(3);
  });

  test('open what was sealed before somebody joined', () => {
    const before = everyonesKey(keys, 'circumstances');
    const joined = withKeysFor(keys, [child], generation(1));
    expect(openingKey(joined, before.under, 'circumstances').equals(before.key)).toBe(true);
    expect(everyonesKey(joined, 'circumstances').key.equals(before.key)).toBe(false);
  });

  test('give other keys for one, for several, and for each group', () => {
    const made = [
      onesKey(keys, husband, 'identity'),
      onesKey(keys, wife, 'identity'),
      onesKey(keys, husband, 'health'),
      everyonesKey(keys, 'identity'),
      everyonesKey(keys, 'task'),
    ];
    expect(new Set(made.map(({ key }) => key.toString('hex'))).size).toBe(made.length);
  });

  test('without one open nothing that was also about that person, and what is about the others goes on', () => {
    const [jointly, hers, his] = [
      everyonesKey(keys, 'circumstances'),
      onesKey(keys, wife, 'identity'),
      onesKey(keys, husband, 'identity'),
    ];
    const rest = withoutKeyOf(keys, husband);
    expect(() => openingKey(rest, jointly.under, 'circumstances')).toThrow(KeyDestroyed);
    expect(() => openingKey(rest, his.under, 'identity')).toThrow(KeyDestroyed);
    expect(openingKey(rest, hers.under, 'identity').equals(hers.key)).toBe(true);
  });

  test('never give the slot of someone erased to anyone again', () => {
    const rest = withoutKeyOf(keys, wife);
    expect(rest.erased).toEqual([2]);
    expect(withKeysFor(rest, [child], generation(1)).entries.at(-1)?.slot).toBe(3);
  });

  test('in a slot that nobody has or had are a fault, and not somebody erased', () => {
    const asked = () => openingKey(keys, { slots: [1, 9] }, 'circumstances');
    expect(asked).toThrow(/no key in slot 9/u);
    expect(asked).not.toThrow(KeyDestroyed);
  });

  test('that were swapped, doubled, taken over from another household or brought back are refused', async () => {
    const [first, second] = stored(keys).keys;
    if (first === undefined || second === undefined) throw new Error('two keys were made');
    const theirs = withKeysFor(noKeys('hh_2'), [husband, wife], generation(1));
    for (const wrong of [
      { keys: [second, first], erased: [] },
      { keys: [first, first], erased: [] },
      { keys: [first, second], erased: [2] },
      { keys: stored(theirs).keys, erased: [] },
    ]) {
      await expect(openHouseholdKeys('hh_1', wrong, dataKeys)).rejects.toThrow();
    }
  });

  test('are wrapped anew under a new generation and stay the same keys', async () => {
    const renewed = rewrapped(keys, generation(2)) ?? [];
    expect(renewed.map((wrapped) => readWrapped(wrapped).generation)).toEqual([2, 2]);
    const opened = await openHouseholdKeys('hh_1', { keys: renewed, erased: [] }, dataKeys);
    expect(opened.entries.map(({ key }) => key)).toEqual(keys.entries.map(({ key }) => key));
    expect(rewrapped(opened, generation(2))).toBeUndefined();
  });
});
