import type { PersonId } from '../ids.ts';
import { Fen } from '../money.ts';
import { dividedUp, shareRoundedUp } from '../policy/shares.ts';
import type { Entitlement } from './evaluation.ts';
import type { Income } from './income.ts';
import type { SelfCare } from './self-care.ts';
import { type Situation, setting } from './situation.ts';

/** Rounds a monthly amount up as the pack says, and to its smallest payment; nothing stays nothing. */
const payable = (situation: Situation, amount: number): Fen => {
  if (amount <= 0) return Fen.parse(0);
  const unit = setting(situation, 'amount.round_up_to_fen').value;
  return Fen.parse(Math.max(dividedUp(amount, unit) * unit, setting(situation, 'amount.smallest_payment').value));
};

const monthly = (situation: Situation, item: string, personId: PersonId | null, amount: number, citation: string) => {
  const payment = payable(situation, amount);
  return payment === 0 ? [] : [{ item, personId, amount: payment, period: 'month', citation } as const];
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
  selfCare: SelfCare,
): readonly Entitlement[] => {
  const multiple = setting(situation, 'extreme-hardship.basic_multiple');
  const basic = shareRoundedUp(situation.standard.value, multiple.value);
  const care = selfCare === null ? null : setting(situation, careSettings[selfCare]);
  return [
    ...monthly(situation, 'extreme-hardship.basic-living', personId, basic, multiple.citation),
    ...(care === null ? [] : monthly(situation, 'extreme-hardship.care', personId, care.value, care.citation)),
  ];
};

/** What each single-person entrant receives, in fen a month. */
const entryAmount = (situation: Situation): number =>
  shareRoundedUp(situation.standard.value, setting(situation, 'single-entry.share_of_standard').value);

/** The allowance of each member who enters by single-person entry (D57 article 8). */
export const singleEntryAllowances = (situation: Situation, entrants: readonly PersonId[]): readonly Entitlement[] => {
  const share = setting(situation, 'single-entry.share_of_standard');
  return entrants.flatMap((personId) =>
    monthly(
      situation,
      'minimum-living-allowance.single-person-entry',
      personId,
      entryAmount(situation),
      share.citation,
    ),
  );
};

/**
 * The household's allowance: its gap to the standard for each member paid, together, in fen a month (D57 article 23). It is
 * not below what its members would receive as single-person entrants of a household with more income, where the pack says so.
 */
export const householdAllowance = (
  situation: Situation,
  income: Income,
  paidHeads: number,
  entrants: number,
): readonly Entitlement[] => {
  const floor = setting(situation, 'mla.floor_at_single_entry');
  const gap = situation.standard.value * 12 * income.heads - income.known;
  const byGap = gap <= 0 ? 0 : dividedUp(gap * paidHeads, 12 * income.heads);
  const byEntry = floor.value ? entrants * entryAmount(situation) : 0;
  const citation = `D57 article 23; standard: ${situation.standard.citation}`;
  return monthly(situation, 'minimum-living-allowance', null, Math.max(byGap, byEntry), citation);
};
