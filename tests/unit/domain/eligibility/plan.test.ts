import { describe, expect, it } from 'vitest';
import { dateOfDayNumber, dayNumber } from '../../../../domain/dates.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import { numberOf } from '../../../../domain/eligibility/situation.ts';
import { type FactKind, factKindNames } from '../../../../domain/facts/fact-kinds.ts';
import type { Known } from '../../../../domain/facts/readings.ts';
import { DivisionCode } from '../../../../domain/people/divisions.ts';
import type { PolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { withSettings } from '../../../policies/changed-packs.ts';
import { date, decide, householdOf, lineOf, today, yuan } from '../household-builder.ts';

const division = DivisionCode.parse('140105001');
const copyOfPack = (changes: Partial<PolicyPack> = {}): PolicyPack => ({ ...shanxiPack, ...changes });
const laterBy = (days: number) => dateOfDayNumber(dayNumber(today) + days);

describe('after how many days a fact is too old', () => {
  const days = { 'income': 11, 'asset': 22, 'expenditure': 33, 'condition': 44, 'study': 55 };
  const pack = withSettings(shanxiPack, {
    'stale.income_days': days.income,
    'stale.asset_days': days.asset,
    'stale.expenditure_days': days.expenditure,
    'stale.condition_days': days.condition,
    'stale.study_days': days.study,
  });
  const timeless: readonly FactKind[] = ['exit.on', 'employment.started-on'];
  const expected = (kind: FactKind): number => {
    if (timeless.includes(kind)) return Number.POSITIVE_INFINITY;
    if (kind === 'allowance.paid') return days.income;
    if (kind === 'study.stage') return days.study;
    if (kind === 'hospital.stay-self-paid') return days.expenditure;
    const sort = kind.split('.')[0] ?? '';
    return sort in days ? days[sort as keyof typeof days] : days.condition;
  };

  it.each(factKindNames.map((kind, slot) => [kind, slot] as const))('is set by the sort of %s', (kind, slot) => {
    // A copy for each: the plan of one pack is made once, and then only the first of these tests would see it made.
    expect(planFor({ ...pack }, today).staleAfter[slot]).toBe(expected(kind));
  });
});

describe('the plan of a pack for a day', () => {
  it('is one object for one pack and day, and another for another pack or day', () => {
    const pack = copyOfPack();
    const plan = planFor(pack, today);
    expect(planFor(pack, today)).toBe(plan);
    expect(planFor(pack, laterBy(1))).not.toBe(plan);
    expect(planFor(copyOfPack(), today)).not.toBe(plan);
    expect(plan).toMatchObject({ policy: pack, date: today, day: dayNumber(today) });
  });

  it('is kept for 64 days of a pack, and made anew after that, so that a replay of many days does not fill the memory', () => {
    const pack = copyOfPack();
    const plan = planFor(pack, today);
    for (let days = 1; days < 64; days += 1) planFor(pack, laterBy(days));
    expect(planFor(pack, today)).toBe(plan);
    planFor(pack, laterBy(64));
    expect(planFor(pack, today)).not.toBe(plan);
  });

  it('cannot be made without a parameter, and the error names pack, parameter and day', () => {
    const parameters = { ...shanxiPack.parameters, 'marginal.multiple': [] };
    expect(() => planFor(copyOfPack({ parameters }), today)).toThrow(
      new RangeError(`the pack ${shanxiPack.version} has no marginal.multiple on ${today}`),
    );
  });

  it('limits in each tier the assets that the pack limits there, and no others', () => {
    const isCar = ({ tier, asset }: { tier: string; asset: string }) =>
      tier === 'MARGINAL' && asset === 'asset.vehicles';
    const pack = copyOfPack({ propertyLimits: shanxiPack.propertyLimits.filter((series) => !isCar(series)) });
    const evaluation = decide(
      householdOf([{ facts: { 'income.wages': yuan(500 * 12) } }], { facts: { 'asset.vehicles': 1 } }),
      pack,
    );
    expect(evaluation.householdTier).toBe('MARGINAL');
    expect(lineOf(evaluation, 'mla.property.vehicles').result).toBe('fail');
    expect(evaluation.tests.map(({ code }) => code)).not.toContain('marginal.property.vehicles');
    for (const [tier, limits] of Object.entries(planFor(pack, today).limits)) {
      expect(limits.map((limit) => limit.tier)).toStrictEqual(limits.map(() => tier));
      expect(limits).toHaveLength(tier === 'MARGINAL' ? 4 : 5);
    }
  });
});

describe('the standards of a place', () => {
  it('are those of its settlement, with the urban one beside it, looked up once', () => {
    const { placeOf } = planFor(copyOfPack(), today);
    const [rural, urban] = [placeOf(division, 'rural'), placeOf(division, 'urban')];
    expect([rural?.standard.value, rural?.urbanStandard.value]).toStrictEqual([49_600, 62_800]);
    expect([urban?.standard.value, urban?.urbanStandard.value]).toStrictEqual([62_800, 62_800]);
    expect(placeOf(division, 'rural')).toBe(rural);
  });

  it.each(['urban', 'rural'] as const)(
    'are none where the %s one is missing, and a rural case is then undecided',
    (missing) => {
      const standards = shanxiPack.standards.filter(({ settlement }) => settlement !== missing);
      const pack = copyOfPack({ standards });
      expect(planFor(pack, today).placeOf(division, 'rural')).toBeNull();
      const evaluation = decide(householdOf([{ facts: { 'income.wages': 0 } }]), pack);
      expect(evaluation).toStrictEqual({
        policyVersion: shanxiPack.version,
        date: today,
        householdId: evaluation.householdId,
        status: 'cannot-decide',
        householdTier: 'NONE',
        memberTiers: [{ personId: evaluation.memberTiers[0]?.personId, tier: 'NONE' }],
        povertyReturnMonitoring: null,
        perCapitaMonthlyIncome: null,
        entitlements: [],
        tests: [
          {
            code: 'policy.standard',
            tier: 'NONE',
            subject: evaluation.householdId,
            comparison: '>=',
            measured: null,
            unit: 'none',
            inputs: [],
            threshold: null,
            result: 'unknown',
            distance: null,
            citation: `pack ${shanxiPack.version}`,
            wouldChange: null,
            cause: 'not-set standard',
          },
        ],
      });
    },
  );
});

describe('a household that is decided before any tier is tested', () => {
  it('is one before the first day of the pack, which on that day decides', () => {
    const household = householdOf([{ facts: { 'income.wages': 0 } }], { asOf: '2021-06-01' });
    const on = (day: string) => decide(household, shanxiPack, date(day));
    expect(shanxiPack.coversFrom).toBe('2021-07-01');
    expect(on('2021-06-30').tests).toMatchObject([
      { code: 'policy.policy', cause: 'not-set policy', result: 'unknown' },
    ]);
    expect(on('2021-07-01').status).toBe('decided');
  });

  it('is one in which nobody counts, by D57 article 7', () => {
    const evaluation = decide(householdOf([{ notCounted: 'imprisoned' }]));
    expect(evaluation).toMatchObject({ status: 'decided', householdTier: 'NONE' });
    expect(evaluation.tests).toMatchObject([
      { code: 'household.members', citation: 'D57 article 7', result: 'fail', cause: null },
    ]);
  });
});

describe('the number of a fact', () => {
  it('is its value, and nothing when that is no number', () => {
    const known = (value: unknown) => ({ fact: { value } }) as Known;
    expect([numberOf(known(7)), numberOf(known(true)), numberOf(known('7'))]).toStrictEqual([7, 0, 0]);
  });
});
