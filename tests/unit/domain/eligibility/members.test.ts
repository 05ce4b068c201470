import { describe, expect, it } from 'vitest';
import type { TestLine } from '../../../../domain/eligibility/evaluation.ts';
import type { Fact } from '../../../../domain/facts/fact.ts';
import type { FactKind } from '../../../../domain/facts/fact-kinds.ts';
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
  yuan,
} from '../household-builder.ts';

const withFact = (household: Household, kind: FactKind, change: Partial<Fact>): Household => ({
  ...household,
  facts: household.facts.map((fact) => (fact.kind === kind ? { ...fact, ...change } : fact)),
});
const tooOld = { asOf: date('2010-01-01') };
const inputsOf = ({ inputs }: TestLine) => inputs.map(({ name, value }) => [name, value]);

describe('the supporters of a member (D43 articles 4 and 8)', () => {
  const code = 'extreme-hardship.supporters';
  const child: MemberOptions = { relation: 'child', birthDate: date('2015-01-01') };
  const ofChild = (parent: MemberOptions, own: MemberOptions = {}, change?: [FactKind, Partial<Fact>]) => {
    const household = householdOf([parent, { ...child, ...own }]);
    return lineOf(decide(change === undefined ? household : withFact(household, ...change)), code, person(2));
  };
  const earning = { 'income.wages': yuan(20_000) };

  it('are those at home who are surely able, named in the trace, where nobody has assessed it', () => {
    expect(inputsOf(ofChild({ facts: earning }))).toStrictEqual([['supporter.at_home', person(1)]]);
  });

  it('are those of the assessment where there is one, and the trace names nobody else', () => {
    const line = ofChild({ facts: earning }, { facts: { 'supporters.capable': 2 } });
    expect(line).toMatchObject({ result: 'fail', measured: 2, distance: -2, wouldChange: { below: 1 } });
    expect(inputsOf(line)).toStrictEqual([['supporters.capable', 2]]);
  });

  it('are asked of nobody who is able to work, and the trace names none', () => {
    const couple = householdOf([{ facts: earning }, { facts: { 'income.other': 0 } }]);
    const line = lineOf(decide(couple), code, person(1));
    expect(line).toMatchObject({ result: 'not-applicable', threshold: { value: 0 }, measured: null });
    expect(inputsOf(line)).toStrictEqual([]);
  });

  it.each<[string, string, string]>([
    ['the day of being 18', '2008-11-24', 'fail'],
    ['a day short of 18', '2008-11-25', 'unknown'],
    ['a day short of 60', '1966-11-25', 'fail'],
    ['the day of being 60', '1966-11-24', 'unknown'],
  ])('are surely able at working age: on %s', (_when, birthDate, result) => {
    expect(ofChild({ birthDate: date(birthDate), facts: earning }).result).toBe(result);
  });

  it('are not surely able while the certificate that would excuse them is too old to be read', () => {
    const disabled = { ...earning, disability: { category: 'visual', level: 4 } };
    expect(ofChild({ facts: disabled }).result).toBe('fail');
    expect(ofChild({ facts: disabled }, {}, ['disability', tooOld])).toMatchObject({
      result: 'unknown',
      cause: `not-declared supporters.capable of ${person(2)}`,
    });
  });

  it('are unknown when the assessment is too old and nobody at home is surely able', () => {
    const parent = { birthDate: date('1950-01-01'), facts: earning };
    const line = ofChild(parent, { facts: { 'supporters.capable': 0 } }, ['supporters.capable', tooOld]);
    expect(line).toMatchObject({ result: 'unknown', cause: `stale supporters.capable of ${person(2)}` });
    expect(inputsOf(line)).toStrictEqual([]);
  });
});

