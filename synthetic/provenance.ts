import { type LocalDate, plusDays } from '../domain/dates.ts';
import { type Dataset, Fact } from '../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../domain/facts/fact-kinds.ts';
import type { HouseholdId, PersonId } from '../domain/ids.ts';
import { Fen } from '../domain/money.ts';
import type { Random } from './random.ts';
import { momentOn, type Timeline } from './timeline.ts';

/** A value and what it is about, before anybody has said where it comes from. */
export interface Circumstance {
  readonly kind: FactKind;
  readonly subject: PersonId | HouseholdId;
  readonly value: Fact['value'];
}

/** Where facts of each kind come from (the sources of D57 article 17), with weights [assumption]. */
const sources: Readonly<Record<FactKind, readonly (readonly [Dataset, number])[]>> = {
  'income.wages': [
    ['declaration', 5],
    ['social-insurance', 2],
    ['tax', 2],
    ['field-assessment', 1],
  ],
  'income.business': [
    ['declaration', 6],
    ['field-assessment', 4],
  ],
  'income.property': [
    ['declaration', 7],
    ['field-assessment', 3],
  ],
  'income.transfer': [
    ['declaration', 6],
    ['field-assessment', 4],
  ],
  'income.other': [
    ['declaration', 7],
    ['field-assessment', 3],
  ],
  'income.exempt': [['social-insurance', 1]],
  'disability': [
    ['disability-certificates', 8],
    ['declaration', 2],
  ],
  'illness.major': [
    ['hospital-bills', 6],
    ['declaration', 4],
  ],
  'self-care.failed': [['field-assessment', 1]],
  'supporters.capable': [['field-assessment', 1]],
  'asset.financial': [
    ['bank', 6],
    ['declaration', 4],
  ],
  'asset.dwellings': [
    ['real-estate', 6],
    ['declaration', 4],
  ],
  'asset.vehicles': [
    ['vehicles', 7],
    ['declaration', 3],
  ],
  'asset.businesses': [
    ['business-registration', 7],
    ['declaration', 3],
  ],
  'asset.non-residential': [
    ['real-estate', 7],
    ['declaration', 3],
  ],
  'expenditure.medical': [
    ['hospital-bills', 7],
    ['declaration', 3],
  ],
  'expenditure.education': [['declaration', 1]],
  'expenditure.rehabilitation': [['declaration', 1]],
  'income.basic-pension': [['social-insurance', 1]],
  'work.refusals': [['field-assessment', 1]],
  'employment.started-on': [['social-insurance', 1]],
  'allowance.paid': [['roster', 1]],
  'exit.on': [['roster', 1]],
  'illness.chronic': [['hospital-bills', 1]],
  'insurance.basic-medical': [['social-insurance', 1]],
  'study.stage': [['declaration', 1]],
  'child.care': [['field-assessment', 1]],
  'work.registered-unemployed': [['social-insurance', 1]],
  'work.union-member': [['declaration', 1]],
  'need.legal-aid': [['declaration', 1]],
  'need.judicial-aid': [['declaration', 1]],
  'housing.condition': [['field-assessment', 1]],
  'extreme-hardship.support-form': [['field-assessment', 1]],
  'event.kind': [['field-assessment', 1]],
  'monitoring.poverty-return': [['roster', 1]],
  'income.support-of-disabled-adult': [['field-assessment', 1]],
  'clergy.since': [['field-assessment', 1]],
  'hospital.stay-self-paid': [['hospital-bills', 1]],
};

/** How long before the application a department's figure was true: certificates are old, account balances are not. */
const lagOf = (random: Random, dataset: Dataset): number =>
  dataset === 'disability-certificates' ? random.integer(90, 2_400) : random.integer(3, 30);

/** A fact as it is stored: from a dataset, true as of a day, recorded on that day or a later one. */
export const factOn = (
  random: Random,
  { kind, subject, value }: Circumstance,
  dataset: Dataset,
  { asOf, recordedOn }: { readonly asOf: LocalDate; readonly recordedOn: LocalDate },
): Fact =>
  Fact.parse({
    kind,
    subject,
    value,
    unit: factKinds[kind].unit,
    dataset,
    asOf,
    recordedAt: momentOn(random, recordedOn),
  });

/** What a household declares is true of the day it applies, what is seen of the visit, what departments send of some weeks before. */
const factInReview = (random: Random, circumstance: Circumstance, dataset: Dataset, timeline: Timeline): Fact => {
  const { submittedOn, visitedOn } = timeline;
  const own = dataset === 'declaration' ? submittedOn : dataset === 'field-assessment' ? visitedOn : null;
  const asOf = own ?? plusDays(submittedOn, -lagOf(random, dataset));
  return factOn(random, circumstance, dataset, { asOf, recordedOn: own ?? submittedOn });
};

/** In this share of visits the investigators found more than had been declared [assumption]. */
const understated = 0.3;

/**
 * A circumstance as facts: one, or two where the visit corrected what was declared; the later one counts. Households that have
 * never applied have declared nothing: what is known of them is on the roster from elsewhere.
 */
export const factsOf = (
  random: Random,
  circumstance: Circumstance,
  timeline: Timeline,
  hasApplied: boolean,
): readonly Fact[] => {
  const drawn = random.weighted(sources[circumstance.kind]);
  const dataset = !hasApplied && (drawn === 'declaration' || drawn === 'field-assessment') ? 'roster' : drawn;
  const fact = factInReview(random, circumstance, dataset, timeline);
  const { kind, value } = circumstance;
  const corrected =
    dataset === 'field-assessment' && kind.startsWith('income.') && typeof value === 'number' && value > 0;
  if (!corrected || !random.chance(understated)) return [fact];
  const declared = Fen.parse(Math.floor((value * random.integer(5, 9)) / 10_000) * 1_000);
  return [factInReview(random, { ...circumstance, value: declared }, 'declaration', timeline), fact];
};
