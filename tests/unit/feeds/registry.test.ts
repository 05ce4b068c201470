import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { datasets } from '../../../domain/facts/fact.ts';
import { feedOn, feedsOn } from '../../../domain/feeds/feed-definition.ts';
import { faultText } from '../../../domain/policy/pack-fault.ts';
import { checkPack } from '../../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../../policies/divisions/divisions.ts';
import { readPack } from '../../../policies/reading/read-pack.ts';
import { faultsWithLines } from '../../../policies/reading/source.ts';
import { shanxiPack, shanxiPackData } from '../../../policies/shanxi/pack.ts';
import { feedNamed, today } from './feed-files.ts';

const vehicles = shanxiPackData.feeds.find(({ code }) => code === 'vehicles');
if (vehicles === undefined) throw new Error('no vehicles');
const at = `feeds.${shanxiPackData.feeds.length}`;
const faultsWith = (changes: object): string[] => {
  const feed = { ...vehicles, validFrom: '2030-01-01', ...changes };
  return checkPack({ ...shanxiPackData, feeds: [...shanxiPackData.feeds, feed] }, knownDivision).map(faultText);
};
const column = (changes: object) => ({ code: 'extra', heading: '备注', type: 'text', required: false, ...changes });
const trigger = (changes: object) => ({
  ...{ kind: 'asset.vehicles', residence: 'lives', hardship: 'other', basis: 'assumption', citation: 'nobody says so' },
  ...changes,
});

describe('the registry of datasets', () => {
  it('has the fourteen datasets of the plan, each with an owner that exists', () => {
    const feeds = feedsOn(shanxiPack.feeds, today);
    expect(feeds.map(({ code }) => code).toSorted()).toEqual([
      ...['business-registration', 'deaths', 'disability-certificates', 'hard-up-pupils', 'hospital-bills'],
      ...['household-registration', 'housing-fund', 'marriages', 'poverty-return-list', 'real-estate'],
      ...['registered-unemployment', 'social-insurance', 'tax', 'vehicles'],
    ]);
    expect(feeds.every(({ code }) => datasets.includes(code))).toBe(true);
  });

  it('answers nothing for a dataset nobody delivers, or a day before the first entry', () => {
    expect(feedOn(shanxiPack.feeds, 'declaration', today)).toBeNull();
    expect(feedNamed('deaths').asOf).toBe('registered-on');
  });

  it('labels every entry as no rule of Shanxi, with a cadence that says the same unless the law sets it', () => {
    for (const { basis, cadence } of shanxiPack.feeds) {
      expect(basis).toBe('assumption');
      if (cadence.basis === 'statute') expect(cadence.citation).toContain('D22');
    }
  });
});

