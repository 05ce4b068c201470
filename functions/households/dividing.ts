import type { BodyOf } from '../../contracts/api/household-changes.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import {
  areRelationsOf,
  changeDayFault,
  formedFrom,
  isFull,
  withoutThoseWhoLeft,
  withRelations,
} from '../../domain/households/apply-change.ts';
import { livingMembers } from '../../domain/households/household.ts';
import { HouseholdId } from '../../domain/ids.ts';
import { type Asked, changeOf, type Planned, refused, refusedFor } from './asked-change.ts';
import { foundFromNowOn } from './found-from-now-on.ts';
import { relationsFault } from './relations-fault.ts';
import { residenceFrom, unknownDivisions } from './residence.ts';

/**
 * Some members form a household of their own, with what is known of each of them. Nothing is decided of it: it applies. Those who stay go
 * on as they were, and are decided anew.
 */
export const dividing = async (
  { store, newId }: Dependencies,
  asked: Asked<BodyOf<'divided'>>,
): Promise<Outcome<Planned>> => {
  const { roster, body, at } = asked;
  const { on, members: told, relations } = body;
  const { household } = roster;
  const living = livingMembers(household);
  const going = living.filter(({ personId }) => told.some((each) => each.personId === personId));
  const staying = living.filter((member) => !going.includes(member));
  if (!areRelationsOf(going, told)) return refusedFor('/members', 'change.new-household');
  if (staying.length === 0) return refusedFor('/members', 'change.nobody-stays');
  const ofRelations = relationsFault(going, staying, relations);
  if (ofRelations !== null) return refusedFor('/relations', ofRelations);
  const unknown = unknownDivisions(body);
  if (unknown.length > 0) return refused(unknown);
  const faults = going.map(({ personId }) => changeDayFault(household, personId, on, dateInChina(at)));
  const dayFault = faults.find((each) => each !== null);
  if (dayFault != null) return refusedFor('/on', dayFault);
  if (isFull(household, { changes: going.length, members: 0, facts: 0 })) return refusedFor('/kind', 'change.full');
  const formedId = HouseholdId.parse(`hh_${newId()}`);
  const personIds = going.map(({ personId }) => personId);
  const changes = personIds.map((personId) => ({ ...changeOf(asked, { on, personId }), otherHouseholdId: formedId }));
  const origin = { ...changeOf(asked, { on, personId: null }), otherHouseholdId: household.householdId };
  return succeed({
    value: withRelations(withoutThoseWhoLeft(roster, changes), relations ?? []),
    formed: formedFrom(roster, { householdId: formedId, told, residence: residenceFrom(household, body), origin }),
    personId: null,
    claims: await foundFromNowOn(store, roster, personIds, formedId),
  });
};
