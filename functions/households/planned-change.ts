import type { BodyOf } from '../../contracts/api/household-changes.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { changeDayFault, isFull, withIdentity, withResidence } from '../../domain/households/apply-change.ts';
import { livingMembers } from '../../domain/households/household.ts';
import { type Asked, changeOf, type Planned, refused, refusedFor } from './asked-change.ts';
import { checkedNewcomer } from './checked-newcomer.ts';
import { dividing } from './dividing.ts';
import { joining } from './joining.ts';
import { leaving } from './leaving.ts';
import { residenceFrom, unknownDivisions } from './residence.ts';

/** What a change makes of a household, or why it may not be. */
export const plannedChange = async (dependencies: Dependencies, asked: Asked): Promise<Outcome<Planned>> => {
  const { body } = asked;
  switch (body.kind) {
    case 'birth':
      return joining(dependencies, asked, { ...body, on: body.birthDate, fullTimeStudent: false });
    case 'joined':
      return joining(dependencies, asked, body);
    case 'identified':
      return identifying(dependencies, { ...asked, body });
    case 'left':
      return leaving(dependencies, { ...asked, body });
    case 'divided':
      return dividing(dependencies, { ...asked, body });
    case 'moved':
      return moving({ ...asked, body });
  }
};

/** A member who had none, such as a child just born, has been given a resident ID: from now on the person is found by it. */
const identifying = async ({ store }: Dependencies, asked: Asked<BodyOf<'identified'>>): Promise<Outcome<Planned>> => {
  const { roster, body, at } = asked;
  const { personId, on } = body;
  const { household, identities } = roster;
  const today = dateInChina(at);
  const member = livingMembers(household).find((each) => each.personId === personId);
  const identity = identities.find((each) => each.personId === personId);
  if (member === undefined || identity === undefined) return refusedFor('/personId', 'change.not-a-member');
  if (identity.residentId !== null) return refusedFor('/personId', 'change.identified');
  const checked = checkedNewcomer({ ...body, birthDate: member.birthDate, sex: member.sex }, today);
  if (!checked.ok) return refused(checked.errors.map((error) => ({ ...error, field: '/residentId' })));
  const { residentId } = checked;
  if (residentId === null || (await store.people([residentId]))[0] !== undefined) return refuse('person-on-roster');
  const dayFault = changeDayFault(household, personId, on, today);
  if (dayFault !== null) return refusedFor('/on', dayFault);
  if (isFull(household)) return refusedFor('/kind', 'change.full');
  const { householdId } = household;
  return succeed({
    value: withIdentity(roster, changeOf(asked, { on, personId }), { ...identity, residentId }),
    personId,
    claims: [{ residentId, seen: undefined, personId, householdId, applicationId: null }],
  });
};

/** All of them live elsewhere from now on. What is not named stays. */
const moving = (asked: Asked<BodyOf<'moved'>>): Outcome<Planned> => {
  const { roster, body, at } = asked;
  const { household } = roster;
  const { on } = body;
  const unknown = unknownDivisions(body);
  if (unknown.length > 0) return refused(unknown);
  const residence = residenceFrom(household, body);
  const stays =
    residence.residenceDivision === household.residenceDivision &&
    residence.registeredDivision === household.registeredDivision &&
    residence.settlement === household.settlement;
  if (stays) return refusedFor('/residenceDivision', 'change.nothing');
  const dayFault = changeDayFault(household, null, on, dateInChina(at));
  if (dayFault !== null) return refusedFor('/on', dayFault);
  if (isFull(household)) return refusedFor('/kind', 'change.full');
  const change = { ...changeOf(asked, { on, personId: null }), movedFrom: household.residenceDivision };
  return succeed({
    value: withResidence(roster, change, residence),
    personId: null,
    claims: [],
  });
};
