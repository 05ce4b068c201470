import { describe, expect, it } from 'vitest';
import { decide as decideSituation } from '../../../../domain/eligibility/decide.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import { situationOf } from '../../../../domain/eligibility/situation.ts';
import type { Fact } from '../../../../domain/facts/fact.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { withSettings } from '../../../policies/changed-packs.ts';
import {
  date,
  decide,
  householdOf,
  lineOf,
  type MemberOptions,
  monthlyTotal,
  person,
  today,
  yuan,
} from '../household-builder.ts';

const rated = { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 0 };
const old: MemberOptions = { relation: 'other', birthDate: date('1950-01-01'), facts: rated };
const stale = (household: Household, kind: Fact['kind']): Household => ({
  ...household,
  facts: household.facts.map((fact) => (fact.kind === kind ? { ...fact, asOf: date('2010-01-01') } : fact)),
});
const onAllowance = (household: Household): Household => ({ ...household, tier: 'MINIMUM_LIVING_ALLOWANCE' });

describe('an unread count of refusals of work (D57 article 34)', () => {
  /** A couple of which one took up work three months ago and the other has refused some, how often nobody can read. */
  const couple = (monthly: number, paid: number) =>
    decide(
      stale(
        onAllowance(
          householdOf(
            [
              { facts: { 'income.wages': monthly * 24, 'employment.started-on': '2026-08-24' } },
              { facts: { 'income.other': 0, 'work.refusals': 5 } },
            ],
            { facts: { 'allowance.paid': paid } },
          ),
        ),
        'work.refusals',
      ),
    );

  it('leaves the amount open where a share might be cut', () => {
    expect(couple(yuan(196), 0)).toMatchObject({ status: 'cannot-decide', entitlements: [] });
    expect(lineOf(couple(yuan(196), 0), 'mla.work-refusal')).toMatchObject({
      result: 'unknown',
      measured: null,
      threshold: { value: 3 },
      cause: `stale work.refusals of ${person(2)}`,
    });
  });

  it('leaves nothing open where the grace period keeps the amount whatever the share (D22 1(3))', () => {
    const evaluation = couple(yuan(196), yuan(700));
    expect(evaluation.status).toBe('decided');
    expect(monthlyTotal(evaluation)).toBe(yuan(700));
  });
});

describe('an unread certificate in a household on the allowance', () => {
  const couple = (monthly: number, paid: number | null) =>
    decide(
      stale(
        onAllowance(
          householdOf(
            [
              { facts: { 'income.wages': monthly * 24, 'employment.started-on': '2026-08-24' } },
              { facts: { 'income.other': 0, 'illness.major': true } },
            ],
            { facts: { 'allowance.paid': paid ?? undefined } },
          ),
        ),
        'illness.major',
      ),
    );

  it('leaves the amount open only where entering alone would give more (D57 article 8: 60 % of 496 yuan)', () => {
    expect(couple(yuan(347.2) - 1, 0).status).toBe('decided');
    expect(couple(yuan(347.2) + 1, 0).status).toBe('cannot-decide');
    expect(couple(yuan(400), yuan(297.6)).status).toBe('decided');
  });
});

describe('something unknown that could change nothing', () => {
  const strict = withSettings(shanxiPack, { 'facts.irrelevant_unknown_blocks': true });
  const rich = (facts: Record<string, unknown>) =>
    decide(householdOf([{ facts: { 'income.wages': yuan(100_000) } }], { facts }), strict).status;

  it('blocks where the pack says so, and a household of which all is known is decided all the same', () => {
    expect([rich({}), rich({ 'asset.vehicles': undefined })]).toStrictEqual(['decided', 'cannot-decide']);
  });
});

describe('members in extreme hardship who are no heads of the household, where the pack says so', () => {
  const apart = withSettings(shanxiPack, { 'members.extreme_hardship_counted': false });

  it('are its heads all the same when there is nobody else', () => {
    const evaluation = decide(householdOf([{ ...old, facts: { ...rated, 'income.other': yuan(1_200) } }]), apart);
    expect(evaluation).toMatchObject({ householdTier: 'EXTREME_HARDSHIP', perCapitaMonthlyIncome: yuan(100) });
    expect(lineOf(evaluation, 'mla.income')).toMatchObject({ result: 'pass', measured: yuan(100) });
  });

  it('leave income and heads to the others', () => {
    const household = householdOf([{ facts: { 'income.wages': yuan(2_400) } }, old]);
    expect(decide(household, apart).perCapitaMonthlyIncome).toBe(yuan(200));
    expect(decide(household).perCapitaMonthlyIncome).toBe(yuan(100));
  });
});

describe("a member's own tier", () => {
  const tiersOf = (household: Household) => {
    const situation = situationOf(household, planFor(shanxiPack, today));
    if (situation === null) throw new Error('the pack has no standard there');
    return decideSituation(situation).memberTiers;
  };
  const dead: MemberOptions = { relation: 'spouse', deceasedOn: date('2026-01-01') };
  const poor: MemberOptions = {
    relation: 'child',
    birthDate: date('1990-01-01'),
    facts: { 'income.wages': yuan(1_200) },
  };

  it('is told of every member in the order of the household, and is none of one who does not count', () => {
    expect(tiersOf(householdOf([dead, poor, old]))).toStrictEqual(['NONE', 'AS_HOUSEHOLD', 'EXTREME_HARDSHIP']);
    expect(tiersOf(householdOf([poor, old, dead]))).toStrictEqual(['AS_HOUSEHOLD', 'EXTREME_HARDSHIP', 'NONE']);
  });
});

describe('a finding', () => {
  const facts = { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 1, 'work.refusals': 3 };
  const members: MemberOptions[] = [
    { facts: { 'income.wages': yuan(6_000), 'work.refusals': 1, 'employment.started-on': '2026-08-24' } },
    { relation: 'spouse', facts: { 'income.other': 0, 'work.refusals': 3 } },
    { relation: 'other', birthDate: date('1950-01-01'), facts },
  ];
  const home = { 'exit.on': '2026-01-01', 'allowance.paid': yuan(100), 'expenditure.medical': 1 };
  const known = onAllowance(householdOf(members, { facts: home }));
  const everythingStale = (household: Household): Household => ({
    ...household,
    facts: household.facts.map((fact) => ({ ...fact, asOf: date('2010-01-01') })),
  });

  it.each<[string, Household]>([
    ['of which all is known', known],
    ['of which nothing is declared', householdOf([{}, old])],
    ['of which all is too old', onAllowance(everythingStale(known))],
    ['whose exit is still to come', householdOf(members, { facts: { ...home, 'exit.on': '2027-01-01' } })],
    [
      'whose grace period is over',
      { ...householdOf([{ facts: { 'employment.started-on': '2026-01-01' } }]), tier: 'MINIMUM_LIVING_ALLOWANCE' },
    ],
  ])(
    'of a household %s has the limit of its line in the trace, which those read who read no trace',
    (_which, household) => {
      const situation = situationOf(household, planFor(shanxiPack, today));
      if (situation === null) throw new Error('the pack has no standard there');
      const limits = decideSituation(situation).findings.map(({ test, limit }) => [test.code, limit]);
      const lines = decide(household).tests.map(({ code, threshold }) => [code, threshold?.value ?? null]);
      expect(limits).toStrictEqual(lines);
    },
  );
});
