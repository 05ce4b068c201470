import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../domain/dates.ts';
import { diffPacks } from '../../domain/policy/diff-packs.ts';
import { clockOn, parameterOn, standardOn } from '../../domain/policy/look-up.ts';
import type { PackFault } from '../../domain/policy/pack-fault.ts';
import { applyDraft, PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { counties, knownDivision } from '../../policies/divisions/divisions.ts';
import { readDraft, readDraftFile } from '../../policies/reading/read-draft.ts';
import { faultsWithLines } from '../../policies/reading/source.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';

const date = (text: string): LocalDate => LocalDate.parse(text);
const value = (validFrom: string, content: unknown, unit: string) => ({
  validFrom,
  value: content,
  unit,
  basis: 'local-setting',
  citation: 'a notice of the province',
});
const draftOf = (changes: Record<string, unknown>, head: Record<string, unknown> = {}): PolicyDraft =>
  PolicyDraft.parse({
    version: 'shanxi-2027.1',
    basedOn: 'shanxi-2026.1',
    summary: { zh: '修改', en: 'a change' },
    changes,
    ...head,
  });
const ratio = (validFrom: string, content: unknown = 0.7) => ({
  parameters: { 'rigid.ratio': [value(validFrom, content, 'share')] },
});
const applied = (draft: PolicyDraft) => {
  const result = applyDraft(shanxiPack, draft, knownDivision);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.pack;
};
const faultsOf = (draft: PolicyDraft): readonly PackFault[] => {
  const result = applyDraft(shanxiPack, draft, knownDivision);
  return result.ok ? [] : result.faults;
};

describe('a draft', () => {
  it('adds a value from its day on, and leaves the days before and the version it is based on as they were', () => {
    const pack = applied(draftOf(ratio('2027-01-01')));
    expect(parameterOn(pack, 'rigid.ratio', date('2026-12-31'))?.value).toBe(0.8);
    expect(parameterOn(pack, 'rigid.ratio', date('2027-01-01'))?.value).toBe(0.7);
    expect(parameterOn(shanxiPack, 'rigid.ratio', date('2027-01-01'))?.value).toBe(0.8);
    expect(pack.version).toBe('shanxi-2027.1');
  });

  it('is refused with a citation or a unit that nobody would read to its end', () => {
    const withText = (text: Record<string, string>): boolean =>
      PolicyDraft.safeParse({
        ...draftOf(ratio('2027-01-01')),
        changes: { parameters: { 'rigid.ratio': [{ ...value('2027-01-01', 0.7, 'share'), ...text }] } },
      }).success;
    expect(withText({ citation: 'x'.repeat(1_000), unit: 'x'.repeat(64) })).toBe(true);
    expect(withText({ citation: 'x'.repeat(1_001) })).toBe(false);
    expect(withText({ unit: 'x'.repeat(65) })).toBe(false);
  });

  it('may change standards, limits and clocks, and give a division its first standard', () => {
    const pack = applied(
      draftOf({
        standards: [{ division: '1401', settlement: 'rural', values: [value('2027-01-01', 70_000, 'fen-per-month')] }],
        propertyLimits: [
          {
            tier: 'MARGINAL',
            asset: 'asset.vehicles',
            values: [value('2027-01-01', { metric: 'count', comparison: '<=', limit: 1 }, 'limit')],
          },
        ],
        clocks: {
          'public-notice': [
            { validFrom: '2027-01-01', amount: 5, unit: 'calendar-day', basis: 'statute', citation: 'a new law' },
          ],
        },
      }),
    );
    expect(clockOn(pack, 'public-notice', date('2027-01-01')).amount).toBe(5);
    expect(clockOn(pack, 'public-notice', date('2026-12-31')).amount).toBe(7);
    expect(pack.standards).toHaveLength(237);
    expect(pack.propertyLimits).toHaveLength(20);
  });

  it.each([
    [
      'on the day of the last value there',
      ratio('2021-07-01'),
      ['changes', 'parameters', 'rigid.ratio', 0, 'validFrom'],
      'old values are never edited',
    ],
    [
      'before it',
      ratio('2020-01-01'),
      ['changes', 'parameters', 'rigid.ratio', 0, 'validFrom'],
      'begin after 2021-07-01',
    ],
    [
      'with a share that is not exact',
      ratio('2027-01-01', 0.123_45),
      ['changes', 'parameters', 'rigid.ratio', 0, 'value'],
      'four decimal places',
    ],
    [
      'for a division nobody knows',
      { standards: [{ division: '140171', settlement: 'rural', values: [value('2027-01-01', 1, 'fen-per-month')] }] },
      ['changes', 'standards', 0, 'division'],
      'no such division',
    ],
    [
      'of a negative amount',
      { standards: [{ division: '14', settlement: 'rural', values: [value('2027-01-01', -1, 'fen-per-month')] }] },
      ['changes', 'standards', 0, 'values', 0, 'value'],
      '-1 is below zero',
    ],
    [
      'in another unit',
      { parameters: { 'rigid.ratio': [value('2027-01-01', 0.7, 'percent')] } },
      ['changes', 'parameters', 'rigid.ratio', 0, 'unit'],
      'expected the unit share',
    ],
    [
      'that falls in date',
      {
        parameters: {
          'rigid.ratio': [
            ...ratio('2028-01-01').parameters['rigid.ratio'],
            ...ratio('2027-01-01').parameters['rigid.ratio'],
          ],
        },
      },
      ['changes', 'parameters', 'rigid.ratio', 1, 'validFrom'],
      'dates must rise',
    ],
  ])('is refused with a value %s, and told where', (_what, changes, path, message) => {
    expect(faultsOf(draftOf(changes))).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  it('is refused when a series is in it twice', () => {
    const row = (day: string) => ({
      division: '14',
      settlement: 'rural',
      values: [value(day, 50_000, 'fen-per-month')],
    });
    expect(faultsOf(draftOf({ standards: [row('2027-01-01'), row('2028-01-01')] }))).toMatchObject([
      { path: ['changes', 'standards', 1], message: expect.stringContaining('given twice') },
    ]);
  });

  it('is refused when it is based on another version, or its own does not come after', () => {
    expect(faultsOf(draftOf(ratio('2027-01-01'), { basedOn: 'shanxi-2025.1' }))).toMatchObject([
      { path: ['basedOn'], message: expect.stringContaining('the version in force is shanxi-2026.1') },
    ]);
    expect(faultsOf(draftOf(ratio('2027-01-01'), { version: 'shanxi-2026.1' }))).toMatchObject([{ path: ['version'] }]);
    expect(faultsOf(draftOf(ratio('2027-01-01'), { version: 'shanxi-2026.2' }))).toEqual([]);
  });

  it('lists all its faults at once', () => {
    const changes = {
      parameters: {
        'rigid.ratio': [value('2020-01-01', 0.7, 'share')],
        'marginal.multiple': [value('2027-01-01', -2, 'times')],
      },
    };
    expect(faultsOf(draftOf(changes, { basedOn: 'shanxi-2025.1' }))).toHaveLength(3);
  });

  it.each([
    ['without a change', {}, {}],
    ['with a parameter nobody knows', { parameters: { 'rigid.ratoi': [value('2027-01-01', 0.7, 'share')] } }, {}],
    ['with a field nobody knows', ratio('2027-01-01'), { note: 'x' }],
    ['whose version is no year and number', ratio('2027-01-01'), { version: 'next' }],
    [
      'without a citation',
      { parameters: { 'rigid.ratio': [{ ...value('2027-01-01', 0.7, 'share'), citation: '' }] } },
      {},
    ],
  ])('has no shape %s', (_what, changes, head) => {
    expect(() => draftOf(changes, head)).toThrow();
  });
});

describe('a draft of an item', () => {
  const item = shanxiPack.catalogue.find(({ amount }) => amount.rule === 'in-kind');
  if (item === undefined) throw new Error('the catalogue has an item in kind');
  const newVersion = { ...item, validFrom: '2027-01-01', condition: 'true', citation: 'a new rule' };

  it('adds a version of it from a day on, beside the one that was there', () => {
    const pack = applied(draftOf({ catalogue: [newVersion] }));
    expect(pack.catalogue).toHaveLength(shanxiPack.catalogue.length + 1);
    const [, difference, ...others] = diffPacks(shanxiPack, pack);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      path: `catalogue.${item.code}`,
      validFrom: '2027-01-01',
      citation: 'a new rule',
    });
  });

  it.each([
    ['whose condition does not type-check', { condition: 'household.no_such > 1' }, 'condition'],
    ['whose department nobody knows', { leadDepartment: 'nobody' }, 'leadDepartment'],
    ['that begins on the day of the one there', { validFrom: item.validFrom }, 'validFrom'],
    ['without a citation', { citation: '' }, 'citation'],
  ])('is refused %s, and told where in the draft', (_what, change, field) => {
    expect(faultsOf(draftOf({ catalogue: [{ ...newVersion, ...change }] }))).toMatchObject([
      { path: ['changes', 'catalogue', 0, field] },
    ]);
  });
});

describe('the example draft', () => {
  const source = readDraftFile(resolve(import.meta.dirname, '../../examples/drafts/raise-rural-standard.yaml'));
  const draft = PolicyDraft.parse(source.input);
  const pack = applied(draft);

  it('has no fault and raises the rural standard of the province and each county by 4 % from March 2026 on', () => {
    expect(faultsWithLines([], source)).toEqual([]);
    for (const { code } of counties()) {
      expect(standardOn(pack, code, 'rural', date('2026-02-28'))?.value).toBe(49_600);
      expect(standardOn(pack, code, 'rural', date('2026-03-01'))?.value).toBe((49_600 * 104) / 100);
      expect(standardOn(pack, code, 'urban', date('2026-03-01'))?.value).toBe(62_800);
    }
  });

  it('differs from the pack in those standards and its version, and in nothing else', () => {
    const differences = diffPacks(shanxiPack, pack);
    expect(differences[0]).toMatchObject({ path: 'version', before: 'shanxi-2026.1', after: 'shanxi-2026.2' });
    expect(differences.slice(1)).toHaveLength(118);
    for (const { path, before, after, validFrom } of differences.slice(1)) {
      expect(path).toMatch(/^standards\.14(?:\d{4})?\.rural$/u);
      expect({ before, after, validFrom }).toEqual({ before: 49_600, after: 51_584, validFrom: '2026-03-01' });
    }
  });
});

describe('the faults of a draft', () => {
  it('are told by the lines of its file', () => {
    const text = `version: shanxi-2027.1
basedOn: shanxi-2026.1
summary: { zh: 修改, en: a change }
changes:
  parameters:
    rigid.ratio:
      - validFrom: 2021-07-01
        value: 0.7
        unit: share
        basis: local-setting
        citation: a notice
`;
    const source = readDraft('draft.yaml', text);
    expect(faultsWithLines(faultsOf(PolicyDraft.parse(source.input)), source)).toEqual([
      expect.stringMatching(
        /^draft\.yaml:7:20 {2}changes\.parameters\.rigid\.ratio\.0\.validFrom: begins on 2021-07-01/u,
      ),
    ]);
  });
});

describe('the difference of two packs', () => {
  it('is none between a pack and itself', () => {
    expect(diffPacks(shanxiPack, shanxiPack)).toEqual([]);
  });

  it('tells a value that was edited and one that was taken away, which no draft does', () => {
    const other = applied(draftOf(ratio('2027-01-01')));
    const [first] = other.parameters['rigid.ratio'];
    if (first === undefined) throw new Error('the ratio has a value');
    const edited = {
      ...other,
      version: shanxiPack.version,
      parameters: { ...other.parameters, 'rigid.ratio': [{ ...first, value: 0.75, citation: 'another' }] },
    };
    expect(diffPacks(other, { ...edited, version: other.version })).toEqual([
      {
        path: 'parameters.rigid.ratio',
        before: 0.8,
        after: 0.75,
        validFrom: '2021-07-01',
        unit: 'share',
        citation: 'another',
      },
      {
        path: 'parameters.rigid.ratio',
        before: 0.7,
        after: 0.75,
        validFrom: '2027-01-01',
        unit: 'share',
        citation: 'another',
      },
    ]);
  });
});
