import type { DeclaredMember, SubmitApplicationBody } from '../../contracts/api/applications.ts';
import type { Instant, LocalDate } from '../../domain/dates.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';

type Declared = readonly (readonly [FactKind, unknown])[];

const ofMember = (member: DeclaredMember): Declared => [
  ['income.wages', member.incomes.wages],
  ['income.business', member.incomes.business],
  ['income.property', member.incomes.property],
  ['income.transfer', member.incomes.transfer],
  ['income.other', member.incomes.other],
  ['income.exempt', member.incomes.exempt],
  ['disability', member.disability],
  ['illness.major', member.majorIllness ? true : null],
  ['self-care.failed', member.selfCareFailedIndicators],
  ['supporters.capable', member.capableSupporters],
];

const ofHousehold = ({ property, expenditure }: SubmitApplicationBody): Declared => [
  ['asset.financial', property.financialAssets],
  ['asset.dwellings', property.dwellings],
  ['asset.vehicles', property.vehicles],
  ['asset.businesses', property.businesses],
  ['asset.non-residential', property.nonResidential],
  ['expenditure.medical', expenditure.medical],
  ['expenditure.education', expenditure.education],
  ['expenditure.rehabilitation', expenditure.rehabilitation],
];

/**
 * The household's own word as facts, true as of the day it was signed. What is not declared becomes no fact: the rules meet a
 * gap there, never a zero that nobody said.
 */
export const declaredFacts = (
  body: SubmitApplicationBody,
  ids: { householdId: HouseholdId; personIds: readonly PersonId[] },
  recordedAt: Instant,
): readonly Fact[] => {
  const toFacts = (subject: PersonId | HouseholdId, declared: Declared): Fact[] =>
    declared
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([kind, value]) => declaredFact(subject, kind, value, body.declarationSignedOn, recordedAt));
  return [
    ...toFacts(ids.householdId, ofHousehold(body)),
    ...body.members.flatMap((member, index) => {
      const personId = ids.personIds[index];
      return personId === undefined ? [] : toFacts(personId, ofMember(member));
    }),
  ];
};

const declaredFact = (
  subject: PersonId | HouseholdId,
  kind: FactKind,
  value: unknown,
  asOf: LocalDate,
  recordedAt: Instant,
): Fact => Fact.parse({ kind, subject, value, unit: factKinds[kind].unit, dataset: 'declaration', asOf, recordedAt });
