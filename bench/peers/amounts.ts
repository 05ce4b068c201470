import type { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import { dividedUp, shareRoundedUp } from '../../domain/policy/shares.ts';
import type { Terms } from './terms.ts';

/** What is paid, as the code around the engines reckons it, in fen a month. */
export interface Amounts {
  readonly totalFrom: number;
  readonly gradeOf: (failed: number) => 'full' | 'partial' | 'total-loss';
  readonly inAll: (tier: HouseholdTier, standard: number, income: number, members: readonly Paid[]) => number;
}

interface Paid {
  readonly inHardship: boolean;
  readonly enters: boolean;
  readonly grade: 'full' | 'partial' | 'total-loss' | null;
}

/** Reads rounding, multiples and care amounts once. */
export const amountsOf = ({ value }: Terms): Amounts => {
  const unit = value('amount.round_up_to_fen');
  const smallest = value('amount.smallest_payment');
  const multiple = value('extreme-hardship.basic_multiple');
  const share = value('single-entry.share_of_standard');
  const partialFrom = value('self-care.partial_from');
  const totalFrom = value('self-care.total_from');
  const care = {
    'full': value('extreme-hardship.care_full'),
    'partial': value('extreme-hardship.care_partial'),
    'total-loss': value('extreme-hardship.care_total'),
  } as const;
  const payable = (amount: number): number => (amount <= 0 ? 0 : Math.max(dividedUp(amount, unit) * unit, smallest));
  const allowance = (standard: number, income: number, members: readonly Paid[], entrants: number): number => {
    const heads = members.length;
    const gap = standard * 12 * heads - income;
    const paid = members.filter(({ inHardship }) => !inHardship).length;
    const byGap = gap <= 0 ? 0 : dividedUp(gap * paid, 12 * heads);
    return payable(Math.max(byGap, entrants * shareRoundedUp(standard, share)));
  };
  return {
    totalFrom,
    gradeOf: (failed) => (failed >= totalFrom ? 'total-loss' : failed >= partialFrom ? 'partial' : 'full'),
    inAll: (tier, standard, income, members) => {
      let sum = 0;
      let entrants = 0;
      for (const { inHardship, enters, grade } of members) {
        if (inHardship) sum += payable(shareRoundedUp(standard, multiple));
        if (grade !== null) sum += payable(care[grade]);
        if (enters) entrants += 1;
      }
      if (tier === 'MINIMUM_LIVING_ALLOWANCE') return sum + allowance(standard, income, members, entrants);
      return tier === 'MARGINAL' ? sum + entrants * payable(shareRoundedUp(standard, share)) : sum;
    },
  };
};
