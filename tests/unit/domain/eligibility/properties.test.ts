import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDayNumber, dayNumber } from '../../../../domain/dates.ts';
import { evaluate } from '../../../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../../../domain/eligibility/evaluation.ts';
import { reasons } from '../../../../domain/eligibility/explain.ts';
import { householdTiers } from '../../../../domain/eligibility/tiers.ts';
import { Fact } from '../../../../domain/facts/fact.ts';
import type { FactKind } from '../../../../domain/facts/fact-kinds.ts';
import { factKinds } from '../../../../domain/facts/fact-kinds.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { date, decide, monthlyTotal, today } from '../household-builder.ts';
import { anyHouseholds, completeHouseholds } from './households.arbitrary.ts';

const runs = { numRuns: 700 };
const rank = ({ householdTier }: Evaluation): number => householdTiers.indexOf(householdTier);

/** The household with one fact about a subject set to a value, replacing what was said of it before. */
const withFact = (household: Household, kind: FactKind, subject: string, value: unknown): Household => ({
  ...household,
  facts: [
    ...household.facts.filter((fact) => fact.kind !== kind || fact.subject !== subject),
    Fact.parse({
      kind,
      subject,
      value,
      unit: factKinds[kind].unit,
      dataset: 'declaration',
      asOf: '2026-10-01',
      recordedAt: '2026-10-01T00:00:00.000Z',
    }),
  ],
});

const numberIn = (household: Household, kind: FactKind, subject: string): number => {
  const value = household.facts.find((fact) => fact.kind === kind && fact.subject === subject)?.value;
  return typeof value === 'number' ? value : 0;
};

/** A household and the same one in more hardship: one thing about it is worse, all else equal. */
const worsened = completeHouseholds.chain((household) =>
  fc
    .record({
      who: fc.nat(household.members.length - 1),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      what: fc.nat(8),
    })
    .map(({ who, share, what }): [Household, Household] => {
      const person = household.members[who]?.personId ?? '';
      const home = household.householdId;
      const less = (kind: FactKind, subject: string) =>
        withFact(household, kind, subject, Math.floor(numberIn(household, kind, subject) * share));
      const worse = [
        () => less('income.wages', person),
        () => less('income.transfer', person),
        () => less('asset.financial', home),
        () => less('asset.vehicles', home),
        () => less('supporters.capable', person),
        () =>
          withFact(
            household,
            'expenditure.medical',
            home,
            numberIn(household, 'expenditure.medical', home) + Math.floor(share * 5_000_000),
          ),
        () => withFact(household, 'illness.major', person, true),
        () => withFact(household, 'disability', person, { category: 'intellectual', level: 1 }),
        () =>
          withFact(household, 'self-care.failed', person, Math.max(4, numberIn(household, 'self-care.failed', person))),
      ][what];
      return [household, worse?.() ?? household];
    }),
);

describe('the evaluation of any household', () => {
  it('has an answer for every household and date, and the same for the same', () => {
    const dates = fc
      .integer({ min: dayNumber(date('2020-01-01')), max: dayNumber(date('2030-12-31')) })
      .map(dateOfDayNumber);
    fc.assert(
      fc.property(anyHouseholds, dates, (household, on) => {
        const first = evaluate(household, shanxiPack, on);
        expect(evaluate(structuredClone(household), shanxiPack, on)).toStrictEqual(first);
        expect(first.memberTiers).toHaveLength(household.members.length);
        for (const language of ['zh', 'en'] as const) expect(reasons(first, language).length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('does not depend on the order of the facts', () => {
    const shuffled = anyHouseholds.chain((household) =>
      fc
        .shuffledSubarray(household.facts, { minLength: household.facts.length })
        .map((facts) => [household, { ...household, facts }] as const),
    );
    fc.assert(
      fc.property(shuffled, ([household, other]) => {
        expect(decide(other)).toStrictEqual(decide(household));
      }),
      { numRuns: 300 },
    );
  });

  it('finds exactly one tier: all its tests hold, and in each tier above one does not', () => {
    fc.assert(
      fc.property(completeHouseholds, (household) => {
        const evaluation = decide(household);
        expect(evaluation.status).toBe('decided');
        if (evaluation.tests.length === 1) return;
        const failsIn = (tier: string) => evaluation.tests.some((line) => line.tier === tier && line.result === 'fail');
        const found = rank(evaluation);
        expect(householdTiers.slice(0, found).every(failsIn)).toBe(true);
        if (evaluation.householdTier !== 'NONE') expect(failsIn(evaluation.householdTier)).toBe(false);
      }),
      runs,
    );
  });

  it('grants nothing while something that matters is unknown, and explains each unknown', () => {
    fc.assert(
      fc.property(anyHouseholds, (household) => {
        const evaluation = decide(household);
        const unknown = evaluation.tests.filter(({ result }) => result === 'unknown');
        if (evaluation.status === 'cannot-decide') {
          expect(unknown.length).toBeGreaterThan(0);
          expect(evaluation.entitlements).toStrictEqual([]);
        }
        for (const line of unknown) expect([typeof line.cause, line.measured]).toStrictEqual(['string', null]);
      }),
      runs,
    );
  });

  it('is not changed by a missing asset or rating unless it says that it cannot decide', () => {
    const kinds = fc.constantFrom<FactKind>('asset.financial', 'asset.dwellings', 'asset.vehicles', 'self-care.failed');
    fc.assert(
      fc.property(completeHouseholds, kinds, (household, kind) => {
        const without = decide({ ...household, facts: household.facts.filter((fact) => fact.kind !== kind) });
        if (without.status === 'cannot-decide') return;
        const whole = decide(household);
        expect([without.householdTier, without.entitlements]).toStrictEqual([whole.householdTier, whole.entitlements]);
      }),
      runs,
    );
  });

  it('never gives a household in more hardship a lower tier or less money', () => {
    fc.assert(
      fc.property(worsened, ([before, after]) => {
        const [one, other] = [decide(before), decide(after)];
        expect([one.status, other.status]).toStrictEqual(['decided', 'decided']);
        expect(rank(other)).toBeLessThanOrEqual(rank(one));
        expect(monthlyTotal(other)).toBeGreaterThanOrEqual(monthlyTotal(one));
      }),
      { numRuns: 2_000 },
    );
  });

  it('pays an amount above zero for each entitlement, once for each item and person', () => {
    fc.assert(
      fc.property(completeHouseholds, (household) => {
        const { entitlements, memberTiers } = decide(household, shanxiPack, today);
        const keys = entitlements.map(({ item, personId }) => `${item} ${personId}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { amount, personId, item } of entitlements) {
          expect(amount).toBeGreaterThan(0);
          const tier = memberTiers.find((member) => member.personId === personId)?.tier;
          if (item.startsWith('extreme-hardship')) expect(tier).toBe('EXTREME_HARDSHIP');
        }
      }),
      { numRuns: 700 },
    );
  });
});
