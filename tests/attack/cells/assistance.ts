import { z } from 'zod';
import { Principal } from '../../../contracts/principal.ts';
import { PersonId } from '../../../domain/ids.ts';
import { agencyOf, claim } from '../../support/assistance.ts';
import { bodyOf } from '../../support/reviews.ts';
import type { Claims } from '../api.ts';
import { type PlaceName, places } from '../places.ts';
import type { Case, World } from '../world.ts';

interface Asked {
  readonly world: World;
  readonly planted: Case;
  readonly place: PlaceName;
  readonly claims: Claims | null;
}

/** An item that the caller's department leads, of one for each event, so that each request is about another occasion. */
const yearly: Readonly<Record<string, string>> = {
  'disabled-persons-federation': 'disability.child-rehabilitation',
  'education': 'education.compulsory',
};
const itemFor = (department: string): string => yearly[department] ?? 'elderly.old-age-allowance';
const periodFor = (department: string) =>
  department in yearly ? { of: 'year', year: 2026 } : { of: 'months', from: '2026-03', to: '2026-04' };

const departmentOf = (claims: Claims | null): string => String(claims?.['agency'] ?? 'civil-affairs');

/** What a caller claims for the planted person. */
export const claimOf = ({ planted, claims }: Asked) => {
  const department = departmentOf(claims);
  return {
    householdId: planted.householdId,
    personId: planted.personId,
    item: itemFor(department),
    period: periodFor(department),
  };
};

/** An entry of the planted person: of the agency that handed the case in when an agency asks, of Civil Affairs otherwise. */
export const plantEntry = async (asked: Asked): Promise<string> => {
  const { world, planted, place, claims } = asked;
  const application = await world.roster.store.application(planted.applicationId);
  const department = claims?.['role'] === 'agency' ? (application?.agency ?? 'civil-affairs') : 'civil-affairs';
  const principal =
    department === 'civil-affairs'
      ? Principal.parse({ subject: 'a-giver', role: 'county-worker', division: places[place].county, agency: null })
      : agencyOf(department, places[place].county);
  const subject = { householdId: planted.householdId, personId: PersonId.parse(planted.personId) };
  const entry = await claim(
    world.roster,
    itemFor(department),
    subject,
    { period: periodFor(department) },
    { as: principal },
  );
  if (!entry.ok && entry.problem === 'assistance-duplicate')
    return known.get(`${planted.personId} ${department}`) ?? '';
  const { entryId } = z.looseObject({ entryId: z.string() }).parse(bodyOf(entry));
  known.set(`${planted.personId} ${department}`, entryId);
  return entryId;
};
/** Entries by person and department: a case that was not used up has one already. */
const known = new Map<string, string>();
