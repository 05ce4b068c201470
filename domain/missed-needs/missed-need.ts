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
import type { AlikeRecords, Task } from '../tasks/task.ts';

interface OfHousehold {
  readonly householdId: HouseholdId;
  readonly division: DivisionCode;
  /** How many tasks of this very line were taken back because it had been met, and is not any more; absent for none. */
  readonly takenBack?: number;
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

/**
 * What makes a line the same one, however often it is found. A missed delivery is told by its item, person and month, a referral by how late
 * it is, and who left by the day. Questions and reviews are told by their number. Two records that look alike are told by both people and
 * the number.
 */
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

/** The task of a line: the same whoever finds it and however often, and another for another period, or after one that was taken back. */
export const missedNeedTaskIdOf = (digest: Digest, need: MissedNeed): TaskId => {
  const again = need.takenBack === undefined ? [] : [`again-${need.takenBack}`];
  const line = ['missed-need', need.kind, need.householdId, ...periodOf(need), ...again];
  return TaskId.parse(`tsk_${digest(line.join('|')).slice(0, 32)}`);
};

/**
 * The task that there is of a line, and the line as it is told by: a task that was taken back, because the need had been met, says nothing
 * of a need that is there again, so the line goes on to the next one.
 */
export const standingTaskOf = async <Need extends MissedNeed>(
  digest: Digest,
  need: Need,
  taskOf: (taskId: TaskId) => Promise<Task | undefined>,
): Promise<{ readonly need: Need; readonly task: Task | undefined }> => {
  for (let told = need, takenBack = 1; ; told = { ...need, takenBack }, takenBack += 1) {
    const task = await taskOf(missedNeedTaskIdOf(digest, told));
    if (task?.state !== 'cancelled') return { need: told, task };
  }
};

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
