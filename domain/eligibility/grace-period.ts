import { isLocalDate, type LocalDate, monthsBetween } from '../dates.ts';
import { type Known, slotOf } from '../facts/readings.ts';
import { shareRoundedUp } from '../policy/shares.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { thresholdOf } from './lines.ts';
import { causeOf, homeReading, numberOf, reading, type Situation } from './situation.ts';

const startSlot = slotOf('employment.started-on');
const paidSlot = slotOf('allowance.paid');

/**
 * The grace period of a household on the allowance, and the amount a month that goes on in it: unknown while nobody recorded what
 * is paid, though the household surely keeps the tier.
 */
export interface GracePeriod {
  readonly found: Finding;
  readonly amount: number;
}

export const gracePeriodKind: TestKind = {
  code: 'mla.grace',
  tier: 'ALLOWANCE_AMOUNT',
  unit: 'completed-months',
  turns: null,
  describe: ({ plan }, { limit }) => {
    const months = plan.settings['grace.max_months'];
    return {
      comparison: '<',
      citation: months.citation,
      threshold: thresholdOf('grace.max_months', months, limit ?? 0, 'completed-months'),
      also: [],
    };
  },
};

/** A day on which a counted member took up work, with the fact that says so. */
interface Start {
  readonly on: LocalDate;
  readonly read: Known;
}

/** The newest such day. An unreadable one, or one to come, is none. */
const newestStart = ({ counted, plan }: Situation): Start | null => {
  let newest: Start | null = null;
  for (const each of counted) {
    const read = reading(each, startSlot);
    if (!read.known || !isLocalDate(read.fact.value) || read.fact.value > plan.date) continue;
    if (newest === null || read.fact.value > newest.on) newest = { on: read.fact.value, read };
  }
  return newest;
};

/**
 * The grace period after a member took up work (D22 1(3): at most six months in principle). Null where the household is not on
 * the allowance or nobody took up work: then there is nothing to keep. An unreadable start is no start; it never takes anything.
 */
export const gracePeriod = (situation: Situation): GracePeriod | null => {
  const { plan, household } = situation;
  if (household.tier !== 'MINIMUM_LIVING_ALLOWANCE') return null;
  const start = newestStart(situation);
  if (start === null) return null;
  const limit = plan.settings['grace.max_months'].value;
  const months = monthsBetween(start.on, plan.date);
  const paid = homeReading(situation, paidSlot);
  if (months >= limit) {
    const over = unmeasured(gracePeriodKind, null, 'not-applicable', { limit, facts: [start.read] });
    return { found: { ...over, measured: months }, amount: 0 };
  }
  if (!paid.known) {
    const causes = [causeOf(paid.problem, 'allowance.paid')];
    return { found: unmeasured(gracePeriodKind, null, 'unknown', { limit, facts: [start.read], causes }), amount: 0 };
  }
  const amount = shareRoundedUp(numberOf(paid), plan.settings['grace.amount_share'].value);
  return {
    found: measured(gracePeriodKind, null, true, { value: months, limit, turning: limit, facts: [start.read, paid] }),
    amount,
  };
};
