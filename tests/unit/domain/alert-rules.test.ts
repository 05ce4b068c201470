import { describe, expect, test } from 'vitest';
import { digest } from '../../../adapters/runtime.ts';
import { alertLevels } from '../../../domain/alerts/alert-rule.ts';
import { alertRulesOn } from '../../../domain/alerts/alert-rules-on.ts';
import { whenInWords } from '../../../domain/alerts/alert-words.ts';
import { firedConditions } from '../../../domain/alerts/fired.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import type { HouseholdTier } from '../../../domain/eligibility/tiers.ts';
import { Fact } from '../../../domain/facts/fact.ts';
import type { Household } from '../../../domain/households/household.ts';
import { checkPack } from '../../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { householdOf, type MemberOptions, person, today, yuan } from './household-builder.ts';

type Options = NonNullable<Parameters<typeof householdOf>[1]>;
interface Circumstances {
  readonly member?: MemberOptions;
  readonly home?: Options['facts'];
  readonly standing?: HouseholdTier;
  readonly settlement?: 'urban' | 'rural';
  readonly asOf?: string;
}

const settled = { 'income.wages': yuan(20_000) };
const householdIn = ({ member = {}, home = {}, standing = 'NONE', settlement = 'rural', asOf }: Circumstances) => ({
  ...householdOf([{ ...member, facts: { ...settled, ...member.facts } }], {
    settlement,
    facts: home,
    ...(asOf === undefined ? {} : { asOf }),
  }),
  tier: standing,
});
const firedIn = (household: Household) =>
  firedConditions(digest, evaluate(household, shanxiPack, today), household, shanxiPack, today);
const codesIn = (circumstances: Circumstances): readonly string[] =>
  firedIn(householdIn(circumstances)).map(({ rule }) => rule.code);

type Facts = NonNullable<MemberOptions['facts']>;
const of = (facts: Facts, more: Omit<Circumstances, 'member'> = {}): Circumstances => ({
  member: { facts },
  ...more,
});
const bill = (amount: number): Facts => ({ 'hospital.stay-self-paid': yuan(amount) });
const monitored = { home: { 'monitoring.poverty-return': 'at-risk' } } as const;
const onAid = { standing: 'MARGINAL' } as const;

/** Every rule with a condition: a household just past its threshold, and ones just short of it. */
const cases: Readonly<Record<string, { fires: Circumstances; silent: readonly Circumstances[] }>> = {
  'hospital.bill-very-high': { fires: of(bill(50_000.01)), silent: [of(bill(50_000)), of({})] },
  'hospital.bill-monitored': {
    fires: of(bill(6_000.01), monitored),
    silent: [of(bill(6_000), monitored), of(bill(50_000.01), monitored), of(bill(9_000))],
  },
  'hospital.bill-rural': {
    fires: of(bill(10_000.01)),
    silent: [of(bill(10_000)), of(bill(10_000.01), { settlement: 'urban' }), of(bill(10_000.01), monitored)],
  },
  'medical.share-of-income': {
    fires: { home: { 'expenditure.medical': yuan(8_000.01) } },
    silent: [{ home: { 'expenditure.medical': yuan(8_000) } }, {}],
  },
  'illness.major-outside': {
    fires: of({ 'illness.major': true }),
    silent: [of({ 'illness.major': false }), of({ 'illness.major': true }, onAid)],
  },
  'disability.severe-outside': {
    fires: of({ disability: { category: 'physical', level: 2 } }),
    silent: [of({ disability: { category: 'physical', level: 3 } }), of({})],
  },
  'unemployment.outside': {
    fires: of({ 'work.registered-unemployed': true }),
    silent: [of({ 'work.registered-unemployed': false }), of({ 'work.registered-unemployed': true }, onAid)],
  },
  'schooling.university': {
    fires: of({ 'study.stage': 'university' }, onAid),
    silent: [of({ 'study.stage': 'senior-secondary' }, onAid), of({ 'study.stage': 'university' })],
  },
  'child.without-care': {
    fires: { member: { birthDate: LocalDate.parse('2016-01-01'), facts: { 'child.care': 'orphan' } } },
    silent: [{ member: { birthDate: LocalDate.parse('2016-01-01'), facts: { 'child.care': 'none' } } }],
  },
  'event.sudden': {
    fires: { home: { 'event.kind': 'accident' }, asOf: '2026-10-25' },
    silent: [
      { home: { 'event.kind': 'accident' }, asOf: '2026-10-24' },
      { home: { 'event.kind': 'none' }, asOf: '2026-10-25' },
    ],
  },
  'housing.unsafe': {
    fires: { home: { 'housing.condition': 'unsafe' }, ...onAid },
    silent: [{ home: { 'housing.condition': 'crowded' }, ...onAid }, { home: { 'housing.condition': 'unsafe' } }],
  },
  'poverty-return.outside': { fires: monitored, silent: [{ ...monitored, ...onAid }, {}] },
  'assets.vehicle': {
    fires: { home: { 'asset.vehicles': 1 }, ...onAid },
    silent: [{ home: { 'asset.vehicles': 0 }, ...onAid }, { home: { 'asset.vehicles': 1 } }],
  },
  'assets.dwellings': {
    fires: { home: { 'asset.dwellings': 2 }, ...onAid },
    silent: [{ home: { 'asset.dwellings': 1 }, ...onAid }, { home: { 'asset.dwellings': 2 } }],
  },
  'assets.business': {
    fires: { home: { 'asset.businesses': 1 }, ...onAid },
    silent: [{ home: { 'asset.businesses': 0 }, ...onAid }, { home: { 'asset.businesses': 1 } }],
  },
};

