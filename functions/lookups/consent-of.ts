import { adultsWithoutConsent, type ConsentStanding, consentInForce } from '../../domain/applications/consent.ts';
import { isAdultOn, type LocalDate } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { PersonId } from '../../domain/ids.ts';

/**
 * Whether a look-up that rests on consent may be answered for a person: the person's own is in force, and that of every adult whose
 * means went into what would be told. A child's parents are among those adults. `missing` stands over `expired`.
 */
export const consentFor = async (
  { store }: Pick<Dependencies, 'store'>,
  { household, applicationId }: RosterHousehold,
  personId: PersonId,
  today: LocalDate,
): Promise<ConsentStanding> => {
  const application = applicationId === null ? undefined : await store.application(applicationId);
  const consents = application?.consents ?? [];
  const member = household.members.find((one) => one.personId === personId);
  const standings: ConsentStanding[] = adultsWithoutConsent(household, consents, today).map(({ standing }) => standing);
  if (member !== undefined && isAdultOn(member.birthDate, today)) {
    standings.push(consentInForce(consents, personId, today));
  }
  if (application === undefined || standings.includes('missing')) return 'missing';
  return standings.includes('expired') ? 'expired' : 'in-force';
};
