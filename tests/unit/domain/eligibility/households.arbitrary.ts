import fc from 'fast-check';
import type { Household } from '../../../../domain/households/household.ts';
import { disabilityCategories } from '../../../../domain/people/disability.ts';
import { date, householdOf } from '../household-builder.ts';

/** Incomes crowd around the lines, where mistakes hide: a fen on either side of each, and anything between. */
const standards = [49_600, 62_800, 74_400, 94_200];
const atALine = fc
  .tuple(fc.constantFrom(...standards), fc.integer({ min: 1, max: 2 }), fc.integer({ min: -2, max: 2 }))
  .map(([standard, heads, off]) => standard * 12 * heads + off);
const income = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(800_000) },
  { weight: 3, arbitrary: atALine },
  { weight: 1, arbitrary: fc.nat(4_000_000) },
);
const disability = fc.record({
  category: fc.constantFrom(...disabilityCategories),
  level: fc.integer({ min: 1, max: 4 }),
});
const birthDate = fc
  .constantFrom(
    '1940-01-01',
    '1966-11-24',
    '1966-11-25',
    '1980-06-01',
    '2008-11-25',
    '2010-11-24',
    '2010-11-25',
    '2020-02-29',
  )
  .map(date);
const option = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

const member = fc.record({
  relation: fc.constantFrom('spouse', 'child', 'parent', 'grandparent', 'grandchild', 'sibling', 'other' as const),
  birthDate,
  fullTimeStudent: fc.boolean(),
  notCounted: rarely(fc.constantFrom('imprisoned' as const, 'declared-missing' as const)),
  deceasedOn: rarely(fc.constantFrom('2026-11-24', '2026-11-25').map(date)),
  facts: fc.record({
    'income.wages': income,
    'income.transfer': option(fc.nat(200_000)),
    'income.exempt': option(fc.nat(500_000)),
    'disability': option(disability),
    'illness.major': option(fc.boolean()),
    'supporters.capable': fc.nat(2),
    'self-care.failed': fc.nat(6),
  }),
});

const property = {
  'asset.financial': fc.oneof({ weight: 25, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5_000_000) }),
  'asset.dwellings': fc.oneof({ weight: 25, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(3) }),
  'asset.vehicles': fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  'asset.businesses': fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  'asset.non-residential': fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
};

/** Households about whom everything is on file. */
export const completeHouseholds: fc.Arbitrary<Household> = fc
  .record({
    members: fc.array(member, { minLength: 1, maxLength: 5 }),
    settlement: fc.constantFrom('urban' as const, 'rural' as const),
    facts: fc.record({
      ...property,
      'expenditure.medical': option(fc.nat(6_000_000)),
      'expenditure.education': option(fc.nat(1_000_000)),
      'exit.on': option(fc.constantFrom('2024-11-24', '2024-11-25', '2026-01-01')),
    }),
  })
  .map(({ members, ...options }) =>
    householdOf(
      members.map((each, index) => ({ ...each, ...(index === 0 ? { relation: 'applicant' as const } : {}) })),
      options,
    ),
  );

const fate = fc.oneof(
  { weight: 30, arbitrary: fc.constant('keep') },
  { weight: 1, arbitrary: fc.constantFrom('drop', 'old', 'unit') },
);

/** Households with facts missing, old or spoilt, as they come in life. */
export const anyHouseholds: fc.Arbitrary<Household> = completeHouseholds.chain((household) =>
  fc
    .array(fate, {
      minLength: household.facts.length,
      maxLength: household.facts.length,
    })
    .map((fates) => ({
      ...household,
      facts: household.facts.flatMap((fact, index) => {
        const what = fates[index];
        if (what === 'drop') return [];
        if (what === 'old') return [{ ...fact, asOf: date('2010-01-01') }];
        return [what === 'unit' ? { ...fact, unit: 'unknown' } : fact];
      }),
    })),
);
