import { beforeAll, describe, expect, it } from 'vitest';
import { openItems } from '../../../../domain/catalogue/items.ts';
import { decide } from '../../../../domain/eligibility/decide.ts';
import { evaluate } from '../../../../domain/eligibility/evaluate.ts';
import { planFor } from '../../../../domain/eligibility/plan.ts';
import { situationOf } from '../../../../domain/eligibility/situation.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { type PolicyPack, parsePolicyPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../../../policies/shanxi/pack.ts';
import { mustBeMet } from '../../../properties/coverage.ts';
import { type Case, caseAt } from '../../../properties/generated-household.ts';
import { otherPack } from '../../../properties/packs.ts';
import { type Paths, realPaths } from '../../../properties/paths.ts';
import { type PropertyName, propertyNames, violationsOf } from '../../../properties/properties.ts';
import { reportOf, summed } from '../../../properties/report.ts';
import { runPart, type Tally } from '../../../properties/run.ts';
import { isSame } from '../../../properties/same.ts';
import { smallest, toldOf } from '../../../properties/smallest.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 180_000 };
const households = 20_000;
const nothing = (): void => undefined;
const counting = { count: nothing };

/** The first household of the seed that breaks a property on these paths; null when none of so many does. */
const firstBroken = (property: PropertyName, paths: Partial<Paths>, upTo = 4_000): Case | null => {
  for (let index = 0; index < upTo; index += 1) {
    const made = caseAt('broken', index);
    const violations = violationsOf(made, { ...realPaths, ...paths }, counting);
    if (violations.some((violation) => violation.property === property)) return made;
  }
  return null;
};

const withParameter = (key: keyof typeof shanxiPackData.parameters, value: unknown): PolicyPack =>
  parsePolicyPack(
    {
      ...shanxiPackData,
      parameters: {
        ...shanxiPackData.parameters,
        [key]: shanxiPackData.parameters[key].map((dated) => ({ ...dated, value })),
      },
    },
    () => true,
  );

describe(`${households} generated households`, patience, () => {
  let tally: Tally;
  beforeAll(() => {
    tally = runPart({ seed: 'unit', households, part: 0, parts: 1 }, realPaths, nothing);
  }, patience.timeout);

  it.each(propertyNames)('all have the property: %s', (name) => {
    expect(tally.first.filter(({ property }) => property === name)).toStrictEqual([]);
    expect(tally.violations[name]).toBe(0);
  });

  it('meet every tier, every line and every flaw', () => {
    expect(mustBeMet.filter((what) => tally.counts[what] === undefined)).toStrictEqual([]);
    const { measures } = reportOf(summed([tally]), households, 1);
    expect(measures.filter(({ holds }) => !holds)).toStrictEqual([]);
  });
});

/** Each check goes red on a fault of the kind it is there for. */
describe('a fault in the rules is found by the property', patience, () => {
  it('total: when a household has no answer, or an open one without a reason', () => {
    const refusing: Paths['evaluate'] = (household, ...rest) => {
      if (household.members.length > 8) throw new RangeError('too many');
      return evaluate(household, ...rest);
    };
    expect(firstBroken('total', { evaluate: refusing })?.household.members.length).toBeGreaterThan(8);
    const silent: Paths['evaluate'] = (...asked) => {
      const evaluation = evaluate(...asked);
      return { ...evaluation, tests: evaluation.tests.filter(({ code }) => code !== 'mla.grace') };
    };
    expect(firstBroken('total', { evaluate: silent })).not.toBeNull();
  });

  it('deterministic: when the fact told last wins, whatever its day', () => {
    const lastTold = (household: Household): Household => ({
      ...household,
      facts: [...new Map(household.facts.map((fact) => [`${fact.kind} ${fact.subject}`, fact])).values()],
    });
    const found = firstBroken('deterministic', {
      evaluate: (household, ...rest) => evaluate(lastTold(household), ...rest),
      traceBytes: (household, plan) => realPaths.traceBytes(lastTold(household), plan),
    });
    expect(found).not.toBeNull();
  });

  it('one tier: when a tier is given though a test of it fails, or a payment of another tier is made', () => {
    const generous: Paths['evaluate'] = (...asked) => {
      const evaluation = evaluate(...asked);
      return evaluation.householdTier === 'OTHER_LOW_INCOME'
        ? { ...evaluation, householdTier: 'RIGID_EXPENDITURE' }
        : evaluation;
    };
    expect(firstBroken('one tier', { evaluate: generous })).not.toBeNull();
    const passedOver: Paths['evaluate'] = (...asked) => {
      const evaluation = evaluate(...asked);
      return evaluation.householdTier === 'MARGINAL' ? { ...evaluation, householdTier: 'NONE' } : evaluation;
    };
    expect(firstBroken('one tier', { evaluate: passedOver })).not.toBeNull();
    const paidTwice: Paths['evaluate'] = (...asked) => {
      const evaluation = evaluate(...asked);
      return { ...evaluation, entitlements: [...evaluation.entitlements, ...evaluation.entitlements] };
    };
    expect(firstBroken('one tier', { evaluate: paidTwice })).not.toBeNull();
  });

  it('bulk path agrees: when one `<` is `<=` in it', () => {
    const atMost = withParameter('mla.income_comparison', '<=');
    const found = firstBroken('bulk path agrees', {
      traceBytes: (household, plan) => realPaths.traceBytes(household, planFor(atMost, plan.date)),
    });
    expect(found).not.toBeNull();
  });

  it('replay agrees: when the pack of a version was edited, or the form leaves a fact out', () => {
    const edited = withParameter('extreme-hardship.age_from', 61);
    const packOf: Paths['packOf'] = (version) => (version === edited.version ? edited : realPaths.packOf(version));
    expect(firstBroken('replay agrees', { packOf })).not.toBeNull();
    const lossy: Paths['compactBytes'] = (household, plan) => {
      const facts = household.facts.filter(({ kind }) => kind !== 'monitoring.poverty-return');
      return realPaths.compactBytes({ ...household, facts }, plan);
    };
    expect(firstBroken('replay agrees', { compactBytes: lossy })).not.toBeNull();
  });

  it('more hardship never lowers: when no income at all opens nothing, or an entrant would lose by being poorer', () => {
    const strict: Paths['decide'] = (situation) => {
      const decision = decide(situation);
      return decision.perCapitaMonthlyIncome === 0 ? { ...decision, tier: 'NONE', entitlements: [] } : decision;
    };
    expect(firstBroken('more hardship never lowers', { decide: strict })).not.toBeNull();
    const noFloor = withParameter('mla.floor_at_single_entry', false);
    const floorless: Paths['decide'] = ({ household, plan }) => {
      const situation = situationOf(household, planFor(noFloor, plan.date));
      if (situation === null) throw new RangeError('no standard');
      return decide(situation);
    };
    expect(firstBroken('more hardship never lowers', { decide: floorless }, 12_000)).not.toBeNull();
  });

  it('exclusive items never both: when a pack forgets its exclusions', () => {
    const packs = new Map([shanxiPack, otherPack].map((pack) => [pack, { ...pack, exclusions: [] }]));
    const unexcluded: Paths['openItems'] = (evaluation, household, policy, date) =>
      openItems(evaluation, household, packs.get(policy) ?? policy, date);
    expect(firstBroken('exclusive items never both', { openItems: unexcluded })).not.toBeNull();
  });

  it('smallest change is true: when what opens one tier is said to open the one above', () => {
    const boastful: Paths['smallestChange'] = (evaluation) => {
      const found = realPaths.smallestChange(evaluation);
      return found?.tier === 'MARGINAL' ? { ...found, tier: 'MINIMUM_LIVING_ALLOWANCE' } : found;
    };
    expect(firstBroken('smallest change is true', { smallestChange: boastful })).not.toBeNull();
  });
});

