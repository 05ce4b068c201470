import { z } from 'zod';
import { assistanceAreas, itemPeriods } from '../../domain/catalogue/catalogue.ts';
import { amountMeanings } from '../../domain/catalogue/item-amounts.ts';
import { itemResults } from '../../domain/catalogue/item-states.ts';
import { Instant, LocalDate } from '../../domain/dates.ts';
import { Basis, clockUnits } from '../../domain/deadlines/clock.ts';
import { changeStates, determinationOutcomes } from '../../domain/determinations/determination.ts';
import { entitlementPeriods, evaluationStatuses, testResults } from '../../domain/eligibility/evaluation.ts';
import { HouseholdTier, MemberTier } from '../../domain/eligibility/tiers.ts';
import { ApplicationId, DeterminationId, HouseholdId, NoticeId, PersonId, ReviewId, TaskId } from '../../domain/ids.ts';
import { noticeStates } from '../../domain/lifecycles/notice.ts';
import { reviewStates } from '../../domain/lifecycles/review.ts';
import { taskKinds, taskStates } from '../../domain/lifecycles/task.ts';
import { Fen } from '../../domain/money.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { Opinion } from '../../domain/reviews/review.ts';

/** How far a review has got, and where it waits. */
export const ReviewView = z.strictObject({
  reviewId: ReviewId,
  applicationId: ApplicationId,
  householdId: HouseholdId,
  state: z.enum(reviewStates),
  division: DivisionCode,
  round: z.int(),
  opinion: Opinion.omit({ evaluationHash: true }).nullable(),
  /** The last day of the statutory total, counted from acceptance; null until the papers are complete. */
  dueOn: LocalDate.nullable(),
  tasks: z.array(
    z.strictObject({ taskId: TaskId, kind: z.enum(taskKinds), state: z.enum(taskStates), dueOn: LocalDate }),
  ),
  notice: z.strictObject({ noticeId: NoticeId, state: z.enum(noticeStates), endsOn: LocalDate }).nullable(),
  determinationId: DeterminationId.nullable(),
});
export type ReviewView = z.infer<typeof ReviewView>;

/** An item of the catalogue for the household or one of its members: whether it opens, with what, by whom, and why or why not. */
export const ItemView = z.strictObject({
  code: z.string(),
  name: z.string(),
  area: z.enum(assistanceAreas),
  leadDepartment: z.strictObject({ code: z.string(), name: z.string() }),
  personId: PersonId.nullable().meta({ description: "The member it is for; null when it is the household's." }),
  result: z.enum(itemResults),
  amount: Fen.nullable().meta({
    description: 'Whole fen for the period; null when it is no money or no figure is known.',
  }),
  amountIs: z.enum(amountMeanings),
  period: z.enum(itemPeriods),
  deadline: z.strictObject({ amount: z.int(), unit: z.enum(clockUnits), basis: Basis, citation: z.string() }),
  reason: z.string(),
});
export type ItemView = z.infer<typeof ItemView>;

/** A decision, with its reasons and the way to appeal, in the caller's language. */
export const DeterminationView = z.strictObject({
  determinationId: DeterminationId,
  /** Null where a new policy was applied to a household of which no application is on record. */
  applicationId: ApplicationId.nullable(),
  reviewId: ReviewId.nullable(),
  householdId: HouseholdId,
  division: DivisionCode,
  outcome: z.enum(determinationOutcomes),
  tier: HouseholdTier,
  memberTiers: z.array(z.strictObject({ personId: PersonId, tier: MemberTier })),
  entitlements: z.array(
    z.strictObject({
      item: z.string(),
      personId: PersonId.nullable(),
      amount: Fen,
      period: z.enum(entitlementPeriods),
    }),
  ),
  monthlyAmount: Fen,
  decidedOn: LocalDate,
  payableFrom: LocalDate.nullable(),
  recordedAt: Instant,
  workingDaysUsed: z.int(),
  policyVersion: z.string(),
  /** What led to it, and when that was no review, the decision before it and how far this one holds. */
  origin: z.enum(['review', 'policy-change', 'household-change', 'passing-of-time']),
  change: z.strictObject({ previous: DeterminationId.nullable(), state: z.enum(changeStates) }).nullable(),
  reasons: z.array(z.string()),
  /** The facts the decision rests on, each with its source and its age on that day. */
  evidence: z.array(z.string()),
  /** Every item of the catalogue: what the one application opens, and why not the others. */
  items: z.array(ItemView),
  /** Given with every decision; a refusal must name it (D57 article 21). */
  appeal: z.string(),
});
export type DeterminationView = z.infer<typeof DeterminationView>;

const Scalar = z.union([z.number(), z.string(), z.boolean()]);

/** The full trace, made again from what was stored with the decision: every test of every tier. */
export const TraceView = z.strictObject({
  determinationId: DeterminationId,
  policyVersion: z.string(),
  date: LocalDate,
  status: z.enum(evaluationStatuses),
  householdTier: HouseholdTier,
  povertyReturnMonitoring: z.string().nullable(),
  perCapitaMonthlyIncome: z.number().nullable(),
  tests: z.array(
    z.strictObject({
      code: z.string(),
      tier: z.string(),
      subject: z.string(),
      comparison: z.string(),
      measured: Scalar.nullable(),
      unit: z.string(),
      inputs: z.array(
        z.strictObject({
          name: z.string(),
          /** Whose fact it is; null for what was made from facts, or is the pack's. */
          subject: z.union([HouseholdId, PersonId]).nullable(),
          value: Scalar,
          unit: z.string(),
          dataset: z.string(),
          asOf: LocalDate.nullable(),
          ageDays: z.int().nullable(),
        }),
      ),
      threshold: z
        .strictObject({
          parameter: z.string(),
          value: Scalar,
          unit: z.string(),
          validFrom: LocalDate,
          basis: z.string(),
        })
        .nullable(),
      result: z.enum(testResults),
      distance: z.number().nullable(),
      citation: z.string(),
      wouldChange: z
        .strictObject({
          name: z.string(),
          below: z.number().optional(),
          atLeast: z.number().optional(),
          becomes: z.union([z.string(), z.boolean()]).optional(),
        })
        .nullable(),
      cause: z.string().nullable(),
    }),
  ),
});
export type TraceView = z.infer<typeof TraceView>;
