import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { runClaims } from '../../loop/claims.ts';
import { claim, subjectOf } from '../../support/assistance.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
beforeAll(async () => {
  roster = await startRoster();
});
afterAll(() => roster.stop());

const pairs = shanxiPack.exclusions.map(({ stands, yields }) => [stands, yields] as const);

describe('two items that exclude each other', () => {
  test.each(pairs)('%s keeps out %s, and the other way round', async (one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const subject = await subjectOf(roster, `${first} before ${second}`);
      expect((await claim(roster, first, subject)).ok).toBe(true);
      const refused = await claim(roster, second, subject);
      expect(refused).toMatchObject({ ok: false, problem: 'assistance-duplicate', inTheWay: { item: { code: first } } });
    }
  });

  test.each(pairs)('of %s and %s at the same moment exactly one stands', async (one, other) => {
    const subject = await subjectOf(roster, `${one} beside ${other}`);
    const answers = await Promise.all([claim(roster, one, subject), claim(roster, other, subject)]);
    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).toMatchObject({ problem: 'assistance-duplicate', inTheWay: { item: {}, department: {} } });
  });
});

describe('many claims of one item at once', () => {
  test('leave exactly one standing, and tell the others why', async () => {
    expect(await runClaims(roster, 200)).toEqual({
      ...{ claims: 200, standing: 1, toldWhy: 199 },
      ...{ untold: 0, lost: 0, violations: 0 },
    });
  });
});
