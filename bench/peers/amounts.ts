import type { Trace } from '../../domain/determinations/trace.ts';
import type { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import type { PersonId } from '../../domain/ids.ts';
import { dividedUp, shareRoundedUp } from '../../domain/policy/shares.ts';
import type { Terms } from './terms.ts';

type Grade = 'full' | 'partial' | 'total-loss';
type Entitlements = Trace['entitlements'];

const entryItem = 'minimum-living-allowance.single-person-entry';

/** What the answers of an engine say of one member. */
export interface Judged {
  readonly personId: PersonId;
  readonly inHardship: boolean;
  readonly enters: boolean;
  readonly grade: Grade | null;
}

/** What is paid, as the code around the engines reckons it, in fen a month. */
export interface Amounts {
  readonly totalFrom: number;
  readonly gradeOf: (failed: number) => Grade;
  readonly entitlementsOf: (
    tier: HouseholdTier,
    standard: number,
    income: number,
    members: readonly Judged[],
  ) => Entitlements;
}

/** Reads rounding, multiples and care amounts once. */
export const amountsOf = ({ value }: Terms): Amounts => {
  const unit = value('amount.round_up_to_fen');
  const smallest = value('amount.smallest_payment');
  const multiple = value('extreme-hardship.basic_multiple');
  const share = value('single-entry.share_of_standard');
  const partialFrom = value('self-care.partial_from');
  const totalFrom = value('self-care.total_from');
  const care: Readonly<Record<Grade, number>> = {
    'full': value('extreme-hardship.care_full'),
    'partial': value('extreme-hardship.care_partial'),
    'total-loss': value('extreme-hardship.care_total'),
  };
  const payable = (amount: number): number => (amount <= 0 ? 0 : Math.max(dividedUp(amount, unit) * unit, smallest));
  const allowance = (standard: number, income: number, members: readonly Judged[]): number => {
    const heads = members.length;
    const gap = standard * 12 * heads - income;
    let [paid, entrants] = [0, 0];
    for (const { inHardship, enters } of members) {
      if (!inHardship) paid += 1;
      if (enters) entrants += 1;
    }
    const byGap = gap <= 0 ? 0 : dividedUp(gap * paid, 12 * heads);
    return Math.max(byGap, entrants * shareRoundedUp(standard, share));
  };
  return {
    totalFrom,
    gradeOf: (failed) => (failed >= totalFrom ? 'total-loss' : failed >= partialFrom ? 'partial' : 'full'),
    entitlementsOf: (tier, standard, income, members) => {
      const list: Entitlements[number][] = [];
      const add = (item: string, personId: PersonId | null, monthly: number): void => {
        const amount = payable(monthly);
        if (amount > 0) list.push({ item, personId, amount, period: 'month' });
      };
      for (const { personId, inHardship, grade } of members) {
        if (!inHardship) continue;
        add('extreme-hardship.basic-living', personId, shareRoundedUp(standard, multiple));
        if (grade !== null) add('extreme-hardship.care', personId, care[grade]);
      }
      if (tier === 'MINIMUM_LIVING_ALLOWANCE')
        add('minimum-living-allowance', null, allowance(standard, income, members));
      if (tier === 'MARGINAL') {
        const entrants = members.filter(({ enters }) => enters);
        for (const { personId } of entrants) add(entryItem, personId, shareRoundedUp(standard, share));
      }
      return list;
    },
  };
};
