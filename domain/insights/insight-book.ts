import type { Instant } from '../dates.ts';
import { countyOf, type DivisionCode } from '../people/divisions.ts';
import type { ClosedReferrals, PreventedDuplicate, ReferralStanding } from './counted.ts';

/** What is counted of referrals and of refused claims. A referral can be in several of the columns. */
export interface InsightCounts {
  /** Referrals on which somebody still has something to do. */
  open: number;
  /** Of those: taken on by the department, and not answered yet. */
  accepted: number;
  /** Of those: the department has to answer, and its time is not over. */
  onTime: number;
  /** Of those: the department has to answer, and its time is over. */
  late: number;
  /** Of those: given back, so that officers have to choose another department, or the panel has to. */
  returned: number;
  /** Of those: escalated by the sweep, whoever has to do the present step. */
  escalated: number;
  /** Closed in the months looked back on: somebody has verified what came of them. */
  closed: number;
  /** Claims refused in those months because the same aid, or one that excludes it, stood. */
  prevented: number;
  /** What those of them that told an amount came to, in whole fen; null when none did. */
  preventedFen: number | null;
  /** Those of them that told no amount, and so are not in the sum. */
  preventedWithoutAmount: number;
}

/** The counts of a department's item in a county; `item` null: of what nobody can read any more. */
export interface InsightLine extends InsightCounts {
  readonly county: DivisionCode;
  readonly department: string;
  readonly item: string | null;
}

export const noCounts = (): InsightCounts => ({
  open: 0,
  accepted: 0,
  onTime: 0,
  late: 0,
  returned: 0,
  escalated: 0,
  closed: 0,
  prevented: 0,
  preventedFen: null,
  preventedWithoutAmount: 0,
});

const sumOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : one + other;

/** Adds counts to others. */
export const addCounts = (to: InsightCounts, counts: InsightCounts): void => {
  to.open += counts.open;
  to.accepted += counts.accepted;
  to.onTime += counts.onTime;
  to.late += counts.late;
  to.returned += counts.returned;
  to.escalated += counts.escalated;
  to.closed += counts.closed;
  to.prevented += counts.prevented;
  to.preventedFen = sumOf(to.preventedFen, counts.preventedFen);
  to.preventedWithoutAmount += counts.preventedWithoutAmount;
};

/** States in which the department has to answer; in the others officers have something to do, and their time is not its. */
const waitsForDepartment = ({ state }: ReferralStanding): boolean => state === 'sent' || state === 'accepted';

const countsOf = (standing: ReferralStanding, at: Instant): InsightCounts => {
  const { state, due, escalatedAt } = standing;
  const isOver = due !== null && at >= due.dueAt;
  return {
    ...noCounts(),
    open: 1,
    accepted: Number(state === 'accepted'),
    onTime: Number(waitsForDepartment(standing) && !isOver),
    late: Number(waitsForDepartment(standing) && isOver),
    returned: Number(state === 'returned' || state === 'with-panel'),
    escalated: Number(escalatedAt !== null),
  };
};

type Place = Pick<InsightLine, 'county' | 'department' | 'item'>;

/** Counts one thing after the other into lines; it holds the lines only, however much is counted. */
export const insightBook = (at: Instant) => {
  const lines = new Map<string, InsightLine>();
  const add = ({ county, department, item }: Place, counts: InsightCounts): void => {
    const name = `${county} ${department} ${item ?? ''}`;
    const line = lines.get(name) ?? { county, department, item, ...noCounts() };
    addCounts(line, counts);
    lines.set(name, line);
  };
  return {
    standing: (standing: ReferralStanding): void =>
      add({ ...standing, county: countyOf(standing.division) }, countsOf(standing, at)),
    closed: (closed: ClosedReferrals): void => add(closed, { ...noCounts(), closed: closed.closed }),
    prevented: (prevented: PreventedDuplicate): void =>
      add(prevented, {
        ...noCounts(),
        prevented: 1,
        preventedFen: prevented.amount,
        preventedWithoutAmount: Number(prevented.amount === null),
      }),
    /** By county, department and item, in the order of their codes. */
    lines: (): readonly InsightLine[] =>
      [...lines.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line),
  };
};
