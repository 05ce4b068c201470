import type { BodyOf, HouseholdChangeBody } from '../../contracts/api/household-changes.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina, type Instant } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import {
  changeDayFault,
  isFull,
  joiningDayFault,
  livingMembers,
  withNewMember,
  withoutWhoLeft,
  withResidence,
} from '../../domain/households/apply-change.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';
import type { HouseholdChange } from '../../domain/households/household-change.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { type EventId, PersonId } from '../../domain/ids.ts';
import type { KnownPerson, PersonClaim } from '../../domain/store/roster-store.ts';
import { knownDivision } from '../../policies/divisions/divisions.ts';
import { checkedNewcomer, type Newcomer } from './checked-newcomer.ts';

/** A change that is asked for, of a household as it stands. */
export interface Asked<Body = HouseholdChangeBody> {
  readonly roster: RosterHousehold;
  readonly body: Body;
  readonly changeId: EventId;
  readonly at: Instant;
}

/** The household as it is to be stored, whom it was about, and where that person is found from now on. */
interface Planned {
  readonly value: RosterHousehold;
  readonly personId: PersonId | null;
  readonly claims: readonly PersonClaim[];
}

/** What a change makes of a household, or every fault there is in it. */
export const plannedChange = async (dependencies: Dependencies, asked: Asked): Promise<Outcome<Planned>> => {
  const { body } = asked;
  switch (body.kind) {
    case 'birth':
      return joining(dependencies, asked, { ...body, on: body.birthDate, fullTimeStudent: false });
    case 'joined':
      return joining(dependencies, asked, body);
    case 'left':
      return leaving(dependencies, { ...asked, body });
    case 'moved':
      return moving({ ...asked, body });
  }
};

const refused = (errors: readonly FieldRefusal[]) => refuse('validation-failed', { errors });

const changeOf = (
  { changeId }: Pick<Asked, 'changeId'>,
  { kind, evidence }: Pick<HouseholdChangeBody, 'kind' | 'evidence'>,
  { on, personId }: Pick<HouseholdChange, 'on' | 'personId'>,
): HouseholdChange => ({ changeId, kind, on, personId, evidence, movedFrom: null });

const joining = async (dependencies: Dependencies, asked: Asked, newcomer: Newcomer): Promise<Outcome<Planned>> => {
  const { store, newId } = dependencies;
  const { roster, at } = asked;
  const today = dateInChina(at);
  const checked = checkedNewcomer(newcomer, today);
  if (!checked.ok) return refused(checked.errors);
  const { residentId } = checked;
  const known = residentId === null ? undefined : (await store.people([residentId]))[0];
  if (isThere(roster, newcomer, known)) return refuse('person-on-roster');
  const dayFault = joiningDayFault(roster.household, { ...newcomer, personId: known?.personId }, newcomer.on, today);
  if (dayFault !== null) {
    const field = newcomer.kind === 'birth' ? '/birthDate' : '/on';
    return refused([{ field, code: fault(dayFault) }]);
  }
  if (isFull(roster.household, true)) return refused([{ field: '/kind', code: fault('change.full') }]);
  const personId = known?.personId ?? PersonId.parse(`per_${newId()}`);
  const { name, relation, birthDate, sex, fullTimeStudent, on } = newcomer;
  const member: HouseholdMember = {
    personId,
    relation,
    birthDate,
    sex,
    fullTimeStudent,
    notCounted: null,
    tier: 'NONE',
    deceasedOn: null,
  };
  const { householdId } = roster.household;
  return succeed({
    value: withNewMember(roster, changeOf(asked, asked.body, { on, personId }), member, { personId, name, residentId }),
    personId,
    claims: residentId === null ? [] : [{ residentId, seen: known, personId, householdId, applicationId: null }],
  });
};

/**
 * Whether the person is in a household already. Of whom no resident ID is known nobody can say more than that the household has somebody
 * of that name who was born on that day.
 */
const isThere = (
  { household, identities }: RosterHousehold,
  { name, birthDate }: Newcomer,
  known: KnownPerson | undefined,
): boolean => {
  if (known !== undefined) return known.householdId !== null;
  return household.members.some(
    (member) =>
      member.birthDate === birthDate &&
      identities.some((identity) => identity.personId === member.personId && identity.name === name),
  );
};

const leaving = async ({ store }: Dependencies, asked: Asked<BodyOf<'left'>>): Promise<Outcome<Planned>> => {
  const { roster, body, at } = asked;
  const { personId, on } = body;
  const { household, identities } = roster;
  const living = livingMembers(household);
  const member = living.find((each) => each.personId === personId);
  if (member === undefined) return refused([{ field: '/personId', code: fault('change.not-a-member') }]);
  if (living.length === 1) return refused([{ field: '/personId', code: fault('change.last-member') }]);
  if (member.relation === 'applicant') return refused([{ field: '/personId', code: fault('change.applicant') }]);
  const dayFault = changeDayFault(household, personId, on, dateInChina(at));
  if (dayFault !== null) return refused([{ field: '/on', code: fault(dayFault) }]);
  if (isFull(household, false)) return refused([{ field: '/kind', code: fault('change.full') }]);
  const residentId = identities.find((identity) => identity.personId === personId)?.residentId ?? null;
  const seen = residentId === null ? undefined : (await store.people([residentId]))[0];
  const isHere = residentId !== null && seen !== undefined && seen.householdId === household.householdId;
  return succeed({
    value: withoutWhoLeft(roster, changeOf(asked, body, { on, personId }), personId),
    personId,
    // The person stays known, with the same id, and is in no household: free to come into another, or to apply with one.
    claims: isHere ? [{ residentId, seen, personId, householdId: null, applicationId: null }] : [],
  });
};

const moving = (asked: Asked<BodyOf<'moved'>>): Outcome<Planned> => {
  const { roster, body, at } = asked;
  const { household } = roster;
  const { on, residenceDivision } = body;
  const { registeredDivision = household.registeredDivision, settlement = household.settlement } = body;
  const unknown = (['residenceDivision', 'registeredDivision'] as const).flatMap((name): FieldRefusal[] =>
    body[name] === undefined || knownDivision(body[name])
      ? []
      : [{ field: `/${name}`, code: fault('division.unknown') }],
  );
  if (unknown.length > 0) return refused(unknown);
  const stays =
    residenceDivision === household.residenceDivision &&
    registeredDivision === household.registeredDivision &&
    settlement === household.settlement;
  if (stays) return refused([{ field: '/residenceDivision', code: fault('change.nothing') }]);
  const dayFault = changeDayFault(household, null, on, dateInChina(at));
  if (dayFault !== null) return refused([{ field: '/on', code: fault(dayFault) }]);
  if (isFull(household, false)) return refused([{ field: '/kind', code: fault('change.full') }]);
  const change = { ...changeOf(asked, body, { on, personId: null }), movedFrom: household.residenceDivision };
  return succeed({
    value: withResidence(roster, change, { residenceDivision, registeredDivision, settlement }),
    personId: null,
    claims: [],
  });
};
