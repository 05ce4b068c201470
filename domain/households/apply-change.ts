import type { LocalDate } from '../dates.ts';
import type { Fact } from '../facts/fact.ts';
import type { HouseholdId, PersonId } from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { type Household, type HouseholdMember, mostFacts, mostMembers } from './household.ts';
import { type ChangeKind, type HouseholdChange, mostChanges } from './household-change.ts';
import type { Identity, RosterHousehold } from './roster-household.ts';

/** Why a day cannot be the one on which something changed. Null: it may be so. */
export type ChangeDayFault = 'date.future' | 'change.before' | null;

/** Changes by which whom they are about is in the household no more. */
const goesAway: readonly ChangeKind[] = ['left', 'divided'];

/** The newest day on which something changed that a change of a household, or of one of its members, can only follow. */
const followsFrom = ({ history = [] }: Household, personId: PersonId | null): LocalDate | undefined =>
  history.findLast((change) => change.personId === personId && !goesAway.includes(change.kind))?.on;

/**
 * Whether a member can have left, or the household have moved, on a day: not in the future, not before the member's birth, or anybody's
 * of those who moved, and not before the member joined, or the household moved last.
 */
export const changeDayFault = (
  household: Household,
  personId: PersonId | null,
  on: LocalDate,
  today: LocalDate,
): ChangeDayFault => {
  if (on > today) return 'date.future';
  const whose = household.members.filter((member) => personId === null || member.personId === personId);
  const earliest = whose.map(({ birthDate }) => birthDate).toSorted()[0];
  const before = [earliest, followsFrom(household, personId)].filter((day) => day !== undefined);
  return before.some((day) => on < day) ? 'change.before' : null;
};

/** Whether a person can have come into the household on a day: not in the future, nor before the own birth or the last leaving. */
export const joiningDayFault = (
  { history = [] }: Household,
  { personId, birthDate }: { readonly personId: PersonId | undefined; readonly birthDate: LocalDate },
  on: LocalDate,
  today: LocalDate,
): ChangeDayFault => {
  if (on > today) return 'date.future';
  const left = history.findLast((change) => change.personId === personId && goesAway.includes(change.kind))?.on;
  return on < birthDate || (left !== undefined && on < left) ? 'change.before' : null;
};

/** Whether the household can keep no more changes, or not as many more members and facts. */
export const isFull = (
  { members, history = [], facts }: Household,
  more = { changes: 1, members: 0, facts: 0 },
): boolean =>
  history.length + more.changes > mostChanges ||
  members.length + more.members > mostMembers ||
  facts.length + more.facts > mostFacts;

const changed = (
  roster: RosterHousehold,
  changes: readonly HouseholdChange[],
  household: Household,
): RosterHousehold => ({
  ...roster,
  version: roster.version + 1,
  household: { ...household, history: [...(roster.household.history ?? []), ...changes] },
});

/** Somebody who comes into a household: as a member, who it is, and what is declared of the person. */
export interface Newcomer {
  readonly member: HouseholdMember;
  readonly identity: Identity;
  readonly facts: readonly Fact[];
}

/** The household with somebody more, as its next version. Nothing is decided of the new member yet. */
export const withNewMember = (
  roster: RosterHousehold,
  change: HouseholdChange,
  { member, identity, facts }: Newcomer,
): RosterHousehold => ({
  ...changed(roster, [change], {
    ...roster.household,
    members: [...roster.household.members, member],
    facts: [...roster.household.facts, ...facts],
  }),
  identities: [...roster.identities.filter(({ personId }) => personId !== identity.personId), identity],
});

/**
 * The household without members who live elsewhere now, of whom each change is about one, as its next version. Who they were is still
 * known by name and ID, as of those who have died, so that each can be found and, one day, erased; and the changes are kept. What was
 * known of their circumstances is not the household's any more; decisions keep what they saw.
 */
