import type { HouseholdView } from '../../contracts/api/households.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, daysBetween, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { householdSight } from '../../domain/disclosure/household-rules.ts';
import { maskedIdentity } from '../../domain/disclosure/masking.ts';
import { newestFacts } from '../../domain/disclosure/newest-facts.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import { type HouseholdId, PersonId } from '../../domain/ids.ts';
import { recordReading } from './record-looking.ts';
import { visibleHousehold } from './visible-member.ts';

type MemberView = HouseholdView['members'][number];

const memberView = (
  member: HouseholdMember,
  { identities }: RosterHousehold,
  { today, facts }: { today: LocalDate; facts: boolean },
): MemberView => {
  const { personId, relation, birthDate, sex, fullTimeStudent, notCounted, tier, deceasedOn } = member;
  const identity = identities.find((one) => one.personId === personId);
  return {
    personId,
    relation,
    ...(identity === undefined ? { name: null, residentId: null } : maskedIdentity(identity)),
    birthYear: Number(birthDate.slice(0, 4)),
    sex,
    fullTimeStudent,
    notCounted,
    tier,
    deceased: deceasedOn !== null && deceasedOn <= today,
    deceasedOn: facts ? deceasedOn : null,
  };
};

const factViews = ({ facts }: Household, today: LocalDate): NonNullable<HouseholdView['facts']> =>
  newestFacts(facts).map(({ kind, subject, value, unit, dataset, asOf }) => ({
    kind,
    personId: PersonId.safeParse(subject).data ?? null,
    value,
    unit,
    dataset,
    asOf,
    ageDays: daysBetween(asOf, today),
  }));

/** What is seen of a household, as the record of each member names it. */
const fieldsSeen = (facts: boolean): readonly string[] => ['masked-identity', 'tier', ...(facts ? ['facts'] : [])];

/**
 * A household of the caller's division, masked. Those who assess and confirm see its facts, with source and age; supervision and
 * audit do not. The reading is recorded for each member before anything is answered.
 */
export const readHousehold = async (
  dependencies: Dependencies,
  principal: Principal,
  householdId: HouseholdId,
): Promise<Outcome<HouseholdView>> => {
  const sight = householdSight[principal.role];
  if (sight === undefined) return refuse('forbidden');
  const roster = await visibleHousehold(dependencies.store, principal, householdId);
  if (roster === undefined) return refuse('not-found');
  const at = dependencies.now();
  const today = dateInChina(at);
  const { household, applicationId, determinationId, version } = roster;
  const { registeredDivision, residenceDivision, settlement, tier, members } = household;
  const personIds = members.map(({ personId }) => personId);
  const { purpose, facts } = sight;
  await recordReading(dependencies, principal, { roster, personIds, purpose, fields: fieldsSeen(facts) }, at);
  return succeed(
    {
      householdId,
      registeredDivision,
      residenceDivision,
      settlement,
      tier,
      members: members.map((member) => memberView(member, roster, { today, facts })),
      facts: facts ? factViews(household, today) : null,
      applicationId,
      determinationId,
    },
    { version },
  );
};
