import type { InsightsView } from '../../contracts/api/insights.ts';
import { fault } from '../../contracts/field-faults.ts';
import { type FieldRefusal, type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { worksIn } from '../../domain/access/reach.ts';
import { monthIn, plusMonths } from '../../domain/assistance/period.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { addCounts, type InsightCounts, noCounts } from '../../domain/insights/insight-book.ts';
import { type DivisionCode, isWithin } from '../../domain/people/divisions.ts';
import { named } from '../assistance-chain/entry-view.ts';
import { countReferrals } from './count-referrals.ts';

/** `counties` are those of the region; `mostCounted` is how many rows one answer reads at most. */
export interface InsightDependencies extends Dependencies {
  readonly counties: readonly DivisionCode[];
  readonly mostCounted: number;
}

export interface InsightsRequest {
  readonly division: DivisionCode;
  readonly department?: string | undefined;
  readonly item?: string | undefined;
}

/** So many months are looked back on, the present one included. */
const monthsBack = 12;

const ofDivision = (code: FieldRefusal['code']): { errors: FieldRefusal[] } => ({
  errors: [{ in: 'query', field: '/division', code }],
});

/** A code that means nothing has nothing to count, which would read as if nobody waited: a slip of the pen is refused instead. */
const unknownIn = (
  known: readonly { readonly code: string }[],
  asked: string | undefined,
  field: string,
  code: FieldRefusal['code'],
): FieldRefusal[] =>
  asked === undefined || known.some((each) => each.code === asked) ? [] : [{ in: 'query', field, code }];

const countsOf = ({ prevented, preventedFen, preventedWithoutAmount, ...counts }: InsightCounts) => ({
  open: counts.open,
  accepted: counts.accepted,
  onTime: counts.onTime,
  late: counts.late,
  returned: counts.returned,
  escalated: counts.escalated,
  closed: counts.closed,
  prevented: { claims: prevented, amount: preventedFen, withoutAmount: preventedWithoutAmount },
});

const codesOf = (codes: readonly (string | null)[]): readonly string[] =>
  [...new Set(codes.filter((code) => code !== null))].toSorted();

/**
 * How the departments of a county, a prefecture or the province answer, by county and item. What is open is counted when it is asked
 * for; what was closed or prevented, from what was counted in the command that did it. A department or item that the policy in force
 * does not have is refused. So is a division of which more would have to be read than one answer may: it is not counted in part.
 */
export const readInsights = async (
  dependencies: InsightDependencies,
  principal: Principal,
  { division, department, item }: InsightsRequest,
): Promise<Outcome<InsightsView>> => {
  if (!worksIn(principal, division)) return refuse('forbidden', ofDivision(fault('division.out-of-scope')));
  const counties = dependencies.counties.filter((county) => isWithin(county, division));
  if (counties.length === 0) return refuse('validation-failed', ofDivision(fault('division.unknown')));
  const { departments, catalogue } = await dependencies.policies.inForce();
  const errors = [
    ...unknownIn(departments, department, '/department', fault('referral.department')),
    ...unknownIn(catalogue, item, '/item', fault('assistance.item-unknown')),
  ];
  if (errors.length > 0) return refuse('validation-failed', { errors });
  const { mostCounted, now } = dependencies;
  const asOf = now();
  const to = monthIn(dateInChina(asOf));
  const months = { from: plusMonths(to, 1 - monthsBack), to };
  const counted = await countReferrals(dependencies, { division, counties, department, item, months, mostCounted });
  if (counted === undefined) return refuse('validation-failed', ofDivision(fault('insights.too-many')));
  const { lines, unreadable } = counted;
  const totals = noCounts();
  for (const line of lines) addCounts(totals, line);
  return succeed({
    division,
    asOf,
    months,
    totals: countsOf(totals),
    unreadable,
    lines: lines.map((line) => ({
      county: line.county,
      department: line.department,
      item: line.item,
      ...countsOf(line),
    })),
    departments: codesOf(lines.map((line) => line.department)).map((code) => named(departments, code)),
    items: codesOf(lines.map((line) => line.item)).map((code) => named(catalogue, code)),
  });
};
