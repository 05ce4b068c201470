import { type CatalogueItem, versionsInForce } from '../catalogue/catalogue.ts';
import { dateInChina, type Instant, type LocalDate } from '../dates.ts';
import type { Clock, ClockKey } from '../deadlines/clock.ts';
import { deadlineOf } from '../deadlines/due.ts';
import type { WorkingDayCalendar } from '../deadlines/working-days.ts';
import type { ReferralState } from '../lifecycles/referral.ts';
import { clockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { Referral } from './referral.ts';

/** The working days and the policy by which deadlines are set. */
export interface ReferralClocks {
  readonly calendar: WorkingDayCalendar;
  readonly policy: PolicyPack;
}

/** The item in force under a code on a day, or its last version, when it has been withdrawn since the referral was sent. */
const itemOn = (policy: PolicyPack, code: string, date: LocalDate): CatalogueItem | undefined =>
  versionsInForce(policy.catalogue, (item) => item.code, date).find((item) => item.code === code) ??
  policy.catalogue.findLast((item) => item.code === code);

/** A clock and its name; null for an item's span of its own. */
interface NamedClock {
  readonly key: ClockKey | null;
  readonly clock: Clock;
}

/**
 * The clock of the step a referral is at. No rule says how soon an officer must choose another department, nor how soon an outcome
 * must be verified: the one has the time of an acceptance, the other that of a case panel [A: local settings, no national rule].
 */
export const clockOfStep = (
  policy: PolicyPack,
  state: Exclude<ReferralState, 'closed' | 'withdrawn'>,
  item: string,
  date: LocalDate,
): NamedClock => {
  const named = (key: ClockKey): NamedClock => ({ key, clock: clockOn(policy, key, date) });
  switch (state) {
    case 'sent':
    case 'returned':
      return named('referral.acceptance');
    case 'with-panel':
    case 'reported':
      return named('case-panel');
    case 'accepted': {
      const deadline = itemOn(policy, item, date)?.deadline;
      if (deadline === undefined) return named('referral.result');
      return 'clock' in deadline ? named(deadline.clock) : { key: null, clock: deadline };
    }
  }
};

type Step = Pick<Referral, 'due' | 'remindedAt' | 'escalatedAt'>;

/** The deadline of a step that begins now, with no mark on it yet; and its last day. */
export const stepFrom = (
  { policy, calendar }: ReferralClocks,
  state: Exclude<ReferralState, 'closed' | 'withdrawn'>,
  item: string,
  at: Instant,
): { step: Step; lastDay: LocalDate } => {
  const { key, clock } = clockOfStep(policy, state, item, dateInChina(at));
  const { dueDate, dueAt, remindAt, provisional } = deadlineOf(clock, calendar, at);
  return {
    step: {
      due: { clock: key, basis: clock.basis, dueAt, provisional, remindAt },
      remindedAt: null,
      escalatedAt: null,
    },
    lastDay: dueDate,
  };
};
