import type { PersonId } from '../ids.ts';
import { fen } from '../money.ts';
import { dividedUp, inTenThousandths, shareRoundedUp, wholeShare } from '../policy/shares.ts';
import type { Entitlement } from './evaluation.ts';
import type { Income } from './income.ts';
import type { SelfCare } from './self-care.ts';
import type { Situation } from './situation.ts';

/** Rounds a monthly amount up as the pack says, and to its smallest payment; nothing stays nothing. */
const payable = ({ plan: { settings } }: Situation, amount: number): number => {
  if (amount <= 0) return 0;
  const unit = settings['amount.round_up_to_fen'].value;
  return Math.max(dividedUp(amount, unit) * unit, settings['amount.smallest_payment'].value);
};

const monthly = (
  situation: Situation,
  item: string,
  personId: PersonId | null,
  amount: number,
  citation: string,
): readonly Entitlement[] => {
  const payment = payable(situation, amount);
  return payment === 0 ? [] : [{ item, personId, amount: fen(payment), period: 'month', citation }];
};

const careSettings = {
  'full': 'extreme-hardship.care_full',
  'partial': 'extreme-hardship.care_partial',
  'total-loss': 'extreme-hardship.care_total',
} as const;

/** Basic support and care of one person in extreme hardship, in fen a month (D43 article 20, D14 chapter 3). */
export const extremeHardshipSupport = (
  situation: Situation,
  personId: PersonId,
  selfCare: SelfCare | null,
): readonly Entitlement[] => {
  const { settings } = situation.plan;
  const multiple = settings['extreme-hardship.basic_multiple'];
  const basic = shareRoundedUp(situation.place.standard.value, multiple.value);
  const care = selfCare === null ? null : settings[careSettings[selfCare]];
  return [
    ...monthly(situation, 'extreme-hardship.basic-living', personId, basic, multiple.citation),
    ...(care === null ? [] : monthly(situation, 'extreme-hardship.care', personId, care.value, care.citation)),
  ];
};

/** What each single-person entrant receives, in fen a month. */
const entryAmount = ({ plan, place }: Situation): number =>
  shareRoundedUp(place.standard.value, plan.settings['single-entry.share_of_standard'].value);

/** The allowance of each member who enters by single-person entry (D57 article 8). */
export const singleEntryAllowances = (situation: Situation, entrants: readonly PersonId[]): readonly Entitlement[] => {
  const { citation } = situation.plan.settings['single-entry.share_of_standard'];
  return entrants.flatMap((personId) =>
    monthly(situation, 'minimum-living-allowance.single-person-entry', personId, entryAmount(situation), citation),
  );
};

/** Who shares in a household's allowance, and what it may not fall below. */
export interface AllowanceShares {
  /** Members who are paid: all that are counted but those in extreme hardship. */
  readonly paid: number;
  /** Of them, those whose own share is cut for refusing work (D57 article 34). */
  readonly refusing: number;
  readonly entrants: number;
  /** What a grace period lets go on, in fen a month (D22 1(3)). */
  readonly grace: number;
}

/**
 * A household's allowance in fen a month: its gap to the standard for each share paid, together (D57 article 23). It is not below
 * what its members would receive as single-person entrants of a household with more income, where the pack says so, nor below
 * what a grace period lets go on.
 */
export const allowanceAmount = (
  situation: Situation,
  income: Income,
  { paid, refusing, entrants, grace }: AllowanceShares,
): number => {
  const { settings } = situation.plan;
  const gap = situation.place.standard.value * 12 * income.heads - income.known;
  const shares = paid * wholeShare - refusing * inTenThousandths(settings['work_refusal.share_cut'].value);
  const byGap = gap <= 0 ? 0 : dividedUp(gap * shares, 12 * income.heads * wholeShare);
  const byEntry = settings['mla.floor_at_single_entry'].value ? entrants * entryAmount(situation) : 0;
  return payable(situation, Math.max(byGap, byEntry, grace));
};

/** The household's allowance as an entitlement. */
export const householdAllowance = (
  situation: Situation,
  income: Income,
  shares: AllowanceShares,
): readonly Entitlement[] => {
  const citation = `D57 article 23; standard: ${situation.place.standard.citation}`;
  return monthly(situation, 'minimum-living-allowance', null, allowanceAmount(situation, income, shares), citation);
};
