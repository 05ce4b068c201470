import type { BodyOf } from '../../contracts/api/household-changes.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import {
  areRelationsOf,
  changeDayFault,
  isFull,
  livingMembers,
  withoutWhoLeft,
  withRelations,
} from '../../domain/households/apply-change.ts';
import type { HouseholdMember } from '../../domain/households/household.ts';
import { type Asked, changeOf, type Planned, refusedFor } from './asked-change.ts';

/**
 * A member leaves the household and is in no other. The person stays known, with the same id: free to come into another household, or to
 * apply with one.
 */
export const leaving = async ({ store }: Dependencies, asked: Asked<BodyOf<'left'>>): Promise<Outcome<Planned>> => {
  const { roster, body, at } = asked;
  const { personId, on, relations } = body;
  const { household, identities } = roster;
  const living = livingMembers(household);
  const member = living.find((each) => each.personId === personId);
  if (member === undefined) return refusedFor('/personId', 'change.not-a-member');
  const left = living.filter((each) => each !== member);
  const relationsFault = faultOfRelations(member, left, relations);
  if (relationsFault !== null) return refusedFor('/relations', relationsFault);
  const dayFault = changeDayFault(household, personId, on, dateInChina(at));
  if (dayFault !== null) return refusedFor('/on', dayFault);
  if (isFull(household)) return refusedFor('/kind', 'change.full');
  const residentId = identities.find((identity) => identity.personId === personId)?.residentId ?? null;
  const seen = residentId === null ? undefined : (await store.people([residentId]))[0];
  const isHere = residentId !== null && seen !== undefined && seen.householdId === household.householdId;
  return succeed({
    value: withRelations(withoutWhoLeft(roster, changeOf(asked, { on, personId }), personId), relations ?? []),
    personId,
    claims: isHere ? [{ residentId, seen, personId, householdId: null, applicationId: null }] : [],
  });
};

/** All relations are to the applicant: when that is who leaves, and somebody stays, another has to be one, and they are told anew. */
const faultOfRelations = (
  leaver: HouseholdMember,
  left: readonly HouseholdMember[],
  relations: BodyOf<'left'>['relations'],
): 'change.applicant' | 'change.relations' | null => {
  const needed = leaver.relation === 'applicant' && left.length > 0;
  if (relations === undefined) return needed ? 'change.applicant' : null;
  return needed && areRelationsOf(left, relations) ? null : 'change.relations';
};
