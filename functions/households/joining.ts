import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { isFull, joiningDayFault, withNewMember } from '../../domain/households/apply-change.ts';
import { type HouseholdMember, livingMembers } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { PersonId } from '../../domain/ids.ts';
import type { KnownPerson } from '../../domain/store/roster-store.ts';
import { declaredOf } from '../applications/declared-facts.ts';
import { type Asked, changeOf, type Planned, refused, refusedFor } from './asked-change.ts';
import { checkedNewcomer, type Newcomer } from './checked-newcomer.ts';

/**
 * Somebody comes into the household: born into it, or from no household of the roster. A person exists once: whoever is known by the
 * resident ID keeps the own id, and is refused as long as the roster has the person in a household.
 */
export const joining = async (
  { store, newId }: Dependencies,
  asked: Asked,
  newcomer: Newcomer,
): Promise<Outcome<Planned>> => {
  const { roster, at } = asked;
  const today = dateInChina(at);
  const checked = checkedNewcomer(newcomer, today);
  if (!checked.ok) return refused(checked.errors);
  const { residentId } = checked;
  const { name, on } = newcomer;
  const known = residentId === null ? undefined : (await store.people([residentId]))[0];
  if (isThere(roster, { ...newcomer, residentId }, known)) return refuse('person-on-roster');
  const dayFault = joiningDayFault(roster.household, { ...newcomer, personId: known?.personId }, on, today);
  if (dayFault !== null) return refusedFor(newcomer.kind === 'birth' ? '/birthDate' : '/on', dayFault);
  const personId = known?.personId ?? PersonId.parse(`per_${newId()}`);
  const { declared } = newcomer;
  const facts = declared === undefined ? [] : declaredOf(personId, declared, { asOf: today, recordedAt: at });
  if (isFull(roster.household, { changes: 1, members: 1, facts: facts.length }))
    return refusedFor('/kind', 'change.full');
  const { householdId } = roster.household;
  const change = changeOf(asked, { on, personId });
  const person = { member: memberOf(newcomer, personId), identity: { personId, name, residentId }, facts };
  return succeed({
    value: withNewMember(roster, change, person),
    personId,
    claims: residentId === null ? [] : [{ residentId, seen: known, personId, householdId, applicationId: null }],
  });
};

const memberOf = ({ relation, birthDate, sex, fullTimeStudent }: Newcomer, personId: PersonId): HouseholdMember => ({
  personId,
  relation,
  birthDate,
  sex,
  fullTimeStudent,
  notCounted: null,
  tier: 'NONE',
  deceasedOn: null,
});

/**
 * Whether the person is in a household already. Of whom no resident ID is known nobody can say more than that the household has somebody
 * of that name who was born on that day.
 */
const isThere = (
  { household, identities }: RosterHousehold,
  { name, birthDate, residentId }: Newcomer,
  known: KnownPerson | undefined,
): boolean => {
  if (known !== undefined) return known.householdId !== null;
  return livingMembers(household).some(
    (member) =>
      member.birthDate === birthDate &&
      identities.some(
        (identity) =>
          identity.personId === member.personId &&
          identity.name === name &&
          (identity.residentId === null || residentId === null),
      ),
  );
};
