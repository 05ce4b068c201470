import { isLocalDate, monthsBetween } from '../dates.ts';
import { type Known, slotOf } from '../facts/readings.ts';
import { shareRoundedUp } from '../policy/shares.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { thresholdOf } from './lines.ts';
import { homeReading, numberOf, reading, type Situation } from './situation.ts';

const startSlot = slotOf('employment.started-on');
const paidSlot = slotOf('allowance.paid');

/** The grace period of a household on the allowance, and the amount a month that goes on in it; null when nobody recorded what is paid. */
export interface GracePeriod {
  readonly found: Finding;
  readonly amount: number | null;
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

/** The newest day on which a counted member took up work. */
const newestStart = ({ counted, plan }: Situation): Known | null => {
  let newest: Known | null = null;
  for (const each of counted) {
    const read = reading(each, startSlot);
    if (!read.known || String(read.fact.value) > plan.date) continue;
    if (newest === null || String(read.fact.value) > String(newest.fact.value)) newest = read;
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
  const months = isLocalDate(start.fact.value) ? monthsBetween(start.fact.value, plan.date) : limit;
  const paid = homeReading(situation, paidSlot);
  const amount = paid.known ? shareRoundedUp(numberOf(paid), plan.settings['grace.amount_share'].value) : null;
  const facts = paid.known ? [start, paid] : [start];
  const found =
    months < limit
      ? measured(gracePeriodKind, null, true, months, limit, limit, facts)
      : { ...unmeasured(gracePeriodKind, null, 'not-applicable', { limit, facts }), measured: months };
  return { found, amount };
};
