import { describe, expect, test, vi } from 'vitest';
import { deciderFor } from '../../../bench/decider.ts';
import { atShare, median } from '../../../bench/median.ts';
import { fewAndMany } from '../../../bench/rules-counts.ts';
import { completeHouseholds } from '../../../bench/rules-households.ts';
import { inTurns } from '../../../bench/rules-rounds.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';

const date = LocalDate.parse('2026-03-02');

describe('25 and 40 tests', () => {
  test('are exactly that many, of the same households, by packs that differ in their property limits alone', () => {
    const all = completeHouseholds(300, date, deciderFor(shanxiPack, date).evaluation);
    const { households, few, many } = fewAndMany(shanxiPack, date, all);
    expect(households.length).toBeGreaterThan(5);
    for (const household of households) {
      const [less, more] = [few.evaluation(household).tests, many.evaluation(household).tests];
      expect([less.length, more.length]).toEqual([25, 40]);
      const codes = new Set(less.map(({ code }) => code));
      const added = more.filter(({ code }) => !codes.has(code));
      expect(added).toHaveLength(15);
      expect(added.every(({ code }) => code.includes('.property.'))).toBe(true);
    }
  });
});

describe('taking turns', () => {
  const spin = (milliseconds: number) => () => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    return 1;
  };

  test('tells for each contender how long a household takes, in microseconds', async () => {
    const costs = await inTurns(
      [
        { name: 'quick', pass: spin(20) },
        { name: 'slow', pass: spin(40) },
      ],
      10,
      1,
    );
    expect(costs['quick']?.clock).toBeGreaterThanOrEqual(2_000);
    expect(costs['slow']?.clock).toBeGreaterThanOrEqual(4_000);
  });

  test('tells processor time beside the clock, of user and system together', async () => {
    // Other tests run in this process meanwhile and use its processor: what it used is given here.
    const used = vi
      .spyOn(process, 'cpuUsage')
      .mockImplementation((before) => (before === undefined ? { user: 0, system: 0 } : { user: 7_000, system: 500 }));
    try {
      const costs = await inTurns([{ name: 'waits', pass: spin(250) }], 10, 1);
      expect(costs['waits']?.clock).toBeGreaterThanOrEqual(25_000);
      expect(costs['waits']?.processor).toBe(750);
    } finally {
      used.mockRestore();
    }
  });
});

describe('the median', () => {
  test('is the one in the middle, or between the two there', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the figure at a share', () => {
  test('is the least that so many are not above', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect(atShare(twenty, 0.95)).toBe(19);
    expect(atShare(twenty, 0.5)).toBe(10);
    expect(atShare([7], 0.95)).toBe(7);
    expect(() => atShare([], 0.95)).toThrow(RangeError);
  });
});