describe('a ground that is sure', () => {
  const marginal = (facts: Record<string, unknown>, change: [FactKind, Partial<Fact>]) => {
    const household = householdOf([
      { facts: { 'income.wages': yuan(500 * 24) } },
      { facts: { 'income.other': 0, ...facts } },
    ]);
    return decide(withFact(household, ...change));
  };
  const both = { 'disability': { category: 'visual', level: 1 }, 'illness.major': true };
  const code = 'single-person-entry.condition';

  it('decides whatever is unknown beside it, and then nothing is said to be missing (D57 article 8)', () => {
    for (const [kind, measured] of [
      ['disability', 'major illness'],
      ['illness.major', 'visual 1'],
    ] as const) {
      const evaluation = marginal(both, [kind, tooOld]);
      expect(evaluation.status).toBe('decided');
      expect(lineOf(evaluation, code, person(2))).toMatchObject({ result: 'pass', measured, cause: null });
    }
  });

  it('leaves the result unknown when it is none, for each reason, with nothing measured', () => {
    const evaluation = marginal({ ...both, 'illness.major': false }, ['disability', { unit: 'card' }]);
    expect(lineOf(evaluation, code, person(2))).toMatchObject({
      result: 'unknown',
      measured: null,
      wouldChange: null,
      cause: `wrong-unit disability of ${person(2)}`,
    });
    const household = householdOf([{ facts: { 'income.wages': yuan(500 * 12), ...both } }]);
    const stale = withFact(withFact(household, 'disability', tooOld), 'illness.major', tooOld);
    expect(lineOf(decide(stale), code).cause).toBe(
      `stale disability of ${person(1)}; stale illness.major of ${person(1)}`,
    );
    const withoutIllness = withSettings(shanxiPack, { 'single-entry.major_illness': false });
    expect(lineOf(decide(stale, withoutIllness), code).cause).toBe(`stale disability of ${person(1)}`);
  });

  it('is an illness that is so, and not one that is denied', () => {
    const line = lineOf(marginal({ 'illness.major': false }, ['exit.on', {}]), code, person(2));
    expect(line).toMatchObject({ result: 'fail', measured: 'none', cause: null });
    expect(inputsOf(line)).toStrictEqual([['illness.major', false]]);
  });

  it('is, of the capacity to work, each ground there is: age, and a disability that is listed (D43 article 5)', () => {
    const line = (level: number) =>
      lineOf(
        decide(
          householdOf([{ birthDate: date('1950-01-01'), facts: { disability: { category: 'physical', level } } }]),
        ),
        'extreme-hardship.work-capacity',
      );
    expect([line(2).measured, line(3).measured]).toStrictEqual(['aged 76, physical 2', 'aged 76']);
    const kept = householdOf([{ birthDate: date('2009-01-01'), tier: 'EXTREME_HARDSHIP', facts: {} }]);
    expect(lineOf(decide(kept), 'extreme-hardship.work-capacity')).toMatchObject({
      measured: 'minor of 17, already supported',
      inputs: [
        { name: 'age', value: 17 },
        { name: 'tier.present', value: 'EXTREME_HARDSHIP' },
      ],
    });
  });
});

