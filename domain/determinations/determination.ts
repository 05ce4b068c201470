import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { entitlementPeriods } from '../eligibility/evaluation.ts';
import { HouseholdTier, MemberTier } from '../eligibility/tiers.ts';
import {
  ApplicationId,
  DeterminationId,
  EventId,
  GrievanceId,
  HouseholdId,
  PersonId,
  PolicyRunId,
  ReviewId,
} from '../ids.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** What a decision says; why it refuses is beside it. */
export const determinationOutcomes = ['granted', 'refused'] as const;

/** An entitlement as it was determined. */
export const DeterminedEntitlement = z.strictObject({
  item: z.string(),
  personId: PersonId.nullable(),
  amount: Fen,
  period: z.enum(entitlementPeriods),
});

/**
 * How far a decision holds that a new policy, a change in the household or time led to. `awaiting-check`: it would take something away or begin something, and the
 * county has to look first; `awaiting-application`: nothing stands that it could change, because nobody has applied or a review
 * is still under way; `kept`: the county has looked, and left what stood.
 */
export const changeStates = ['in-force', 'awaiting-check', 'awaiting-application', 'kept'] as const;
export type ChangeState = (typeof changeStates)[number];

/** What led to a decision that comes from no review: an activation, a change on record in the household, by its event, or time alone. */
export const ChangeCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy-version'), runId: PolicyRunId }),
  z.strictObject({
    kind: z.literal('household-change'),
    changeId: EventId,
    /** The grievance that was upheld, where the change is what its review found: whoever it was raised against does not check it. */
    grievanceId: GrievanceId.optional(),
  }),
  z.strictObject({ kind: z.literal('passing-of-time'), day: LocalDate }),
]);
export type ChangeCause = z.infer<typeof ChangeCause>;

/** What is kept of such a decision: its cause, and how far it holds. */
export const DecisionChange = z.strictObject({
  cause: ChangeCause,
  state: z.enum(changeStates),
});

/**
 * A decision. What it saw, the policy version and the date are enough to make its full trace again, byte for byte.
 * `evaluationHash` proves that the trace made again is the one that was decided on.
 */
export const Determination = z.strictObject({
  determinationId: DeterminationId,
  version: z.int().min(1),
  /** The decision that stood when this one was made, wherever that was; absent for a household's first. */
  previous: DeterminationId.optional(),
  /** Null where a new policy decided on a household of which no application is on record. */
  reviewId: ReviewId.nullable(),
  applicationId: ApplicationId.nullable(),
  householdId: HouseholdId,
  division: DivisionCode,
  outcome: z.enum(determinationOutcomes),
  /** Why it was refused: no tier applies, or one does and the household did not consent to it. */
  refusedFor: z.enum(['no-tier', 'consent-withheld']).nullable(),
  policyVersion: z.string(),
  /** The day the rules were applied to. */
  evaluatedOn: LocalDate,
  /** Valid time: the day of the decision, and the first day of payment (the month after it, D57 article 21). */
  decidedOn: LocalDate,
  payableFrom: LocalDate.nullable(),
  /** Recorded time. */
  recordedAt: Instant,
  confirmedBy: z.string(),
  tier: HouseholdTier,
  memberTiers: z.array(z.strictObject({ personId: PersonId, tier: MemberTier })),
  entitlements: z.array(DeterminedEntitlement),
  /** What the decision saw and came to, in compact form (see seen.ts). */
  seen: z.string().regex(/^(?:[0-9a-f]{2})+$/u),
  evaluationHash: z.string(),
  /** Working days from acceptance to this decision. */
  workingDaysUsed: z.int().min(0),
  /** Absent when it comes from a review. */
  change: DecisionChange.optional(),
});
export type Determination = z.infer<typeof Determination>;
