import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../domain/dates.ts';
import { clockKeys } from '../../domain/deadlines/clock.ts';
import { countedIncome } from '../../domain/facts/counted-income.ts';
import { standardOn } from '../../domain/policy/look-up.ts';
import { parameterKeys } from '../../domain/policy/parameters.ts';
import { assetKinds, checkPack } from '../../domain/policy/policy-pack.ts';
import { counties, knownDivision } from '../../policies/divisions/divisions.ts';
import { keysRead } from '../../policies/reading/keys-read.ts';
import { madeFiles } from '../../policies/reading/made-files.ts';
import { readPackFolder } from '../../policies/reading/read-pack.ts';
import { choiceTopics } from '../../policies/reading/reference.ts';
import { shanxiPack, shanxiPackData } from '../../policies/shanxi/pack.ts';

const root = resolve(import.meta.dirname, '..', '..');
const source = readPackFolder(join(root, 'policies/shanxi'));
const reference = readFileSync(join(root, 'docs/policy-reference.md'), 'utf8');

describe('what is made from the YAML files', () => {
  it.each(madeFiles(root))('$path is as committed; if not, run npm run policy:generate', ({ path, text }) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  it('is the pack the functions load', () => {
    expect(shanxiPackData).toEqual(source.input);
  });

  it('has no fault: the functions read it without looking for any', () => {
    expect(checkPack(shanxiPackData, knownDivision)).toEqual([]);
  });
});

/** The minimum rule seeds of the field reference, each with the parameter or clock that holds it. */
const seeds: Readonly<Record<string, readonly string[]>> = {
  'marginal.multiple': ['marginal.multiple'],
  'rigid.window_months / valid_months': ['rigid.window_months', 'rigid.valid_months'],
  'rigid.ratio': ['rigid.ratio'],
  'mla.total_wd / delegated / special': ['review.total', 'review.total-delegated', 'review.total-special'],
  'mla.county_confirm_wd': ['county-confirmation'],
  'mla.notice_days': ['public-notice'],
  'tekun.investigate_wd / confirm_wd / sample': [
    'extreme-hardship.investigation',
    'extreme-hardship.confirmation',
    'tekun.sample',
  ],
  'tekun.selfcare_report_wd': ['extreme-hardship.self-care-report'],
  'decision.refusal_notice_wd': ['refusal.notice'],
  'grace.max_months': ['grace.max_months'],
  'death.review_max_months': ['death.review_max_months'],
  'work_refusal.count': ['work_refusal.count'],
  'review.stable_months / volatile_months': ['review.stable_months', 'review.volatile_months'],
  'monitoring.identify_days / notice_days': ['monitoring.identification', 'monitoring.notice'],
  'emergency.quick_aid_days / max_months_of_standard': ['emergency.quick-aid', 'emergency.max_months_of_standard'],
  'emergency.first_response_hours': ['emergency.first-response'],
  'referral.accept_wd / result_wd': ['referral.acceptance', 'referral.result'],
  'watchlist.exit_years': ['watchlist.exit_years'],
};

describe('the pack', () => {
  it.each(Object.entries(seeds))('has the rule seed %s', (_seed, keys) => {
    const held: readonly string[] = [...Object.keys(shanxiPack.parameters), ...Object.keys(shanxiPack.clocks)];
    expect(held).toEqual(expect.arrayContaining([...keys]));
  });

  it.each(choiceTopics)('makes each choice the law leaves on "%s" a named value with a labelled default', (topic) => {
    const names = [...source.notes].filter(([, { choice }]) => choice === topic).map(([name]) => name);
    expect(names).not.toEqual([]);
    for (const name of names) {
      const [group, key] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
      const values =
        group === 'propertyLimits'
          ? shanxiPack.propertyLimits.filter(({ asset }) => asset === key).flatMap((limit) => [...limit.values])
          : Object.entries(shanxiPack.parameters).find(([other]) => other === key)?.[1];
      expect(values?.length, name).toBeGreaterThan(0);
    }
  });

  it('names no choice but those of the list, and says what each value means', () => {
    const topics = [...source.notes.values()].flatMap(({ choice }) => (choice === null ? [] : [choice]));
    expect(topics.filter((topic) => !choiceTopics.some((known) => known === topic))).toEqual([]);
    expect([...source.notes.keys()].toSorted()).toEqual(
      [
        ...parameterKeys.map((key) => `parameters.${key}`),
        ...clockKeys.map((key) => `clocks.${key}`),
        ...assetKinds.map((asset) => `propertyLimits.${asset}`),
      ].toSorted(),
    );
  });

  it('has a standard of its own for each of the 117 counties, urban and rural, in each year, labelled an assumption', () => {
    expect(counties()).toHaveLength(117);
    for (const { code } of counties()) {
      for (const settlement of ['urban', 'rural'] as const) {
        for (const year of [2021, 2022, 2023, 2024, 2025, 2026]) {
          const standard = standardOn(shanxiPack, code, settlement, LocalDate.parse(`${year}-07-01`));
          const [first, later] = settlement === 'urban' ? [61_500, 62_800] : [47_150, 49_600];
          expect(standard).toMatchObject({
            division: code,
            value: year === 2021 ? first : later,
            basis: 'assumption',
            validFrom: year === 2021 ? '2021-01-01' : '2022-01-01',
          });
        }
      }
    }
  });

  it('counts the kinds of income that the tests add up', () => {
    expect(shanxiPack.parameters['income.counted'].at(-1)?.value).toEqual(countedIncome);
  });

  it('exempts the basic pension by law until the five-year plan ends, and by assumption from the day after', () => {
    expect(shanxiPack.parameters['basic_pension.exempt']).toMatchObject([
      { validUntil: '2025-12-31', value: true, basis: 'statute' },
      { validFrom: '2026-01-01', value: true, basis: 'assumption' },
    ]);
  });
});

describe('the reference', () => {
  it('names every parameter, clock and document', () => {
    for (const key of [...parameterKeys, ...clockKeys]) expect(reference).toContain(`\`${key}\``);
    for (const [short, title] of source.documents) expect(reference).toContain(`| ${short} | ${title} |`);
  });

  it('says of each parameter whether a rule reads it, found by searching the sources', () => {
    const read = keysRead(root, parameterKeys);
    const [, unread = ''] = reference.split('## Parameters that no rule reads yet');
    const listed = [...unread.matchAll(/- `([^`]+)`/gu)].map(([, key]) => key);
    expect(listed).toEqual(parameterKeys.filter((key) => !read.has(key)));
  });

  it('finds a key the code names, one it makes at run time, and not one that nobody names', () => {
    const unknown = ['rigid.ceiling.nobody.asks', 'property.nobody', 'no.such'];
    const read = keysRead(root, ['marginal.multiple', 'rigid.ceiling.urban', ...unknown]);
    expect([...read].toSorted()).toEqual(['marginal.multiple', 'rigid.ceiling.urban']);
  });
});
