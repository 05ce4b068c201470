import { describe, expect, it } from 'vitest';
import type { PropertyLimit } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPack } from '../../../../policies/shanxi/pack.ts';
import { withSettings } from '../../../policies/changed-packs.ts';
import { decide, householdOf, lineOf, person, yuan } from '../household-builder.ts';

type Changes = Parameters<typeof withSettings>[1];
const packWith = (changes: Changes) => withSettings(shanxiPack, changes);

/** So many adults, of whom the first has all the income of twelve months, in fen. */
const heads = (count: number, income: number, facts: Record<string, unknown> = {}) =>
  householdOf(
    Array.from({ length: count }, (_, index) => ({ facts: { 'income.wages': index === 0 ? income : 0 } })),
    { facts },
  );

describe('an income line that is no whole number of fen (D57 article 8: a multiple of the standard)', () => {
  // 1.0001 times 49,600 fen are 49,604.96 a month, and for seven heads in twelve months 4,166,816.64.
  const line = (comparison: '<' | '<=', income: number) =>
    lineOf(
      decide(heads(7, income), packWith({ 'marginal.multiple': 1.0001, 'marginal.income_comparison': comparison })),
      'marginal.income',
    );

  it('is shown rounded to the side on which it lies: up where income has to be below, down where it may reach it', () => {
    expect([line('<', 0).threshold?.value, line('<=', 0).threshold?.value]).toStrictEqual([49_605, 49_604]);
  });

  it.each(['<', '<='] as const)('is held against all heads together with %s, nothing rounded', (comparison) => {
    expect(line(comparison, 4_166_816)).toMatchObject({
      comparison,
      result: 'pass',
      measured: 49_604,
      wouldChange: { name: 'per-capita-income', atLeast: 49_605 },
    });
    expect(line(comparison, 4_166_817)).toMatchObject({
      comparison,
      result: 'fail',
      measured: 49_605,
      wouldChange: { name: 'per-capita-income', below: 49_605 },
    });
  });
});

describe('an income line that may be reached', () => {
  const pack = packWith({ 'mla.income_comparison': '<=' });
  const line = (income: number) => lineOf(decide(heads(7, income), pack), 'mla.income');

  it('is passed at the line, and turns a fen above it', () => {
    expect(line(49_600 * 84)).toMatchObject({
      result: 'pass',
      measured: 49_600,
      distance: 0,
      wouldChange: { atLeast: 49_601 },
    });
  });

  it('is shown to be missed by who is above it by less than a fen a head, and not to be reached', () => {
    expect(line(49_600 * 84 + 1)).toMatchObject({
      result: 'fail',
      measured: 49_601,
      distance: -1,
      wouldChange: { below: 49_601 },
    });
  });
});

describe('the ceiling of rigid expenditure (DRE article 4(2))', () => {
  const ceiling = (settlement: 'urban' | 'rural', changes: Changes) => {
    const household = householdOf([{ facts: { 'income.wages': yuan(12_000) } }], { settlement });
    return lineOf(decide(household, packWith(changes)), 'rigid.income');
  };

  it.each([
    ['rural', 'rigid.ceiling.rural'],
    ['urban', 'rigid.ceiling.urban'],
  ] as const)('of a %s household is unknown while the region has set none', (settlement, key) => {
    expect(ceiling(settlement, { [key]: null })).toMatchObject({
      result: 'unknown',
      measured: null,
      distance: null,
      threshold: null,
      inputs: [],
      wouldChange: null,
      cause: `not-set ${key}`,
    });
  });

  it('of a rural household does not rest on the urban figure, nor of an urban one on the choice for rural ones', () => {
    expect(ceiling('rural', { 'rigid.ceiling.urban': null })).toMatchObject({
      result: 'pass',
      threshold: { parameter: 'rigid.ceiling.rural', value: yuan(17_677) },
    });
    for (const choice of ['rural', 'urban']) {
      expect(ceiling('urban', { 'rigid.rural_ceiling': choice }).threshold).toMatchObject({
        parameter: 'rigid.ceiling.urban',
        value: yuan(41_327),
      });
    }
    expect(ceiling('rural', { 'rigid.rural_ceiling': 'urban' }).threshold?.parameter).toBe('rigid.ceiling.urban');
  });

  it('is for twelve months and a head, and may be reached where the pack says so', () => {
    const at = lineOf(
      decide(heads(2, 2 * yuan(17_677)), packWith({ 'rigid.income_comparison': '<=' })),
      'rigid.income',
    );
    expect(at).toMatchObject({
      comparison: '<=',
      unit: 'fen-per-12-months',
      result: 'pass',
      measured: yuan(17_677),
      distance: 0,
      wouldChange: { atLeast: yuan(17_677) + 1 },
    });
  });
});

