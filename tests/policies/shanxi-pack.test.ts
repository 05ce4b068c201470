import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../domain/dates.ts';
import { clockKeys, extensionReasons } from '../../domain/deadlines/clock.ts';
import { paperKinds } from '../../domain/households/papers.ts';
import { taskKinds } from '../../domain/lifecycles/task.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { clockOn, parameterOn, propertyLimitOn, standardOn, taskClockOn } from '../../domain/policy/look-up.ts';
import { parameterKinds } from '../../domain/policy/parameters.ts';
import { parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { counties, knownDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack, shanxiPackData } from '../../policies/shanxi/pack.ts';

const date = (text: string): LocalDate => LocalDate.parse(text);
const today = date('2026-11-24');
const division = (text: string): DivisionCode => DivisionCode.parse(text);

describe('the Shanxi pack', () => {
  it.each([
    ['marginal.multiple', 1.5, 'statute'],
    ['rigid.window_months', 12, 'statute'],
    ['rigid.valid_months', 12, 'statute'],
    ['rigid.ratio', 0.8, 'assumption'],
    ['tekun.sample', 0.3, 'statute'],
    ['grace.max_months', 6, 'statute'],
    ['death.review_max_months', 3, 'statute'],
    ['work_refusal.count', 3, 'statute'],
    ['review.stable_months', 12, 'statute'],
    ['review.volatile_months', 6, 'statute'],
    ['emergency.max_months_of_standard', 1, 'statute'],
    ['watchlist.exit_years', 2, 'statute'],
  ] as const)('has %s = %s, by %s', (key, value, basis) => {
    expect(parameterOn(shanxiPack, key, today)).toMatchObject({ value, basis });
  });

  it.each([
    ['review.total', 30, 'working-day'],
    ['review.total-delegated', 20, 'working-day'],
    ['review.total-special', 45, 'working-day'],
    ['county-confirmation', 10, 'working-day'],
    ['public-notice', 7, 'calendar-day'],
    ['extreme-hardship.investigation', 15, 'working-day'],
    ['extreme-hardship.confirmation', 15, 'working-day'],
    ['extreme-hardship.self-care-report', 10, 'working-day'],
    ['refusal.notice', 3, 'working-day'],
    ['monitoring.identification', 15, 'calendar-day'],
    ['monitoring.notice', 5, 'calendar-day'],
    ['emergency.quick-aid', 3, 'calendar-day'],
    ['emergency.first-response', 24, 'hour'],
    ['referral.acceptance', 3, 'working-day'],
    ['referral.result', 15, 'working-day'],
  ] as const)('gives %s %i %ss', (key, amount, unit) => {
    expect(clockOn(shanxiPack, key, today)).toMatchObject({ amount, unit });
  });

  it('has a clock for every kind of task, and says where no national rule stands behind it', () => {
    for (const kind of taskKinds) expect(taskClockOn(shanxiPack, kind, today).amount).toBeGreaterThan(0);
    for (const key of clockKeys) {
      const { basis, citation } = clockOn(shanxiPack, key, today);
      if (basis === 'assumption') expect(citation).toMatch(/no national rule|no rule of Shanxi known/u);
    }
  });

  it('uses the provincial mean for every county and says so: 628 and 496 yuan from 2022, 615 and 471.5 before', () => {
    for (const { code } of counties()) {
      expect(standardOn(shanxiPack, code, 'urban', today)).toMatchObject({
        value: 62_800,
        basis: 'assumption',
        division: code,
      });
      expect(standardOn(shanxiPack, code, 'rural', today)?.value).toBe(49_600);
    }
    const standard = standardOn(shanxiPack, division('140105001'), 'rural', date('2021-12-31'));
    expect(standard).toMatchObject({ value: 47_150, validFrom: '2021-01-01' });
    expect(standard?.citation).toContain('the county value is unknown, the provincial mean is used');
    expect(standardOn(shanxiPack, division('140105001'), 'urban', date('2021-12-31'))?.value).toBe(61_500);
  });

  it('has nothing to say on a day before its first value', () => {
    expect(parameterOn(shanxiPack, 'marginal.multiple', date('2021-06-30'))).toBeNull();
    expect(propertyLimitOn(shanxiPack, 'MARGINAL', 'asset.vehicles', date('2021-06-30'))).toBeNull();
    expect(standardOn(shanxiPack, division('14'), 'rural', date('2020-12-31'))).toBeNull();
  });

  it('takes effect on the first day of a value, not the day before', () => {
    expect(parameterOn(shanxiPack, 'rigid.ceiling.urban', date('2023-12-31'))?.value).toBeNull();
    expect(parameterOn(shanxiPack, 'rigid.ceiling.urban', date('2024-01-01'))?.value).toBe(4_132_700);
  });

  it('names its papers and its grounds for extension in both languages, with a citation', () => {
    expect(Object.keys(shanxiPack.papers).toSorted()).toStrictEqual([...paperKinds].toSorted());
    expect(Object.keys(shanxiPack.extensionReasons).toSorted()).toStrictEqual([...extensionReasons].toSorted());
    for (const name of [...Object.values(shanxiPack.papers), ...Object.values(shanxiPack.extensionReasons)]) {
      expect(name.zh).toMatch(/\p{Script=Han}/u);
      expect(name.en).toMatch(/^[a-z]/u);
    }
  });

  it('labels every default nobody has set as an assumption', () => {
    for (const values of Object.values(shanxiPack.parameters)) {
      for (const { basis, citation } of values) {
        if (citation.startsWith('no rule of Shanxi known')) expect(basis).toBe('assumption');
        if (basis === 'statute') expect(citation).toMatch(/D14|D39|D57|D43|DRE|D22|DTA26|DN24/u);
      }
    }
  });
});

type Data = typeof shanxiPackData;
const changed = (change: (pack: Data & Record<string, unknown>) => void): (() => unknown) => {
  const copy: Data & Record<string, unknown> = structuredClone(shanxiPackData);
  change(copy);
  return () => parsePolicyPack(copy, knownDivision);
};
type Loose = Record<string, { validFrom: string; value: unknown; unit: string; citation: string }[]>;
const parametersOf = (pack: Data): Loose => pack.parameters;

describe('a faulty pack is refused as a whole', () => {
  it('when a parameter is missing, unknown or empty', () => {
    expect(changed((pack) => Reflect.deleteProperty(pack.parameters, 'marginal.multiple'))).toThrow(
      'parameters.marginal.multiple',
    );
    expect(
      changed((pack) => {
        parametersOf(pack)['marginal.typo'] = [];
      }),
    ).toThrow('marginal.typo');
    expect(
      changed((pack) => {
        parametersOf(pack)['marginal.multiple'] = [];
      }),
    ).toThrow('no value at all');
  });

  it('when two values begin on one day, or dates fall', () => {
    const first = { validFrom: '2021-07-01', value: 1.6, unit: 'times', basis: 'statute', citation: 'another' };
    expect(changed((pack) => parametersOf(pack)['marginal.multiple']?.push({ ...first }))).toThrow(
      'two values begin on 2021-07-01',
    );
    expect(
      changed((pack) => parametersOf(pack)['marginal.multiple']?.push({ ...first, validFrom: '2020-01-01' })),
    ).toThrow('dates must rise');
  });

  it('when a value begins after the pack does, which leaves a gap', () => {
    const late = (pack: Data) => {
      for (const dated of parametersOf(pack)['marginal.multiple'] ?? []) dated.validFrom = '2022-01-01';
    };
    expect(changed(late)).toThrow('parameters.marginal.multiple: a gap from 2021-07-01 until 2022-01-01');
  });

  it.each([
    ["a unit that is not the parameter's", { unit: 'percent' }, 'expected the unit times'],
    ['a value that is no exact share', { value: 1.123_456 }, 'four decimal places'],
    ['a negative value', { value: -1 }, 'parameters.marginal.multiple'],
    ['no citation', { citation: '' }, 'parameters.marginal.multiple'],
    ['a date that does not exist', { validFrom: '2021-02-30' }, 'no such day'],
    ['a field nobody knows', { note: 'x' }, 'note'],
  ])('when a value has %s', (_what, change, message) => {
    expect(changed((pack) => Object.assign(parametersOf(pack)['marginal.multiple']?.[0] ?? {}, change))).toThrow(
      message,
    );
  });

  it('when a standard is of a division that does not exist, is given twice, or is missing for the region', () => {
    const of = (code: string) =>
      changed((pack) => {
        pack.standards = [...pack.standards, { ...pack.standards[0], division: code } as Data['standards'][number]];
      });
    expect(of('140171')).toThrow('standards.140171: no such division');
    expect(of('14')).toThrow('standards.14.urban: given twice');
    expect(of('140105')).toThrow('standards.140105.urban: given twice');
    expect(of('1401')).not.toThrow();
    expect(
      changed((pack) => {
        pack.standards = pack.standards.slice(1);
      }),
    ).toThrow('standards.14.urban: missing');
  });

  it('when a property limit is missing, given twice, or measured in what does not fit', () => {
    expect(
      changed((pack) => {
        pack.propertyLimits = pack.propertyLimits.slice(1);
      }),
    ).toThrow('asset.financial: missing');
    expect(
      changed((pack) => {
        pack.propertyLimits = [...pack.propertyLimits, ...pack.propertyLimits.slice(0, 1)];
      }),
    ).toThrow('given twice');
    const misfit = (pack: Data) => {
      for (const { values } of pack.propertyLimits) for (const { value } of values) value.metric = 'count';
    };
    expect(changed(misfit)).toThrow('the metric does not fit the asset');
  });

  it('naming every fault at once', () => {
    const parse = changed((pack) => {
      Reflect.deleteProperty(pack.parameters, 'marginal.multiple');
      Reflect.deleteProperty(pack.parameters, 'rigid.ratio');
    });
    expect(parse).toThrow(/marginal\.multiple.*rigid\.ratio/u);
  });

  it('and the standard of a division goes before that of the one around it, on the days on which it has one', () => {
    const [urban, rural] = shanxiPackData.standards.filter((series) => series.division === '14');
    const own = {
      division: '140105',
      settlement: 'rural',
      values: [
        {
          validFrom: '2023-01-01',
          validUntil: '2024-12-31',
          value: 60_000,
          unit: 'fen-per-month',
          basis: 'local-setting',
          citation: 'a county notice',
        },
      ],
    };
    const pack = parsePolicyPack({ ...shanxiPackData, standards: [own, urban, rural] }, knownDivision);
    const fen = (code: string, day: string) => standardOn(pack, division(code), 'rural', date(day))?.value;
    expect(fen('140105001', '2023-01-01')).toBe(60_000);
    expect(fen('140105001', '2024-12-31')).toBe(60_000);
    expect(fen('140105001', '2022-12-31')).toBe(49_600);
    expect(fen('140105001', '2025-01-01')).toBe(49_600);
    expect(fen('140106001', '2024-06-01')).toBe(49_600);
    expect(standardOn(pack, division('140105001'), 'urban', date('2024-06-01'))?.division).toBe('14');
  });

  it('and the townships of Wutai Mountain have the standard of the county that serves them', () => {
    expect(standardOn(shanxiPack, division('140971001'), 'rural', today)?.division).toBe('140922');
  });
});

describe('the list of parameters', () => {
  it('gives each a unit', () => {
    for (const { unit } of Object.values(parameterKinds)) expect(unit).toMatch(/^[a-z0-9-]+$/u);
  });
});