describe('the run over generated households', patience, () => {
  it('makes the same household of a seed and an index every time, and others of others', () => {
    expect(caseAt('1', 7)).toStrictEqual(caseAt('1', 7));
    expect(caseAt('1', 7)).not.toStrictEqual(caseAt('2', 7));
    expect(caseAt('1', 7).household).not.toStrictEqual(caseAt('1', 8).household);
  });

  it('gives each household to one process', () => {
    const parts = [0, 1, 2].map((part) => runPart({ seed: '3', households: 600, part, parts: 3 }, realPaths, nothing));
    expect(parts.map((part) => part.households)).toStrictEqual([250, 250, 100]);
    const whole = runPart({ seed: '3', households: 600, part: 0, parts: 1 }, realPaths, nothing);
    expect(summed(parts)).toStrictEqual(whole);
  });

  it('counts every violation, tells the first of them small and without ids, and does not hold', () => {
    const paths: Paths = {
      ...realPaths,
      evaluate: (household, ...rest) => {
        if (household.facts.some(({ kind }) => kind === 'exit.on')) throw new RangeError('a day of exit');
        return evaluate(household, ...rest);
      },
    };
    const tally = runPart({ seed: '4', households: 300, part: 0, parts: 1 }, paths, nothing);
    expect(tally.violations.total).toBeGreaterThan(tally.first.length);
    const [first] = tally.first;
    expect(first?.what).toBe('it threw RangeError: a day of exit');
    expect([first?.household.members.length, first?.household.facts.length]).toStrictEqual([1, 1]);
    expect(JSON.stringify(tally.first)).not.toMatch(/per_|hh_/u);
    const measures = reportOf(tally, 300, 1).measures.filter(({ holds }) => !holds);
    expect(measures.map(({ name }) => name)).toContain('violations: total');
  });

  it('does not hold when something was never met', () => {
    const tally = runPart({ seed: '5', households: 1, part: 0, parts: 1 }, realPaths, nothing);
    expect(reportOf(tally, 1, 1).measures.filter(({ holds }) => !holds).length).toBeGreaterThan(10);
  });

  it('makes a household smaller only while it still shows the fault', () => {
    const made = caseAt('6', 3);
    const wanted = made.household.facts[2];
    const found = smallest(made, ({ household }) => household.facts.some((fact) => fact === wanted));
    expect(found.household.facts).toStrictEqual([wanted]);
    expect(found.household.members).toHaveLength(1);
    expect(toldOf(found).facts).toHaveLength(1);
  });

  it('takes two values for the same only when they are, in the order of their keys too', () => {
    expect(isSame({ a: [1, null, 'x'] }, { a: [1, null, 'x'] })).toBe(true);
    const pairs: readonly (readonly [unknown, unknown])[] = [
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [{ a: 1 }, { a: 1, b: undefined }],
      [[1], [1, 2]],
      [[], {}],
      [0, -0],
      [null, {}],
      ['1', 1],
    ];
    for (const [one, other] of pairs) expect([isSame(one, other), isSame(other, one)]).toStrictEqual([false, false]);
  });
});