describe('the ratio of rigid spending (DRE article 4(4))', () => {
  const ratio = (
    facts: { person?: Record<string, unknown>; home?: Record<string, unknown>; asOf?: string },
    changes: Changes = {},
  ) => {
    const { person: own = {}, home = {}, asOf } = facts;
    const members = [
      { facts: { 'income.wages': yuan(12_000) } },
      { facts: own, ...(asOf === undefined ? {} : { asOf }) },
    ];
    return lineOf(decide(householdOf(members, { facts: home }), packWith(changes)), 'rigid.ratio');
  };
  const withoutIncome = { 'income.other': 0 };
  const names = ({ inputs }: ReturnType<typeof ratio>) => inputs.map(({ name, value }) => [name, value]);

  it('of at least a share turns at that share, and of more than a share a fen above it', () => {
    const home = { 'expenditure.medical': yuan(9_600) };
    expect(ratio({ person: withoutIncome, home })).toMatchObject({
      result: 'fail',
      threshold: { value: yuan(9_600) },
      wouldChange: { name: 'rigid-spending', atLeast: yuan(9_600) + 1 },
    });
    expect(ratio({ person: withoutIncome, home }, { 'rigid.ratio_comparison': '>=' })).toMatchObject({
      result: 'pass',
      distance: 0,
      threshold: { value: yuan(9_600) },
      wouldChange: { name: 'rigid-spending', below: yuan(9_600) },
    });
  });

  it('while unset is failed by a household without spending, which no ratio admits', () => {
    const line = ratio({ person: withoutIncome }, { 'rigid.ratio': null });
    expect(line).toMatchObject({ result: 'fail', measured: 0, threshold: null, distance: null, cause: null });
    expect(names(line)).toStrictEqual([
      ['income.wages', yuan(12_000)],
      ['income.other', 0],
      ['spending.total', 0],
      ['income.total', yuan(12_000)],
    ]);
  });

  it('while unset is unknown for a household with spending, for that reason and for spending not declared', () => {
    const home = { 'expenditure.medical': 1 };
    const unset = { 'rigid.ratio': null, 'facts.undeclared_spending': 'unknown' };
    const line = ratio({ person: withoutIncome, home }, unset);
    expect(line).toMatchObject({
      result: 'unknown',
      measured: null,
      threshold: null,
      cause: 'not-set rigid.ratio; not-declared expenditure.education; not-declared expenditure.rehabilitation',
    });
    expect(names(line).slice(0, 2)).toStrictEqual([
      ['expenditure.medical', 1],
      ['income.wages', yuan(12_000)],
    ]);
  });

  it('while spending is open and below the line is unknown, against a line that is known', () => {
    const line = ratio({ person: withoutIncome }, { 'facts.undeclared_spending': 'unknown' });
    expect(line).toMatchObject({
      result: 'unknown',
      measured: null,
      threshold: { value: yuan(9_600) },
      cause:
        'not-declared expenditure.medical; not-declared expenditure.education; not-declared expenditure.rehabilitation',
    });
  });

  it('while income is open and spending above the line is unknown for the income alone', () => {
    const line = ratio({ home: { 'expenditure.medical': yuan(9_601) } }, { 'facts.undeclared_spending': 'unknown' });
    expect(line).toMatchObject({ result: 'unknown', cause: `not-declared income of ${person(2)}` });
  });

  it('takes exempt income in only where the pack says so, with its fact and its sum', () => {
    const facts = { person: { 'income.exempt': yuan(1_000) }, home: { 'expenditure.medical': yuan(10_000) } };
    const counted = ratio(facts, { 'rigid.exempt_in_denominator': true });
    expect(counted).toMatchObject({ result: 'fail', threshold: { value: yuan(10_400) }, cause: null });
    expect(names(counted)).toStrictEqual([
      ['expenditure.medical', yuan(10_000)],
      ['income.wages', yuan(12_000)],
      ['income.exempt', yuan(1_000)],
      ['spending.total', yuan(10_000)],
      ['income.total', yuan(13_000)],
      ['rigid.ratio', 0.8],
    ]);
    const left = ratio(facts);
    expect(left).toMatchObject({ result: 'pass', threshold: { value: yuan(9_600) } });
    expect(names(left)).not.toContainEqual(['income.exempt', yuan(1_000)]);
  });

  it('is unknown while exempt income that counts is too old, and not while nobody has any', () => {
    const stale = {
      person: { 'income.exempt': yuan(1_000) },
      home: { 'expenditure.medical': yuan(10_000) },
      asOf: '2020-01-01',
    };
    expect(ratio(stale, { 'rigid.exempt_in_denominator': true })).toMatchObject({
      result: 'unknown',
      cause: `stale income.exempt of ${person(2)}`,
    });
    expect(ratio(stale).result).toBe('pass');
  });
});