const inForce = alertRulesOn(shanxiPack, today);

describe('the rules for alerts of Shanxi', () => {
  test('each with a condition has a case on both sides of its threshold', () => {
    expect(Object.keys(cases).toSorted()).toEqual(inForce.conditions.map(({ rule }) => rule.code).toSorted());
  });

  test.each(Object.entries(cases))(
    '%s fires just past its threshold and is silent just before it',
    (code, { fires, silent }) => {
      expect(codesIn(fires)).toContain(code);
      for (const each of silent) expect(codesIn(each)).not.toContain(code);
    },
  );

  test('are all assumptions or local settings that say so, in both languages', () => {
    for (const rule of shanxiPack.alertRules) {
      expect(rule.basis, rule.code).not.toBe('statute');
      expect(rule.name.zh).toMatch(/\p{Script=Han}/u);
      const { zh, en } = whenInWords(rule);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test('have a clock for every level, none of them law', () => {
    for (const level of alertLevels) {
      expect(shanxiPack.clocks[`alert.${level}`][0]).toMatchObject({
        basis: 'assumption',
        citation: expect.stringContaining('local setting, no national rule'),
      });
    }
  });
});

describe('what a rule fires on', () => {
  test('is told by kind, dataset and day, about whom, and never by its value', () => {
    const [fired] = firedIn(householdIn(of(bill(50_000.01), { settlement: 'urban' })));
    expect(fired).toMatchObject({
      persons: [person(1)],
      evidence: [{ kind: 'hospital.stay-self-paid', personId: person(1), asOf: '2026-10-01' }],
    });
    expect(JSON.stringify(fired)).not.toContain('5000001');
  });

  const markIn = (rule: string, said: Parameters<typeof householdIn>[0]) =>
    firedIn(householdIn(said)).find(({ rule: { code } }) => code === rule)?.mark;

  test('is the same when the same is told of a later day, and another when it says something else', () => {
    const vehicles = (home: Facts, asOf: string) => markIn('assets.vehicle', { home, asOf, ...onAid });
    const one = vehicles({ 'asset.vehicles': 1 }, '2026-10-01');
    expect(one).toBeDefined();
    expect(vehicles({ 'asset.vehicles': 1 }, '2026-10-20')).toBe(one);
    expect(vehicles({ 'asset.vehicles': 2 }, '2026-10-01')).not.toBe(one);
  });

  test('is another event, and another stay in hospital, when it was on another day', () => {
    const event = (asOf: string) => markIn('event.sudden', { home: { 'event.kind': 'accident' }, asOf });
    expect(event('2026-11-01')).not.toBe(event('2026-11-02'));
    const stay = (asOf: string) => markIn('hospital.bill-very-high', { ...of(bill(60_000)), asOf });
    expect(stay('2026-04-01')).not.toBe(stay('2026-10-01'));
  });

  describe('of several bills', () => {
    const evidenceBy = (rule: string, bills: readonly (readonly [number, string])[]) => {
      const household = householdIn({ ...of(bill(1)), asOf: '2025-01-01' });
      const [first] = household.facts.filter(({ kind }) => kind === 'hospital.stay-self-paid');
      if (first === undefined) throw new Error('there is a bill');
      const facts = bills.map(([amount, asOf]) =>
        Fact.parse({ ...first, asOf, value: yuan(amount), recordedAt: `${asOf}T00:00:00.000Z` }),
      );
      return firedIn({ ...household, facts: [...household.facts, ...facts] })
        .filter(({ rule: { code } }) => code === rule)
        .flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === first.kind).map(({ asOf }) => asOf));
    };
    const evidenceOf = (...bills: readonly (readonly [number, string])[]) =>
      evidenceBy('hospital.bill-very-high', bills);

    test('a large one of the last thirty days before the newest counts, in whatever order they stand', () => {
      expect(evidenceOf([60_000, '2026-10-01'], [900, '2026-10-31'])).toEqual(['2026-10-01']);
      expect(evidenceOf([900, '2026-10-31'], [60_000, '2026-10-01'])).toEqual(['2026-10-01']);
      expect(evidenceOf([60_000, '2026-10-01'], [900, '2026-11-01'])).toEqual([]);
    });

    test('the larger of a day counts', () => {
      expect(evidenceOf([60_000, '2026-10-01'], [900, '2026-10-01'])).toEqual(['2026-10-01']);
      expect(evidenceOf([60_000, '2026-10-01'], [70_000, '2026-10-01'])).toEqual(['2026-10-01']);
    });

    test('each that fires by itself is told, beside larger ones too', () => {
      const bills = [
        [60_000, '2026-10-02'],
        [900, '2026-10-03'],
        [60_000, '2026-10-04'],
        [20_000, '2026-10-05'],
      ] as const;
      expect(evidenceOf(...bills)).toEqual(['2026-10-02', '2026-10-04']);
      expect(evidenceBy('hospital.bill-rural', bills)).toEqual(['2026-10-05']);
    });

    test('one of a day to come counts for nothing, and one too old to be used neither', () => {
      expect(evidenceOf([60_000, '2026-10-01'], [900, '2027-01-01'])).toEqual(['2026-10-01']);
      expect(evidenceOf([60_000, '2025-11-20'], [900, '2025-11-30'])).toEqual([]);
    });
  });

  test('is nothing while a fact is unknown: a bill of years ago fires nothing', () => {
    expect(codesIn({ ...of(bill(60_000)), asOf: '2020-01-01' })).not.toContain('hospital.bill-very-high');
  });
});

describe('a pack is refused for its rules for alerts', () => {
  const faultsOf = (change: (rules: Record<string, unknown>[]) => void) => {
    const pack = structuredClone(shanxiPack) as unknown as { alertRules: Record<string, unknown>[] };
    change(pack.alertRules);
    return checkPack(pack, knownDivision);
  };
  const withCondition = (condition: string, subject = 'household') =>
    faultsOf((rules) => void rules.push({ ...rules.at(-1), code: 'made-up', when: { subject, condition } }));

  test('when a condition asks for a person in a rule about households, with its column', () => {
    expect(withCondition('person.majorIllness')).toMatchObject([
      {
        message: expect.stringMatching(/^column 1: /u),
        path: ['alertRules', shanxiPack.alertRules.length, 'when', 'condition'],
      },
    ]);
  });

  test('when a choice is misspelt', () => {
    expect(withCondition("standing.tier == 'NOBODY'")[0]?.message).toContain('never "NOBODY"');
  });

  test('when a disposition is none of the four', () => {
    expect(faultsOf((rules) => void Object.assign(rules[0] ?? {}, { suggests: 'ignore' }))[0]?.path).toEqual([
      'alertRules',
      0,
      'suggests',
    ]);
  });

  test('when nothing tells of a decision that may fall, or two rules do', () => {
    const lost = faultsOf((rules) => void rules.splice(0, 1));
    expect(lost).toMatchObject([{ message: 'no rule tells of may-no-longer-qualify: add one' }]);
    const doubled = faultsOf((rules) => void rules.push({ ...rules[0], code: 'made-up' }));
    expect(doubled).toMatchObject([{ message: expect.stringContaining('tells of may-no-longer-qualify already') }]);
  });

  test.each(['person', 'household'])(
    'when an item for a %s asks for the decision that stands, which only alerts may',
    (subject) => {
      const pack = structuredClone(shanxiPack) as unknown as { catalogue: Record<string, unknown>[] };
      const item = pack.catalogue.find((each) => each['subject'] === subject);
      if (item === undefined) throw new Error(`there is no item for a ${subject}`);
      Object.assign(item, { condition: "standing.tier == 'NONE'" });
      expect(checkPack(pack, knownDivision)).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('Unknown variable: standing') }),
      );
    },
  );
});
