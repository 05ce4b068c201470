import type { DeclaredOfPerson, SubmitApplicationBody } from '../../contracts/api/applications.ts';
import type { Instant, LocalDate } from '../../domain/dates.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import type { HouseholdId, PersonId } from '../../domain/ids.ts';

type Declared = readonly (readonly [FactKind, unknown])[];

const ofMember = (member: DeclaredOfPerson): Declared => [
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
  const when = { asOf: body.declarationSignedOn, recordedAt };
  return [
    ...toFacts(ids.householdId, ofHousehold(body), when),
    ...body.members.flatMap((member, index) => {
      const personId = ids.personIds[index];
      return personId === undefined ? [] : declaredOf(personId, member, when);
    }),
  ];
};

/** As of which day something is declared, and when that was recorded. */
interface When {
  readonly asOf: LocalDate;
  readonly recordedAt: Instant;
}

/** The household's own word about one person. */
export const declaredOf = (personId: PersonId, declared: DeclaredOfPerson, when: When): Fact[] =>
  toFacts(personId, ofMember(declared), when);

const toFacts = (subject: PersonId | HouseholdId, declared: Declared, { asOf, recordedAt }: When): Fact[] =>
  declared
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([kind, value]) => declaredFact(subject, kind, value, asOf, recordedAt));

const declaredFact = (
  subject: PersonId | HouseholdId,
  kind: FactKind,
  value: unknown,
  asOf: LocalDate,
  recordedAt: Instant,
): Fact => Fact.parse({ kind, subject, value, unit: factKinds[kind].unit, dataset: 'declaration', asOf, recordedAt });