describe('a limit of property (D57 article 14) of another kind than the pack has', () => {
  const limited = (value: Partial<PropertyLimit>) => ({
    ...shanxiPack,
    propertyLimits: shanxiPack.propertyLimits.map((series) => ({
      ...series,
      values: series.values.map((dated) =>
        series.asset === 'asset.financial' || value.metric === undefined
          ? { ...dated, value: { ...dated.value, ...value } }
          : dated,
      ),
    })),
  });
  const line = (code: string, facts: Record<string, unknown>, value: Partial<PropertyLimit>) =>
    lineOf(decide(heads(2, 0, facts), limited(value)), `mla.property.${code}`);

  it('may be in months of the own standard of a rural household, and then is told with that standard', () => {
    const found = line('financial', {}, { metric: 'months-of-own-standard-per-head', limit: 10 });
    expect(found).toMatchObject({ result: 'pass', threshold: { value: 2 * 10 * 49_600, unit: 'fen' } });
    expect(found.inputs.slice(1)).toMatchObject([
      { name: 'members.counted', value: 2 },
      { name: 'mla.standard.rural', value: 49_600 },
      { name: 'property.months_of_standard', value: 10 },
    ]);
  });

  it('may have to be stayed below, and then turns at the limit itself', () => {
    const strict = { comparison: '<' } as const;
    expect(line('dwellings', { 'asset.dwellings': 0 }, strict)).toMatchObject({
      comparison: '<',
      result: 'pass',
      wouldChange: { atLeast: 1 },
    });
    expect(line('dwellings', { 'asset.dwellings': 1 }, strict)).toMatchObject({
      result: 'fail',
      distance: 0,
      wouldChange: { below: 1 },
    });
  });

  it('is unknown while nobody has said what is owned, against a limit that is known', () => {
    expect(lineOf(decide(heads(2, 0, { 'asset.vehicles': undefined })), 'mla.property.vehicles')).toMatchObject({
      result: 'unknown',
      measured: null,
      distance: null,
      threshold: { value: 0 },
      wouldChange: null,
      cause: 'not-declared asset.vehicles',
    });
  });
});
