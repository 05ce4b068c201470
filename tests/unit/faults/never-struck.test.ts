import { describe, expect, test } from 'vitest';
import { neverStruck, untilStruck } from '../../faults/never-struck.ts';

/** A trial whose runs break these promises, one after the other, and how often it was run. */
const trialOf = (...runs: readonly (readonly string[])[]) => {
  let count = 0;
  const run = async () => {
    const violations = runs[Math.min(count, runs.length - 1)] ?? [];
    count += 1;
    return { violations };
  };
  return { run, count: () => count };
};

describe('a trial whose fault never struck', () => {
  test('is run again, and holds when it struck then', async () => {
    const { run, count } = trialOf([neverStruck], []);
    expect(await untilStruck(run)).toEqual({ violations: [] });
    expect(count()).toBe(2);
  });

  test('breaks what it breaks when it has struck', async () => {
    const { run, count } = trialOf([neverStruck], ['a task was opened twice']);
    expect(await untilStruck(run)).toEqual({ violations: ['a task was opened twice'] });
    expect(count()).toBe(2);
  });

  test('is a violation when it does not strike in three runs', async () => {
    const { run, count } = trialOf([neverStruck]);
    expect(await untilStruck(run)).toEqual({ violations: [neverStruck] });
    expect(count()).toBe(3);
  });
});

describe('a trial that is run once', () => {
  test('is one that holds', async () => {
    const { run, count } = trialOf([], ['never seen']);
    expect(await untilStruck(run)).toEqual({ violations: [] });
    expect(count()).toBe(1);
  });

  test('is one that breaks something, also where its fault never struck', async () => {
    const broken = [neverStruck, 'something was lost'];
    const { run, count } = trialOf(broken, []);
    expect(await untilStruck(run)).toEqual({ violations: broken });
    expect(count()).toBe(1);
  });
});
