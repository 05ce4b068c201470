import { z } from 'zod';
import { Month } from '../../domain/assistance/period.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { bases } from '../../domain/deadlines/clock.ts';
import { PaymentRunId } from '../../domain/ids.ts';
import { missedNeedTaskKinds } from '../../domain/lifecycles/task.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';

const count = (description: string) => z.int().min(0).meta({ description });

/** What of a kind was found in a county: found = covered + opened. */
const ScanLine = z.strictObject({
  kind: z.strictObject({
    code: z.enum(missedNeedTaskKinds),
    zh: z.string(),
    en: z.string(),
    basis: z.enum(bases),
    citation: z.string(),
  }),
  found: count('households, months or referrals that have fallen between, or records that may be of one person'),
  opened: count('for which this scan opened a task'),
  covered: z.strictObject({
    byTask: count('that have a task of an earlier day, done or not'),
    byReview: count('whose household has an application under review'),
    byPaymentRun: z
      .array(z.strictObject({ paymentRunId: PaymentRunId, lines: z.int().min(1) }))
      .meta({ description: 'that a payment run has on its list, held with a reason or still to be released' }),
  }),
});

/** Counts and no people. What was found is in the work list of its county, each line as a task. */
export const DailyScanView = z.strictObject({
  day: LocalDate,
  state: z.enum(['under-way', 'ended']),
  beganAt: Instant,
  endedAt: Instant.nullable(),
  deliveriesOf: Month.nullable().meta({
    description:
      'the month whose deliveries were looked at; null: it lies before those on record, since the roster was taken over, and nothing is said about it',
  }),
  /**
   * Of the counties the caller sees. `unreadable`: households whose decision nobody can read any more; `redecided`: those whose decision
   * time has changed, which this scan decided anew; `tooAlike`: people who were not held against others for a double registration,
   * because too many have their name, birth date and sex.
   */
  households: z.int().min(0),
  unreadable: z.int().min(0),
  redecided: z.int().min(0),
  tooAlike: z.int().min(0),
  /** In the order of their codes, those in which a household or a referral was looked at so far. */
  counties: z.array(
    z.strictObject({
      county: DivisionCode,
      households: z.int().min(0),
      unreadable: z.int().min(0),
      redecided: z.int().min(0),
      tooAlike: z.int().min(0),
      lines: z.array(ScanLine),
    }),
  ),
});
export type DailyScanView = z.infer<typeof DailyScanView>;
