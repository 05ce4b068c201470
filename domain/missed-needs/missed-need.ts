import type { Month } from '../assistance/period.ts';
import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import {
  type DeterminationId,
  type HouseholdId,
  type PaymentRunId,
  type PersonId,
  type ReferralId,
  TaskId,
} from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { AboutMissedNeed } from '../tasks/new-task.ts';
import type { AlikeRecords } from '../tasks/task.ts';

interface OfHousehold {
  readonly householdId: HouseholdId;
  readonly division: DivisionCode;
}

/** A month of an item that a decision in force entitles to, and of which nothing is on record. */
export interface MissedDelivery extends OfHousehold {
  readonly kind: 'entitled-not-delivered';
  readonly determinationId: DeterminationId;
  /** Which of the decision's entitlements, from 0. */
  readonly entitlement: number;
  readonly item: string;
  readonly personId: PersonId | null;
  readonly month: Month;
}

/** A referral of which somebody's time has passed; `lateness` says for the how manieth time, from 1. */
export interface MissedAnswer extends OfHousehold {
  readonly kind: 'referral-unanswered';
  readonly referralId: ReferralId;
  readonly lateness: number;
}

/** A household that left or was refused on a day, and would be in a tier by what is on file. */
export interface MissedHardship extends OfHousehold {
  readonly kind: 'left-still-in-hardship';
  readonly leftOn: LocalDate;
}

/**
 * A household about which nothing was ever decided here: it would be in a tier by what is on file, or has one from elsewhere and was looked at
 * too long ago; `number` as below.
 */
export interface UndecidedHardship extends OfHousehold {
  readonly kind: 'undecided-in-hardship';
  readonly number: number;
}

/** A household that is to be looked at again; `number` says for the how manieth time, from 1. */
export interface DueReview extends OfHousehold {
  readonly kind: 'periodic-review';
  readonly number: number;
}

/** Somebody who may be registered a second time; `number` says for the how manieth time it is asked, from 1. */
export interface PossibleDouble extends OfHousehold {
  readonly kind: 'possible-double-registration';
  readonly alike: AlikeRecords;
  readonly number: number;
}

/** A line of the daily scan: who has fallen between, or would, and where; and who may be registered twice. */
export type MissedNeed =
  | MissedDelivery
  | MissedAnswer
  | MissedHardship
  | UndecidedHardship
  | DueReview
  | PossibleDouble;

/** What sees to a line already. */
export type Cover =
  | { readonly by: 'task' | 'review' }
  | { readonly by: 'payment-run'; readonly paymentRunId: PaymentRunId };

/** What became of a line: a task was opened for it by this scan, or something covers it. */
export type Seen = { readonly by: 'opened' } | Cover;

/** What a line is the same by, however often it is found: item and month, referral and lateness, day of leaving, for the how manieth time it is asked, which of the reviews, which two records. */
const periodOf = (need: MissedNeed): readonly string[] => {
  switch (need.kind) {
    case 'entitled-not-delivered':
      return [need.item, need.personId ?? '', need.month];
    case 'referral-unanswered':
      return [need.referralId, String(need.lateness)];
    case 'left-still-in-hardship':
      return [need.leftOn];
    case 'undecided-in-hardship':
    case 'periodic-review':
      return [String(need.number)];
    case 'possible-double-registration':
      return [need.alike.personId, need.alike.otherPersonId, String(need.number)];
  }
};

/** The task of a line: the same whoever finds it and however often, and another for another period. */
export const missedNeedTaskIdOf = (digest: Digest, need: MissedNeed): TaskId =>
  TaskId.parse(`tsk_${digest(['missed-need', need.kind, need.householdId, ...periodOf(need)].join('|')).slice(0, 32)}`);

/** What the task of a line says: ids, a month and a place, and nothing of what somebody is given. */
export const aboutMissedNeed = (digest: Digest, need: MissedNeed, foundOn: LocalDate): AboutMissedNeed => {
  const delivery = need.kind === 'entitled-not-delivered' ? need : null;
  return {
    taskId: missedNeedTaskIdOf(digest, need),
    kind: need.kind,
    householdId: need.householdId,
    division: need.division,
    foundOn,
    determinationId: delivery?.determinationId ?? null,
    entitlement: delivery?.entitlement ?? null,
    month: delivery?.month ?? null,
    referralId: need.kind === 'referral-unanswered' ? need.referralId : null,
    ...(need.kind === 'possible-double-registration' ? { alike: need.alike } : {}),
  };
};