describe('the rating of self-care (D43 articles 21 and 22)', () => {
  const line = (failed: number | undefined) => {
    const facts = { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': failed };
    return lineOf(decide(householdOf([{ birthDate: date('1950-01-01'), facts }])), 'extreme-hardship.self-care');
  };

  it('is told by its grade and how far it is from total loss', () => {
    expect([0, 1, 3, 4, 6].map(line).map(({ measured, distance }) => [measured, distance])).toStrictEqual([
      ['full', 4],
      ['partial', 3],
      ['partial', 1],
      ['total-loss', 0],
      ['total-loss', -2],
    ]);
  });

  it('is unknown while nobody has rated it', () => {
    expect(line(undefined)).toMatchObject({
      result: 'unknown',
      measured: null,
      distance: null,
      threshold: { value: 4 },
      cause: `not-declared self-care.failed of ${person(1)}`,
    });
  });
});

describe('refusals of work (D57 article 34)', () => {
  const code = 'mla.work-refusal';
  const refusing = (refusals: number, member: MemberOptions = {}) =>
    householdOf([
      { facts: { 'income.wages': 0 } },
      { ...member, facts: { 'income.other': 0, 'work.refusals': refusals, ...member.facts } },
    ]);
  const told = (household: Household) => decide(household).tests.filter((line) => line.code === code);

  it('cut nothing below three, and the whole share of the one who refuses from three on', () => {
    expect([2, 3, 4].map((count) => monthlyTotal(decide(refusing(count))))).toStrictEqual([99_200, 49_600, 49_600]);
    const alone = decide(householdOf([{ facts: { 'income.wages': 0, 'work.refusals': 3 } }]));
    expect(alone).toMatchObject({ householdTier: 'MINIMUM_LIVING_ALLOWANCE', entitlements: [] });
    expect(told(refusing(2))).toMatchObject([
      {
        result: 'pass',
        measured: 2,
        distance: 1,
        wouldChange: { name: 'work.refusals', atLeast: 3 },
        subject: person(2),
      },
    ]);
  });

  it.each<[string, MemberOptions, number]>([
    ['a day short of 18', { birthDate: date('2008-11-25') }, 0],
    ['the day of being 18', { birthDate: date('2008-11-24') }, 1],
    ['a day short of 60', { birthDate: date('1966-11-25') }, 1],
    ['the day of being 60', { birthDate: date('1966-11-24') }, 0],
    ['a listed disability', { facts: { disability: { category: 'visual', level: 1 } } }, 0],
    ['a disability that is not listed', { facts: { disability: { category: 'visual', level: 4 } } }, 1],
  ])('are asked of who is able to work only: %s', (_who, member, lines) => {
    expect(told(refusing(3, member))).toHaveLength(lines);
  });

  it('are asked within the ages of the pack, though one older is able to work as well', () => {
    const pack = withSettings(shanxiPack, { 'work_refusal.age_below': 50 });
    const lines = (birthDate: string) =>
      decide(refusing(3, { birthDate: date(birthDate) }), pack).tests.filter((line) => line.code === code);
    expect([lines('1976-11-25').length, lines('1976-11-24').length]).toStrictEqual([1, 0]);
  });

  it('are not asked of who may lack the capacity to work', () => {
    const member = { facts: { disability: { category: 'visual', level: 1 } } };
    expect(told(withFact(refusing(3, member), 'disability', tooOld))).toStrictEqual([]);
  });

  it('are asked of nobody of whom none is on file', () => {
    expect(told(householdOf([{ facts: { 'income.wages': 0 } }]))).toStrictEqual([]);
  });
});

describe('the grace period (D22 1(3))', () => {
  const code = 'mla.grace';
  const since = (...starts: readonly (string | undefined)[]): Household => ({
    ...householdOf(
      starts.map((start) => ({ facts: { 'income.wages': yuan(9_000), 'employment.started-on': start } })),
      { facts: { 'allowance.paid': yuan(300) } },
    ),
    tier: 'MINIMUM_LIVING_ALLOWANCE',
  });
  const told = (household: Household) => decide(household).tests.filter((line) => line.code === code);

  it('counts from the newest start in the household, whoever it is', () => {
    for (const starts of [
      ['2026-06-24', '2026-09-24'],
      ['2026-09-24', '2026-06-24'],
    ]) {
      expect(told(since(...starts))).toMatchObject([{ result: 'pass', measured: 2, distance: 4 }]);
    }
  });

  it('goes on a day short of six months and is over on the day they are full', () => {
    expect(told(since('2026-05-25'))).toMatchObject([{ result: 'pass', measured: 5 }]);
    const [over] = told(since('2026-05-24'));
    expect(over).toMatchObject({ result: 'not-applicable', measured: 6, distance: null, threshold: { value: 6 } });
    expect(over?.inputs.map(({ name }) => name)).toStrictEqual(['employment.started-on']);
  });

  it('does not count from a day to come, and does count from today', () => {
    expect(told(since('2026-11-25'))).toStrictEqual([]);
    expect(told(since('2026-11-24'))).toMatchObject([{ measured: 0 }]);
    expect(told(since('2026-11-25', '2026-09-24'))).toMatchObject([{ measured: 2 }]);
  });

  it('is of a household on the allowance in which somebody took up work, and of no other', () => {
    expect(told(since(undefined))).toStrictEqual([]);
    expect(told({ ...since('2026-09-24'), tier: 'MARGINAL' })).toStrictEqual([]);
  });

  it('keeps what is paid, or the share of it that the pack sets, though income is above the line', () => {
    expect(decide(since('2026-09-24'))).toMatchObject({ status: 'decided', householdTier: 'MINIMUM_LIVING_ALLOWANCE' });
    expect(monthlyTotal(decide(since('2026-09-24')))).toBe(yuan(300));
    const half = withSettings(shanxiPack, { 'grace.amount_share': 0.5 });
    expect(monthlyTotal(decide(since('2026-09-24'), half))).toBe(yuan(150));
  });

  it('leaves the amount open while nobody has said what is paid, and still keeps the tier', () => {
    const evaluation = decide(withFact(since('2026-09-24'), 'allowance.paid', tooOld));
    expect(evaluation).toMatchObject({
      status: 'cannot-decide',
      householdTier: 'MINIMUM_LIVING_ALLOWANCE',
      entitlements: [],
    });
    expect(lineOf(evaluation, code)).toMatchObject({
      result: 'unknown',
      measured: null,
      threshold: { value: 6 },
      inputs: [{ name: 'employment.started-on' }],
      cause: 'stale allowance.paid',
    });
  });
});

describe('the lists that open no line of income', () => {
  const home = (facts: Record<string, unknown>) =>
    householdOf([{ facts: { 'income.wages': yuan(50_000) } }], { facts });

  it('watch who left the allowance less than two years ago, as the fact says, and nobody else (DN24)', () => {
    const line = (household: Household) => lineOf(decide(household), 'other.exit');
    expect(line(home({ 'exit.on': '2020-01-01' }))).toMatchObject({ result: 'fail', measured: 6, distance: -4 });
    expect(line(home({ 'exit.on': '2026-11-25' }))).toMatchObject({
      result: 'fail',
      measured: null,
      distance: null,
      threshold: { value: 2 },
      inputs: [{ name: 'exit.on' }],
    });
    expect(line(home({}))).toMatchObject({ result: 'fail', measured: null, inputs: [], threshold: { value: 2 } });
    expect(line(withFact(home({ 'exit.on': '2026-01-01' }), 'exit.on', { unit: 'day' }))).toMatchObject({
      result: 'unknown',
      measured: null,
      threshold: { value: 2 },
      cause: 'wrong-unit exit.on',
    });
  });

  it('of poverty return say which kind, or that it is none, or why nobody knows (D39 section 4)', () => {
    const overlay = (household: Household) => {
      const { povertyReturnMonitoring, tests } = decide(household);
      return [povertyReturnMonitoring, ...tests.filter(({ tier }) => tier === 'OVERLAY')];
    };
    const kind = 'monitoring.poverty-return';
    for (const each of ['unstable-ex-poor', 'at-risk', 'sudden-hardship']) {
      expect(overlay(home({ [kind]: each }))).toMatchObject([each, { result: 'pass', measured: each }]);
    }
    expect(overlay(home({ [kind]: 'none' }))).toMatchObject([null, { result: 'fail', measured: null, inputs: [{}] }]);
    expect(overlay(home({}))).toStrictEqual([null]);
    expect(overlay(withFact(home({ [kind]: 'at-risk' }), kind, { unit: 'kind' }))).toMatchObject([
      null,
      { result: 'unknown', inputs: [], cause: `wrong-unit ${kind}` },
    ]);
  });
});
