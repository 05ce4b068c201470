import type { GrievanceSummary, GrievanceView } from '../../contracts/api/grievances.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { mayReachGrievance, partSeen } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import type { Grievance } from '../../domain/grievances/grievance.ts';
import type { GrievanceId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { grievanceSummaryOf, grievanceViewOf } from './grievance-view.ts';

/** A grievance the caller reaches; undefined when there is none or it is another's, which look the same from outside. */
export const visibleGrievance = async (
  { store }: Pick<Dependencies, 'store'>,
  principal: Principal,
  grievanceId: GrievanceId,
): Promise<Grievance | undefined> => {
  const grievance = await store.grievance(grievanceId);
  return grievance !== undefined && mayReachGrievance(principal, grievance) ? grievance : undefined;
};

export const readGrievance = async (
  dependencies: Dependencies,
  principal: Principal,
  grievanceId: GrievanceId,
): Promise<Outcome<GrievanceView>> => {
  const grievance = await visibleGrievance(dependencies, principal, grievanceId);
  if (grievance === undefined) return refuse('not-found');
  const policy = await dependencies.policies.inForce();
  return succeed(grievanceViewOf(grievance, policy, principal), { version: grievance.version });
};

export interface GrievanceListRequest {
  county: DivisionCode | undefined;
  state: Grievance['state'] | undefined;
  limit: number;
  after: string | null;
}

/** The grievances of a county, the oldest first, without what was said. Callers of one county need not name it. */
export const listGrievances = async (
  { store, policies }: Dependencies,
  principal: Principal,
  { county: asked, state = undefined, limit, after }: GrievanceListRequest,
): Promise<Outcome<{ grievances: GrievanceSummary[] }>> => {
  const county = asked ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined) {
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  }
  if (partSeen(principal, county) !== county) {
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  }
  const page = await store.grievancesOf(county, state ?? null, limit, after);
  const policy = await policies.inForce();
  return succeed({ grievances: page.items.map((each) => grievanceSummaryOf(each, policy)) }, { next: page.next });
};
