import type { BodyOf } from '../../contracts/api/household-changes.ts';
import { type Outcome, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { changeDayFault, isFull, withoutThoseWhoLeft, withRelations } from '../../domain/households/apply-change.ts';
import { livingMembers } from '../../domain/households/household.ts';
import { type Asked, changeOf, type Planned, refusedFor } from './asked-change.ts';
import { foundFromNowOn } from './found-from-now-on.ts';
import { relationsFault } from './relations-fault.ts';

/**
 * A member leaves the household and is in no other. The person stays known, with the same id: free to come into another household, or to
 * apply with one.
 */
export const leaving = async ({ store }: Dependencies, asked: Asked<BodyOf<'left'>>): Promise<Outcome<Planned>> => {
  const { roster, body, at } = asked;
  const { personId, on, relations } = body;
  const living = livingMembers(roster.household);
  const member = living.find((each) => each.personId === personId);
  if (member === undefined) return refusedFor('/personId', 'change.not-a-member');
  const ofRelations = relationsFault(
    [member],
    living.filter((each) => each !== member),
    relations,
  );
  if (ofRelations !== null) return refusedFor('/relations', ofRelations);
  const dayFault = changeDayFault(roster.household, personId, on, dateInChina(at));
  if (dayFault !== null) return refusedFor('/on', dayFault);
  if (isFull(roster.household)) return refusedFor('/kind', 'change.full');
  const change = changeOf(asked, { on, personId });
  return succeed({
    value: withRelations(withoutThoseWhoLeft(roster, [change]), relations ?? []),
    personId,
    claims: await foundFromNowOn(store, roster, [personId], null),
  });
};