describe('an entry is refused when the pack loads', () => {
  test.each([
    ['of a department nobody knows', { department: 'police' }, `${at}.department: there is no department police`],
    [
      'that changes a kind of fact nobody knows',
      { changes: [{ what: 'fact', kind: 'asset.boats', column: 'household-vehicles' }] },
      `${at}.changes.0.kind: there is no kind of fact asset.boats`,
    ],
    [
      'that changes by a column it does not have',
      { changes: [{ what: 'fact', kind: 'asset.vehicles', column: 'cars' }] },
      `${at}.changes.0.column: vehicles has no column cars`,
    ],
    [
      'that makes money of a count',
      { changes: [{ what: 'fact', kind: 'asset.financial', column: 'household-vehicles' }] },
      `${at}.changes.0.column: household-vehicles holds a count, but a amount-yuan is needed here`,
    ],
    [
      'whose code means nothing the kind of fact holds',
      {
        columns: [...vehicles.columns, column({ type: 'code', codes: { 有: 'many' } })],
        changes: [{ what: 'fact', kind: 'work.union-member', column: 'extra' }],
      },
      `${at}.changes.0.column: extra may mean many, which is no value of work.union-member`,
    ],
    [
      'whose prospects hang on a number of what is none',
      {
        changes: [{ what: 'fact', kind: 'asset.vehicles', column: 'household-vehicles' }],
        prospect: trigger({ among: ['many'] }),
      },
      `${at}.prospect.kind: vehicles says no choice of asset.vehicles`,
    ],
    [
      'whose prospects hang on a fact that its rows do not change',
      { prospect: trigger({ kind: 'expenditure.medical', from: 1 }) },
      `${at}.prospect.kind: vehicles says no amount or count of expenditure.medical`,
    ],
    [
      'whose prospects hang on a choice there is not',
      {
        columns: [...vehicles.columns, column({ type: 'code', codes: { 小学: 'compulsory' } })],
        changes: [{ what: 'fact', kind: 'study.stage', column: 'extra' }],
        prospect: trigger({ kind: 'study.stage', among: ['compulsory', 'primary'] }),
      },
      `${at}.prospect.kind: primary is no choice of study.stage`,
    ],
    [
      'that does not say where its prospects live',
      {
        columns: [...vehicles.columns, column({ code: 'lives' })],
        prospect: trigger({ from: 1 }),
      },
      `${at}.prospect.residence: lives holds a text, but a division is needed here`,
    ],
    [
      'whose prospects live in a column there is not',
      { prospect: trigger({ from: 1 }) },
      `${at}.prospect.residence: vehicles has no column lives`,
    ],
    ['whose prospects hang on nothing', { prospect: trigger({}) }, `${at}.prospect: needs either from or among`],
    ['with a key of no column', { key: ['plate'] }, `${at}.key.0: vehicles has no column plate`],
    [
      'with a key that may be empty',
      { columns: [...vehicles.columns, column({})], key: ['resident-id', 'extra'] },
      `${at}.key: extra has to be a required column here`,
    ],
    ['that is true as of no day', { asOf: 'name' }, `${at}.asOf: name holds a name, but a date is needed here`],
    [
      'without a resident ID',
      { columns: vehicles.columns.slice(1), key: ['name'] },
      `${at}.columns: exactly one required column holds the resident ID`,
    ],
    [
      'with a heading twice',
      { columns: [...vehicles.columns, column({ heading: '姓名' })] },
      `${at}.columns.4: the heading 姓名 is given twice`,
    ],
    [
      'with codes that are missing',
      { columns: [...vehicles.columns, column({ type: 'code' })] },
      `${at}.columns.4: extra: a column of codes, and no other, lists its codes`,
    ],
    [
      'that takes a code for a death which no word means',
      { changes: [{ what: 'death', column: 'as-of', when: { column: 'household-vehicles', is: 'dead' } }] },
      `${at}.changes.0.when.is: no code of household-vehicles means dead`,
    ],
    ['of a dataset nobody knows', { code: 'boats' }, `${at}.code: `],
    [
      'that begins no later than the one before',
      { validFrom: '2021-07-01' },
      `${at}.validFrom: vehicles: dates must rise`,
    ],
  ])('%s', (_what, changes, expected) => {
    expect(faultsWith(changes)).toContainEqual(expect.stringContaining(expected));
  });

  it('with the file and the line', () => {
    const folder = join(import.meta.dirname, '../../../policies/shanxi');
    const text = readFileSync(join(folder, 'feeds.yaml'), 'utf8').replace('kind: illness.major', 'kind: illness.grave');
    const line = text.split('\n').findIndex((one) => one.includes('illness.grave')) + 1;
    const source = readPack([{ name: 'feeds.yaml', text }]);
    const lines = faultsWithLines(checkPack(source.input, knownDivision), source);
    expect(lines).toContainEqual(
      expect.stringMatching(
        new RegExp(`^feeds\\.yaml:${line}:\\d+ {2}feeds\\.1\\.changes\\.1\\.kind: there is no kind`, 'u'),
      ),
    );
  });
});
