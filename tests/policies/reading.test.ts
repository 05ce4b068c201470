import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPack, parsePolicyPack } from '../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { readDraft } from '../../policies/reading/read-draft.ts';
import { readPack, readPackFolder } from '../../policies/reading/read-pack.ts';
import { faultsWithLines } from '../../policies/reading/source.ts';

const folder = resolve(import.meta.dirname, '..', '..', 'policies', 'shanxi');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The Shanxi files with one text put for another, once, where it must be found. */
const edited = (name: string, from: string, to: string) => {
  const changed = files.map((file) => (file.name === name ? { name, text: file.text.replace(from, () => to) } : file));
  expect(changed).not.toEqual(files);
  return changed;
};
const faultsOf = (changed: readonly { name: string; text: string }[]): string[] => {
  const source = readPack(changed);
  return faultsWithLines(source.broken ? [] : checkPack(source.input, knownDivision), source);
};
/** The line on which a text stands in a changed file, counted from 1. */
const lineOf = (changed: readonly { name: string; text: string }[], name: string, text: string): number => {
  const lines = changed.find((file) => file.name === name)?.text.split('\n') ?? [];
  return lines.findIndex((line) => line.includes(text)) + 1;
};

describe('the files of the Shanxi pack', () => {
  it('have no fault', () => {
    expect(faultsOf(files)).toEqual([]);
  });

  it('may be split otherwise: every file in one is the same pack', () => {
    const one = [{ name: 'all.yaml', text: files.map(({ text }) => text).join('\n') }];
    expect(readPack(one).input).toEqual(readPack(files).input);
  });
});

const marginal = `  marginal.multiple:
    meaning: Income per head of a marginal household lies below this many times the standard.
    values:
      - validFrom: 2021-07-01
        value: 1.5
        unit: times
        basis: statute
`;

