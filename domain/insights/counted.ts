import type { Month } from '../assistance/period.ts';
import type { Fen } from '../money.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { Referral } from '../referrals/referral.ts';

/** Under what something is counted: the county it was in, whose it was, for which item, and in which month in China. */
export interface CountedUnder {
  readonly county: DivisionCode;
  readonly department: string;
  readonly item: string;
  readonly month: Month;
}

/** So many referrals were closed. */
export interface ClosedReferrals extends CountedUnder {
  readonly closed: number;
}

/** A claim of a department that the assistance chain refused; `amount` null where it told none. */
export interface PreventedDuplicate extends CountedUnder {
  readonly amount: Fen | null;
}

/** Of an open referral what is counted. `item` is null when nobody can read any more what it was for. */
export interface ReferralStanding extends Pick<Referral, 'department' | 'division' | 'state' | 'due' | 'escalatedAt'> {
  readonly item: string | null;
}

/** The months that are looked back on, both included. */
export interface Months {
  readonly from: Month;
  readonly to: Month;
}
