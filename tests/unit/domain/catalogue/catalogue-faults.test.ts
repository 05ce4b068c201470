import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../domain/catalogue/catalogue.ts';
import { cycleAmong, inOrderOfStanding } from '../../../../domain/catalogue/exclusions.ts';
import { checkPack } from '../../../../domain/policy/policy-pack.ts';
import { shanxiPackData } from '../../../../policies/shanxi/pack.ts';

type Loose = Record<string, unknown>;
interface LooseParts {
  catalogue: (Loose & { code: string; amount: Loose })[];
  departments: Loose[];
  exclusions: Loose[];
}

const faultsOf = (change: (parts: LooseParts) => void): string[] => {
  const pack = structuredClone(shanxiPackData) as unknown as LooseParts;
  change(pack);
  return checkPack(pack, () => true).map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const at = (code: string): number => shanxiPackData.catalogue.findIndex((item) => item.code === code);
const heating = at('other.heating');
const changed = (code: string, change: Loose) =>
  faultsOf(({ catalogue }) => Object.assign(catalogue[at(code)] ?? {}, change));

const basis = { basis: 'assumption', citation: 'for the test' };
const pair = (stands: string, yields: string, more: Loose = {}): Loose => ({
  stands,
  yields,
  validFrom: '2026-01-01',
  scope: 'household',
  period: 'month',
  ...basis,
  ...more,
});
const withPairs = (...pairs: Loose[]) => faultsOf(({ exclusions }) => exclusions.push(...pairs));
const next = shanxiPackData.exclusions.length;

describe('a faulty catalogue is refused, with the place of each fault', () => {
  it('and a sound one is not', () => {
    expect(faultsOf(() => undefined)).toStrictEqual([]);
  });

  it.each([
    ['an unknown department', { leadDepartment: 'astrology' }, 'leadDepartment: there is no department astrology'],
    ['an unknown tier', { tiers: ['RICH'] }, 'tiers: '],
    ['no tier at all', { tiers: [] }, 'tiers: '],
    ['an unknown area', { area: 'MISC' }, 'area: '],
    ['an unknown clock', { deadline: { clock: 'never' } }, 'deadline'],
    ['a condition that does not parse', { condition: 'household.size >' }, 'condition: column 17: '],
    [
      'a condition that does not type-check',
      { condition: 'true && household.size == "two"' },
      'condition: column 9: no such overload',
    ],
    [
      'a condition of an unknown field',
      { condition: 'household.wealth > 1' },
      'condition: column 11: No such key: wealth',
    ],
    [
      'a condition about one person, for a household',
      { condition: 'person.age > 1' },
      'condition: column 1: Unknown variable: person',
    ],
    ['no citation', { citation: '' }, 'citation: '],
    ['no day from which it is in force', { validFrom: undefined }, 'validFrom: '],
    ['a field nobody knows', { colour: 'red' }, 'colour: '],
    ['a code of another form', { code: 'Other Heating' }, 'code: '],
    [
      'an amount below zero',
      { amount: { rule: 'fixed', value: -1, unit: 'fen-per-year', ...basis } },
      'amount.value: -1 is below zero',
    ],
    [
      'an amount without a citation',
      { amount: { rule: 'fixed', value: 1, unit: 'fen-per-year', basis: 'assumption' } },
      'amount.citation: ',
    ],
    [
      'an amount of another period',
      { amount: { rule: 'fixed', value: 1, unit: 'fen-per-month', ...basis } },
      'amount.unit: unit mismatch: what is given by year is in fen-per-year',
    ],
    [
      'months by a parameter that has none',
      { amount: { rule: 'months-of-standard', parameter: 'marginal.multiple' } },
      'amount.parameter: unit mismatch: marginal.multiple is in times',
    ],
    [
      'months by no parameter',
      { amount: { rule: 'months-of-standard', parameter: 'emergency.generosity' } },
      'amount.parameter: there is no parameter',
    ],
    [
      'an amount the evaluation does not set',
      { amount: { rule: 'determined' } },
      'amount.rule: no evaluation sets one of other.heating',
    ],
  ])('%s', (_what, change, message) => {
    const faults = changed('other.heating', change);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter((fault) => fault.startsWith(`catalogue.${heating}.${message}`)).length).toBeGreaterThan(0);
  });

  it('an item the evaluation decides, with an amount or a condition of its own', () => {
    const place = at('minimum-living-allowance');
    expect(changed('minimum-living-allowance', { amount: { rule: 'in-kind' } })).toStrictEqual([
      expect.stringContaining(`catalogue.${place}.amount.rule: the evaluation sets the amount`),
    ]);
    expect(changed('minimum-living-allowance', { condition: 'household.size > 1' })).toStrictEqual([
      expect.stringContaining(`catalogue.${place}.condition: the evaluation decides`),
    ]);
  });

  it('a step of the waterfall above the bill, of a household, without a rate, or with the number of another', () => {
    const waterfall = { ...shanxiPackData.catalogue[at('medical.inpatient-aid')]?.amount } as Loose;
    const amount = (change: Loose) => changed('medical.inpatient-aid', { amount: { ...waterfall, ...change } });
    expect(amount({ rates: { ...(waterfall['rates'] as Loose), MARGINAL: 1.1 } }).join()).toContain(
      'expected a share from 0 to 1',
    );
    expect(amount({ rates: { MARGINAL: 0.5 } })).toContain(
      `catalogue.${at('medical.inpatient-aid')}.amount.rates: no rate for EXTREME_HARDSHIP, which the item is for`,
    );
    expect(amount({ step: 1 }).join()).toContain('medical.basic-insurance is step 1 of the waterfall');
    expect(amount({ deductible: -1 }).join()).toContain('deductible: -1 is below zero');
    expect(changed('other.heating', { amount: { ...waterfall, step: 9 } }).join()).toContain(
      'a step of the waterfall is too',
    );
  });

  it('two versions that begin on one day, or in the wrong order; and a department that does not exist yet', () => {
    const again = (validFrom: string) =>
      faultsOf(({ catalogue }) => catalogue.push({ ...structuredClone(catalogue[heating]), validFrom } as never));
    const last = shanxiPackData.catalogue.length;
    expect(again('2021-07-01')).toStrictEqual([
      `catalogue.${last}.validFrom: other.heating: two versions begin on 2021-07-01`,
    ]);
    expect(again('2020-07-01').join()).toContain('other.heating: dates must rise after 2021-07-01');
    expect(again('2026-12-01')).toStrictEqual([]);
    expect(
      faultsOf(({ departments }) => Object.assign(departments[0] ?? {}, { validFrom: '2022-01-01' })).join(),
    ).toContain('there is no department civil-affairs yet on 2021-07-01');
    expect(faultsOf(({ departments }) => departments.push({ ...departments[0] })).join()).toContain(
      'two versions begin',
    );
  });

  it('an exclusion by itself, of an item nobody knows, or over what the evaluation pays', () => {
    expect(withPairs(pair('other.heating', 'other.heating'))).toStrictEqual([
      `exclusions.${next}.yields: other.heating cannot keep itself out`,
    ]);
    expect(withPairs(pair('other.heating', 'other.cooling'))).toStrictEqual([
      `exclusions.${next}.yields: there is no item other.cooling on 2026-01-01`,
    ]);
    expect(withPairs(pair('other.heating', 'service.care', { validFrom: '2020-01-01' })).join()).toContain(
      'there is no item other.heating on 2020-01-01',
    );
    expect(withPairs(pair('other.heating', 'minimum-living-allowance')).join()).toContain(
      'the evaluation pays minimum-living-allowance',
    );
    expect(withPairs(pair('other.heating', 'service.care', { citation: '' })).join()).toContain(
      `exclusions.${next}.citation`,
    );
  });

  it('a ring of exclusions, named in full, once', () => {
    const ring = withPairs(
      pair('other.heating', 'service.care'),
      pair('service.care', 'service.visits'),
      pair('service.visits', 'other.heating'),
    );
    expect(ring).toHaveLength(1);
    expect(ring[0]).toMatch(/^exclusions\.\d+: a cycle of exclusions on 2026-01-01: /u);
    for (const code of ['other.heating', 'service.care', 'service.visits']) expect(ring[0]).toContain(code);
  });

  it('but not a pair that is turned round from a day on, nor one that has been withdrawn', () => {
    const turned = pair('service.care', 'other.heating', { validFrom: '2027-01-01' });
    expect(withPairs(pair('other.heating', 'service.care'), turned)).toStrictEqual([]);
    expect(
      withPairs(
        pair('other.heating', 'service.care'),
        pair('service.care', 'service.visits'),
        pair('other.heating', 'service.care', { validFrom: '2026-06-01', withdrawn: true }),
        pair('service.visits', 'other.heating', { validFrom: '2026-06-01' }),
      ),
    ).toStrictEqual([]);
  });

  it('naming every fault at once, those of shape and those of content', () => {
    const faults = faultsOf(({ catalogue, exclusions }) => {
      Object.assign(catalogue[0] ?? {}, { citation: '' });
      Object.assign(catalogue[heating] ?? {}, { condition: 'nobody', leadDepartment: 'astrology' });
      exclusions.push(pair('no.item', 'other.heating'));
    }).join('\n');
    for (const part of ['catalogue.0.citation', 'Unknown variable: nobody', 'astrology', 'no item no.item']) {
      expect(faults).toContain(part);
    }
    expect(faults).not.toContain('there is no item minimum-living-allowance');
  });

  it('when there is none', () => {
    expect(faultsOf((parts) => Object.assign(parts, { catalogue: [] })).join()).toContain('no item at all');
    expect(faultsOf((parts) => Object.assign(parts, { catalogue: undefined })).join()).toContain(
      'catalogue: is missing',
    );
    expect(faultsOf((parts) => Object.assign(parts, { departments: undefined })).join()).toContain(
      'departments: is missing',
    );
  });
});

const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
const exclusionsAmong = fc.array(
  fc
    .tuple(fc.constantFrom(...codes), fc.constantFrom(...codes))
    .map(([stands, yields]) => ({ stands, yields }) as Exclusion),
  { maxLength: 10 },
);

describe('the order of exclusions', () => {
  it('is one in which all that could keep an item out has been applied before the item keeps out another; or there is a ring', () => {
    fc.assert(
      fc.property(exclusionsAmong, (exclusions) => {
        const ring = cycleAmong(exclusions);
        if (ring !== null) {
          for (const [index, code] of ring.entries()) {
            const stands = ring[(index + 1) % ring.length];
            expect(exclusions.some((one) => one.yields === code && one.stands === stands)).toBe(true);
          }
          return;
        }
        const ordered = inOrderOfStanding(exclusions);
        expect(ordered).toHaveLength(exclusions.length);
        for (const [index, { stands }] of ordered.entries()) {
          expect(ordered.slice(index).some(({ yields }) => yields === stands)).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
