import fc from 'fast-check';
import { factChoices } from '../../../../domain/facts/choices.ts';
import { Fact } from '../../../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../../../domain/facts/fact-kinds.ts';
import type { Household } from '../../../../domain/households/household.ts';
import { anyHouseholds, completeHouseholds } from '../eligibility/households.arbitrary.ts';

const asOf = fc.constantFrom('2026-11-20', '2026-10-20', '2026-01-10', '2012-01-01');
const spoilt = fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

/** The kinds of facts that only the catalogue asks about, with the values each may hold. */
const values: Partial<Record<FactKind, fc.Arbitrary<unknown>>> = {
  'illness.chronic': fc.boolean(),
  'insurance.basic-medical': fc.boolean(),
  'study.stage': fc.constantFrom(...factChoices['study-stage']),
  'child.care': fc.constantFrom(...factChoices['child-care']),
  'work.registered-unemployed': fc.boolean(),
  'work.union-member': fc.boolean(),
  'need.legal-aid': fc.boolean(),
  'need.judicial-aid': fc.boolean(),
  'housing.condition': fc.constantFrom(...factChoices['housing-condition']),
  'extreme-hardship.support-form': fc.constantFrom(...factChoices['support-form']),
  'event.kind': fc.constantFrom(...factChoices.event),
  'monitoring.poverty-return': fc.constantFrom(...factChoices['poverty-return']),
};
export const catalogueKinds = Object.keys(values) as FactKind[];

const factAbout = (subject: string, kind: FactKind) =>
  fc.option(
    fc
      .record({ value: values[kind] ?? fc.constant(true), asOf, spoilt })
      .map(({ value, asOf: day, spoilt: isSpoilt }) => ({
        ...Fact.parse({
          kind,
          subject,
          value,
          unit: factKinds[kind].unit,
          dataset: 'declaration',
          asOf: day,
          recordedAt: `${day}T00:00:00.000Z`,
        }),
        ...(isSpoilt ? { unit: 'unknown' } : {}),
      })),
    { nil: null, freq: 3 },
  );

const factsOf = (household: Household) => {
  const subjects = [household.householdId, ...household.members.map(({ personId }) => personId)];
  const about = subjects.flatMap((subject) =>
    catalogueKinds
      .filter((kind) => (factKinds[kind].about === 'household') === (subject === household.householdId))
      .map((kind) => factAbout(subject, kind)),
  );
  return fc.tuple(...about).map((facts) => facts.filter((fact) => fact !== null));
};

const withCatalogueFacts = (households: fc.Arbitrary<Household>): fc.Arbitrary<Household> =>
  households.chain((household) =>
    factsOf(household).map((facts) => ({ ...household, facts: [...household.facts, ...facts] })),
  );

/** Households about whom everything for the tiers is on file, and of the rest this and that. */
export const decidableHouseholds = withCatalogueFacts(completeHouseholds);
/** Households with facts missing, old or spoilt, as they come in life. */
export const householdsInLife = withCatalogueFacts(anyHouseholds);