export const withoutThoseWhoLeft = (roster: RosterHousehold, changes: readonly HouseholdChange[]): RosterHousehold => {
  const { household, contacts: known = [], ...others } = roster;
  const hasLeft = (id: string): boolean => changes.some(({ personId }) => personId === id);
  const contacts = known.filter(({ personId }) => !hasLeft(personId));
  const next = changed({ household, ...others }, changes, {
    ...household,
    members: household.members.filter(({ personId }) => !hasLeft(personId)),
    facts: household.facts.filter(({ subject }) => !hasLeft(subject)),
  });
  return contacts.length > 0 ? { ...next, contacts } : next;
};

/** A household that members of another form: who they are, where it is, and the change it comes from. */
interface Forming {
  readonly householdId: HouseholdId;
  readonly told: Relations;
  readonly residence: Residence;
  readonly origin: HouseholdChange;
}

/** The new household, with what is known of each of its members and nothing that was decided. What all owned together is not divided by it. */
export const formedFrom = (
  { household, identities, contacts: known = [] }: RosterHousehold,
  { householdId, told, residence, origin }: Forming,
): RosterHousehold => {
  const isTold = (id: string): boolean => told.some(({ personId }) => personId === id);
  const contacts = known.filter(({ personId }) => isTold(personId));
  const { residenceDivision, registeredDivision, settlement } = residence;
  const members = household.members.filter(({ personId }) => isTold(personId));
  const formed: RosterHousehold = {
    household: {
      householdId,
      registeredDivision,
      residenceDivision,
      settlement,
      members: members.map((member): HouseholdMember => ({ ...member, tier: 'NONE' })),
      facts: household.facts.filter(({ subject }) => isTold(subject)),
      tier: 'NONE',
      history: [origin],
    },
    identities: identities.filter(({ personId }) => isTold(personId)),
    ...(contacts.length > 0 ? { contacts } : {}),
    version: 1,
    applicationId: null,
    determinationId: null,
  };
  return withRelations(formed, told);
};

/** The household with a member known by a resident ID that was given out, as its next version. */
export const withIdentity = (
  roster: RosterHousehold,
  change: HouseholdChange,
  identity: Identity,
): RosterHousehold => ({
  ...changed(roster, [change], roster.household),
  identities: roster.identities.map((each) => (each.personId === identity.personId ? identity : each)),
});

/** What members are to the applicant, told anew. */
export type Relations = readonly Pick<HouseholdMember, 'personId' | 'relation'>[];

/** Whether relations are told of exactly these members, once each, with one applicant among them. */
export const areRelationsOf = (members: readonly HouseholdMember[], told: Relations): boolean =>
  told.length === members.length &&
  members.every(({ personId }) => told.some((each) => each.personId === personId)) &&
  told.filter(({ relation }) => relation === 'applicant').length === 1;

/** The household with the relations of its members told anew. */
export const withRelations = (roster: RosterHousehold, told: Relations): RosterHousehold => ({
  ...roster,
  household: {
    ...roster.household,
    members: roster.household.members.map((member) => ({
      ...member,
      relation: told.find(({ personId }) => personId === member.personId)?.relation ?? member.relation,
    })),
  },
});

/** Where a household lives and is registered. */
export type Residence = Pick<Household, 'residenceDivision' | 'registeredDivision' | 'settlement'>;

/** The household in another place, as its next version. */
export const withResidence = (
  roster: RosterHousehold,
  change: HouseholdChange,
  { residenceDivision, registeredDivision, settlement }: Residence,
): RosterHousehold =>
  changed(roster, [change], { ...roster.household, residenceDivision, registeredDivision, settlement });

/** What a household must still be for a decision to be about it: who is in it and lives, and where. */
const composition = ({ members, residenceDivision, registeredDivision, settlement }: Household): string =>
  JSON.stringify([
    members.map(({ personId, deceasedOn }): [PersonId, LocalDate | null] => [personId, deceasedOn]),
    residenceDivision satisfies DivisionCode,
    registeredDivision,
    settlement,
  ]);

/** Whether two households, such as one that was decided on and the same one now, have the same people in the same place. */
export const isComposedAs = (one: Household, other: Household): boolean => composition(one) === composition(other);
