import type { ReferralView } from '../../contracts/api/referrals.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { partSeen } from '../../domain/access/reach.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { receivingDepartments } from '../../domain/referrals/receiving-departments.ts';
import type { Referral } from '../../domain/referrals/referral.ts';
import { referralViewOf } from './referral-view.ts';

export interface ReferralListRequest {
  county?: DivisionCode | undefined;
  department?: string | undefined;
  state?: Referral['state'] | undefined;
  limit: number;
  after: string | null;
}

/**
 * Open referrals of a county, of each department the most urgent first. A department reads the one partition that is its own;
 * officers read those of all, one after the other, or of the one they name. Callers of one county need not name it.
 */
export const listReferrals = async (
  dependencies: Dependencies,
  principal: Principal,
  { county: asked, department, state = undefined, limit, after }: ReferralListRequest,
): Promise<Outcome<{ referrals: ReferralView[] }>> => {
  const county = asked ?? (principal.division.length >= 6 ? countyOf(principal.division) : undefined);
  if (county === undefined) {
    return refuse('validation-failed', { errors: [{ in: 'query', field: '/county', code: fault('required') }] });
  }
  const within = partSeen(principal, county);
  if (within === undefined) {
    return refuse('forbidden', { errors: [{ in: 'query', field: '/county', code: fault('division.out-of-scope') }] });
  }
  const own = principal.role === 'agency' ? (principal.agency ?? '') : department;
  if (department !== undefined && department !== own) {
    return refuse('forbidden', { errors: [{ in: 'query', field: '/department', code: fault('referral.department') }] });
  }
  const policy = await dependencies.policies.inForce();
  const departments = own === undefined ? receivingDepartments(policy) : [own];
  const page = await pageOf(dependencies, departments, { county, within, state: state ?? null }, limit, after);
  return succeed({ referrals: page.items.map((each) => referralViewOf(each, policy)) }, { next: page.next });
};

/** A page that may go over several departments; its position names the department and the place in its list. */
const pageOf = async (
  { store }: Dependencies,
  departments: readonly string[],
  inbox: { county: DivisionCode; within: DivisionCode; state: Referral['state'] | null },
  limit: number,
  after: string | null,
): Promise<{ items: readonly Referral[]; next: string | null }> => {
  const [from = '', place = ''] = after?.split(' ') ?? [];
  const items: Referral[] = [];
  const first = Math.max(departments.indexOf(from), 0);
  for (const [index, department] of departments.slice(first).entries()) {
    if (items.length === limit) return { items, next: `${department} ` };
    const start = index === 0 && place !== '' ? place : null;
    const page = await store.openReferrals({ ...inbox, department }, limit - items.length, start);
    items.push(...page.items);
    if (page.next !== null) return { items, next: `${department} ${page.next}` };
  }
  return { items, next: null };
};