describe('a fault is told by file and line, with its cause and cure', () => {
  it.each([
    ['an unknown county', 'standards.yaml', '  - counties: all', '  - division: "140171"', 'no such division'],
    [
      'an unknown key',
      'clocks.yaml',
      '        amount: 7\n',
      '        amount: 7\n        days: 7\n',
      'clocks.public-notice.0.days: nothing here has this name',
    ],
    [
      'a wrong unit',
      'parameters.yaml',
      marginal,
      marginal.replace('unit: times', 'unit: percent'),
      'parameters.marginal.multiple.0.unit: expected the unit times',
    ],
    [
      'money in a unit that is not the one',
      'standards.yaml',
      'unit: yuan-per-month',
      'unit: yuan-per-12-months',
      'expected the unit fen-per-month, or yuan in a YAML file',
    ],
    [
      'no citation',
      'clocks.yaml',
      'citation: "D57 article 19: seven days, not working days"',
      "citation: ''",
      'the citation is missing',
    ],
    ['an amount below zero', 'parameters.yaml', 'value: 300\n', 'value: -300\n', '-300 is no amount of yuan'],
    ['a part of a fen', 'standards.yaml', 'value: 471.50', 'value: 471.505', '471.505 is no amount of yuan'],
    ['a number below zero', 'parameters.yaml', 'value: 60\n', 'value: -60\n', '-60 is below zero: write zero or more'],
    [
      'a day that does not exist',
      'parameters.yaml',
      'validFrom: 2026-01-01',
      'validFrom: 2026-02-30',
      'no such day in the calendar',
    ],
    [
      'an overlap',
      'parameters.yaml',
      'validFrom: 2026-01-01',
      'validFrom: 2025-12-31',
      'an overlap from 2025-12-31 until 2025-12-31',
    ],
    [
      'a gap',
      'parameters.yaml',
      'validFrom: 2026-01-01',
      'validFrom: 2026-02-01',
      'a gap from 2026-01-01 until 2026-02-01',
    ],
    [
      'a value that ends with none after it',
      'parameters.yaml',
      marginal,
      marginal.replace('        value: 1.5', '        validUntil: 2029-12-31\n        value: 1.5'),
      'a gap after 2029-12-31',
    ],
    [
      'a value that ends before it begins',
      'parameters.yaml',
      'validUntil: 2025-12-31',
      'validUntil: 2020-12-31',
      'ends on 2020-12-31, before it begins',
    ],
    [
      'a statute that is no document',
      'clocks.yaml',
      'citation: "D57 article 19: seven days, not working days"',
      'citation: article 19',
      'does not begin with a document of documents.yaml',
    ],
    [
      'no meaning',
      'parameters.yaml',
      '    meaning: Income per head of a marginal household lies below this many times the standard.\n',
      '',
      'marginal.multiple has no meaning',
    ],
    ['a shorthand nobody knows', 'standards.yaml', '  - counties: all', '  - counties: most', 'write "counties: all"'],
    ['a word where a number is due', 'clocks.yaml', 'amount: 7\n', 'amount: seven\n', 'expected number'],
  ])('%s', (_what, name, from, to, message) => {
    const changed = edited(name, from, to);
    const faults = faultsOf(changed);
    expect(faults).toEqual([expect.stringContaining(message)]);
    expect(faults[0]).toMatch(new RegExp(`^${name.replace('.', '\\.')}:\\d+:\\d+ {2}`, 'u'));
    const line = Number(faults[0]?.split(':')[1]);
    const original = files.find((file) => file.name === name)?.text.split('\n') ?? [];
    const now = changed.find((file) => file.name === name)?.text.split('\n') ?? [];
    const firstChange = now.findIndex((text, index) => text !== original[index]) + 1;
    expect(Math.abs(line - firstChange)).toBeLessThanOrEqual(3);
  });

  it('an unknown parameter, and that the one it was meant for is missing', () => {
    const changed = edited('parameters.yaml', '  marginal.multiple:', '  marginal.multipel:');
    const line = lineOf(changed, 'parameters.yaml', 'marginal.multipel');
    expect(faultsOf(changed)).toEqual([
      'parameters.yaml:4:1  parameters.marginal.multiple: is missing: add it',
      `parameters.yaml:${line}:3  parameters.marginal.multipel: nothing here has this name: correct its spelling, or take it out`,
    ]);
  });

  it('points at the very line: a negative number, its column too', () => {
    const changed = edited('parameters.yaml', 'value: 60\n', 'value: -60\n');
    const line = lineOf(changed, 'parameters.yaml', 'value: -60');
    expect(faultsOf(changed)).toEqual([
      `parameters.yaml:${line}:16  parameters.extreme-hardship.age_from.0.value: -60 is below zero: write zero or more`,
    ]);
  });

  it('tells a fault of "counties: all" once and not 117 times', () => {
    const text =
      '  - counties: all\n    settlement: rural\n    values:\n      - validFrom: 2021-01-01\n        value: 471.50\n        unit: yuan-per-month\n        basis: ';
    expect(faultsOf(edited('standards.yaml', `${text}assumption`, `${text}guess`))).toHaveLength(1);
  });

  it('lists every fault of every file at once, in the order of the files', () => {
    const first = edited('clocks.yaml', 'amount: 7\n', 'amount: 0\n');
    const both = first.map((file) =>
      file.name === 'parameters.yaml'
        ? { ...file, text: file.text.replace('value: 60\n', 'value: -60\n').replace('unit: times', 'unit: percent') }
        : file,
    );
    expect(faultsOf(both).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      'clocks.yaml',
      'parameters.yaml',
      'parameters.yaml',
    ]);
  });

  it('refuses what is not well-formed before it looks at the content', () => {
    const faults = faultsOf(edited('pack.yaml', 'version: shanxi-2026.1', 'version: [shanxi-2026.1'));
    expect(faults[0]).toMatch(/^pack\.yaml:\d+:\d+ {2}/u);
    expect(faultsOf([{ name: 'a.yaml', text: '' }])).toEqual([
      'a.yaml:1:1  the file is empty: write its content or remove it',
    ]);
    expect(faultsOf([])).toEqual(['pack:1:1  there is no .yaml file here']);
  });

  it('refuses a key given twice, in one file or in two, and an alias', () => {
    expect(faultsOf([...files, { name: 'z.yaml', text: 'version: shanxi-2027.1\n' }])).toEqual([
      'z.yaml:1:1  version is given in another file too: keep one of the two',
    ]);
    expect(faultsOf([...files, { name: 'z.yaml', text: 'parameters:\n  marginal.multiple: {}\n' }])).toEqual([
      'z.yaml:2:3  parameters.marginal.multiple is given in another file too: keep one of the two',
    ]);
    expect(faultsOf([{ name: 'a.yaml', text: 'version: one\nversion: two\n' }])[0]).toMatch(
      /^a\.yaml:2:1 {2}.*unique/u,
    );
    expect(faultsOf([{ name: 'a.yaml', text: 'one: &x 1\ntwo: *x\n' }])).toEqual([
      'a.yaml:2:1  an alias (*) is not read: write the value out',
    ]);
  });

  it('tells an unknown key of the pack where it stands', () => {
    expect(faultsOf([...files, { name: 'z.yaml', text: 'standarts: []\n' }])).toEqual([
      expect.stringMatching(/^z\.yaml:1:\d+ {2}standarts: nothing here has this name/u),
    ]);
  });
});

