import { describe, expect, it } from 'vitest';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { decide, householdId, today } from '../household-builder.ts';
import { trace } from './expected-trace.ts';
import { child, cited, family, parent, standard, worker } from './traced-family.ts';

describe('the trace of a decision', () => {
  it.each(trace.map(([what, lines], place) => [what, lines, place] as const))(
    'tells of %s what was measured, from which facts, against which line, by which article, and what would turn it',
    (_what, lines, place) => {
      const before = trace.slice(0, place).reduce((count, [, others]) => count + others.length, 0);
      expect(decide(family).tests.slice(before, before + lines.length)).toStrictEqual(lines);
    },
  );

  it('has these lines in statutory order and no others (D39 section 2)', () => {
    expect(decide(family).tests.map(({ code, subject }) => [code, subject])).toStrictEqual(
      trace.flatMap(([, lines]) => lines.map(({ code, subject }) => [code, subject])),
    );
  });

  it('stands below the decision: tier, own tiers, income a head, and each amount with its article', () => {
    const { tests: _tests, ...decision } = decide(family);
    expect(decision).toStrictEqual({
      policyVersion: shanxiPack.version,
      date: today,
      householdId,
      status: 'decided',
      householdTier: 'MINIMUM_LIVING_ALLOWANCE',
      memberTiers: [
        { personId: worker, tier: 'AS_HOUSEHOLD' },
        { personId: parent, tier: 'EXTREME_HARDSHIP' },
        { personId: child, tier: 'AS_HOUSEHOLD' },
      ],
      povertyReturnMonitoring: 'at-risk',
      perCapitaMonthlyIncome: 18_333,
      entitlements: [
        {
          item: 'extreme-hardship.basic-living',
          personId: parent,
          amount: 64_480,
          period: 'month',
          citation: cited('extreme-hardship.basic_multiple'),
        },
        {
          item: 'extreme-hardship.care',
          personId: parent,
          amount: 30_000,
          period: 'month',
          citation: cited('extreme-hardship.care_partial'),
        },
        {
          item: 'minimum-living-allowance',
          personId: null,
          amount: 70_000,
          period: 'month',
          citation: `D57 article 23; standard: ${standard('rural').citation}`,
        },
      ],
    });
  });
});
