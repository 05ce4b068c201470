import { expect, test } from 'vitest';
import { randomFrom } from '../../../synthetic/random.ts';

const draws = 20_000;

test('the same seed draws the same values, another seed others', () => {
  const valuesOf = (seed: string): number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: 5 }, () => random.integer(0, 999_999));
  };
  expect(valuesOf('a')).toEqual(valuesOf('a'));
  expect(valuesOf('a')).not.toEqual(valuesOf('b'));
  // Pinned: a change of the generator would silently change every synthetic county.
  expect(valuesOf('hearth')).toMatchInlineSnapshot(`
    [
      674079,
      768004,
      583199,
      724817,
      218815,
    ]
  `);
});

test('integers reach both ends of their range and nothing beyond', () => {
  const random = randomFrom('range');
  const drawn = new Set(Array.from({ length: draws }, () => random.integer(3, 7)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6, 7]);
});

test('shares are even: a tenth of them lies in each tenth', () => {
  const random = randomFrom('even');
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    const tenth = Math.floor(random.share() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - draws / 10)).toBeLessThan(4 * Math.sqrt(draws / 10));
});

test('outcomes come by their weights, and one of weight nothing never', () => {
  const random = randomFrom('weights');
  const drawn = Array.from({ length: draws }, () =>
    random.weighted([
      ['often', 3],
      ['never', 0],
      ['seldom', 1],
    ]),
  );
  expect(drawn).not.toContain('never');
  expect(Math.abs(drawn.filter((each) => each === 'often').length / draws - 0.75)).toBeLessThan(0.02);
});

test('nothing can be picked from an empty list', () => {
  const random = randomFrom('empty');
  expect(() => random.pick([])).toThrow(RangeError);
  expect(() => random.weighted([])).toThrow(RangeError);
});