describe('a shorthand', () => {
  it('gives way to the entry of one county', () => {
    const own = `
  - division: '140105'
    settlement: rural
    values:
      - validFrom: 2021-01-01
        value: 500.05
        unit: yuan-per-month
        basis: local-setting
        citation: a notice of the county
`;
    const changed = files.map((file) =>
      file.name === 'standards.yaml' ? { ...file, text: `${file.text}${own}` } : file,
    );
    const pack = parsePolicyPack(readPack(changed).input, knownDivision);
    expect(pack.standards).toHaveLength(236);
    const [rural] = pack.standards.filter((one) => one.division === '140105' && one.settlement === 'rural');
    expect(rural?.values).toMatchObject([{ value: 50_005 }]);
  });

  it('gives way to the entry of one tier', () => {
    const own = `
  - tier: MARGINAL
    asset: asset.vehicles
    choice: Property
    values:
      - validFrom: 2021-07-01
        value: { metric: count, comparison: <=, limit: 1 }
        unit: limit
        basis: local-setting
        citation: a notice
`;
    const changed = files.map((file) =>
      file.name === 'property-limits.yaml' ? { ...file, text: `${file.text}${own}` } : file,
    );
    const pack = parsePolicyPack(readPack(changed).input, knownDivision);
    const vehicles = pack.propertyLimits.filter(({ asset }) => asset === 'asset.vehicles');
    expect(vehicles.map(({ tier, values }) => [tier, values[0]?.value.limit]).toSorted()).toEqual([
      ['EXTREME_HARDSHIP', 0],
      ['MARGINAL', 1],
      ['MINIMUM_LIVING_ALLOWANCE', 0],
      ['RIGID_EXPENDITURE', 0],
    ]);
  });
});

describe('money in yuan', () => {
  const fenOf = (written: string): unknown => {
    const { input, faults } = readDraft('d.yaml', `value: ${written}\nunit: yuan-per-month\n`);
    return faults.length > 0 ? faults[0]?.message : input;
  };

  it('is whole fen, exactly, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (fen) => {
        const written = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        expect(fenOf(written)).toEqual({ value: fen, unit: 'fen-per-month' });
      }),
    );
  });

  it('may be whole yuan or tenths, or not set at all', () => {
    expect(fenOf('496')).toEqual({ value: 49_600, unit: 'fen-per-month' });
    expect(fenOf('471.5')).toEqual({ value: 47_150, unit: 'fen-per-month' });
    expect(fenOf('null')).toEqual({ value: null, unit: 'fen-per-month' });
  });

  it.each(['1e3', '0x10', "'496'", '1_000', '-1', '4.999', '.5', 'inf'])('is not %s', (written) => {
    expect(fenOf(written)).toMatch(/is no amount of yuan/u);
  });
});

it('reads the folder as it reads its files', () => {
  expect(readPackFolder(folder).input).toEqual(readPack(files).input);
});
