import { describe, expect, test } from 'vitest';
import { newestFacts } from '../../../domain/disclosure/newest-facts.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import { keptOfDataset, mergeFacts } from '../../../domain/facts/merge-facts.ts';

const fact = (changes: object = {}): Fact =>
  Fact.parse({
    kind: 'expenditure.education',
    subject: 'hh_0198f2c0000070008000000000000001',
    value: 100_00,
    unit: 'fen-per-12-months',
    dataset: 'hospital-bills',
    asOf: '2026-01-31',
    recordedAt: '2026-02-01T00:00:00.000Z',
    ...changes,
  });
const declared = fact({ dataset: 'declaration', value: 1 });
const stay = { kind: 'hospital.stay-self-paid', subject: 'per_0198f2c0000070008000000000000001', unit: 'fen' };
const ofMonth = (month: number, changes: object = {}): Fact =>
  fact({ asOf: `2026-0${month}-28`, recordedAt: `2026-0${month}-28T10:00:00.000Z`, value: month * 100, ...changes });

const permutations = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

describe('facts of departments', () => {
  test('lead to the same list in every order, twice, and one by one', () => {
    const given = [
      ofMonth(1),
      ofMonth(2),
      ofMonth(3),
      ofMonth(4),
      // The same day again, sent later, and once more in the very same moment.
      ofMonth(4, { value: 7, recordedAt: '2026-05-02T10:00:00.000Z' }),
      ofMonth(4, { value: 8, recordedAt: '2026-05-02T10:00:00.000Z' }),
    ];
    const all = mergeFacts([declared], given);
    for (const order of permutations(given)) {
      expect(mergeFacts([declared], order)).toEqual(all);
      const oneByOne = order.reduce<readonly Fact[]>((known, each) => mergeFacts(known, [each, each]), [declared]);
      expect(JSON.stringify(oneByOne)).toBe(JSON.stringify(all));
    }
    expect(newestFacts(all)).toEqual([ofMonth(4, { value: 8, recordedAt: '2026-05-02T10:00:00.000Z' })]);
  });

  test('are kept as far as what counts and what was known before', () => {
    const kept = mergeFacts([], [ofMonth(1), ofMonth(2), ofMonth(3), ofMonth(4)]);
    expect(kept).toEqual([ofMonth(2), ofMonth(3), ofMonth(4)]);
    expect(kept).toHaveLength(keptOfDataset);
  });

  test.each([
    ['expenditure.medical', 5_160_000, 5_100_000],
    ['expenditure.medical', 1_000_000, 900_000],
    ['illness.major', true, false],
  ] as const)(
    'of %s keep the larger of a day, %s before %s, however often both are handed in',
    (kind, larger, smaller) => {
      const told = (value: number | boolean, day: number) =>
        fact({
          ...(kind === 'illness.major' ? { ...stay, unit: 'yes-no' } : {}),
          kind,
          value,
          asOf: '2026-02-20',
          recordedAt: `2026-03-0${day}T00:00:00.000Z`,
        });
      const once = mergeFacts([], [told(smaller, 1), told(larger, 1)]);
      expect(once).toEqual([told(larger, 1)]);
      expect(mergeFacts([], [told(larger, 1), told(smaller, 1)])).toEqual(once);
      expect(mergeFacts(once, [told(smaller, 2)])).toBe(once);
    },
  );

  test('of bills keep the larger of a day, and all of the last thirty days', () => {
    const bill = (asOf: string, value: number, day = 1) =>
      fact({ ...stay, asOf, value, recordedAt: `2026-04-0${day}T10:00:00.000Z` });
    const given = [
      bill('2026-01-01', 7),
      bill('2026-03-01', 60_000),
      bill('2026-03-01', 900, 2),
      bill('2026-03-01', 60_000, 2),
      bill('2026-03-10', 1),
      bill('2026-03-31', 3),
    ];
    const kept = [bill('2026-03-01', 60_000, 2), bill('2026-03-10', 1), bill('2026-03-31', 3)];
    for (const order of permutations(given)) {
      const oneByOne = order.reduce<readonly Fact[]>((known, each) => mergeFacts(known, [each, each]), [declared]);
      expect(JSON.stringify(oneByOne)).toBe(JSON.stringify([declared, ...kept]));
    }
    expect(newestFacts(kept)).toEqual([kept[0]]);
    const small = [11, 12, 13, 14].map((day) => bill(`2026-03-${day}`, day));
    expect(mergeFacts([], [...small, ...given])).toEqual([...kept.slice(0, 2), ...small, ...kept.slice(2)]);
    // A day later nobody looks for it any more.
    expect(mergeFacts(kept, [...small, bill('2026-04-01', 1)])).toEqual([
      ...kept.slice(1, 2),
      ...small,
      ...kept.slice(2),
      bill('2026-04-01', 1),
    ]);
  });

  test('leave alone what the household itself has said, however often', () => {
    const own = [declared, fact({ dataset: 'declaration', value: 2 }), declared];
    expect(mergeFacts(own, [ofMonth(1)])).toEqual([...own, ofMonth(1)]);
  });

  test('that are on file already, or are older than all that is kept, change nothing', () => {
    const known = mergeFacts([declared], [ofMonth(2), ofMonth(3), ofMonth(4)]);
    expect(mergeFacts(known, [ofMonth(3)])).toBe(known);
    expect(mergeFacts(known, [ofMonth(1)])).toBe(known);
    expect(mergeFacts(known, [])).toBe(known);
  });

  test('of another dataset, subject or kind do not push each other out', () => {
    const others = [
      ofMonth(1, { dataset: 'tax' }),
      ofMonth(1, { kind: 'expenditure.medical' }),
      ofMonth(1, { subject: 'hh_0198f2c0000070008000000000000002' }),
    ];
    expect(mergeFacts([], [ofMonth(2), ofMonth(3), ofMonth(4), ...others])).toHaveLength(6);
  });
});
