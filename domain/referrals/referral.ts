import { z } from 'zod';
import { ItemCode } from '../catalogue/catalogue.ts';
import { Instant, LocalDate } from '../dates.ts';
import { Basis, clockKeys } from '../deadlines/clock.ts';
import { DeterminationId, HouseholdId, PersonId, ReferralId } from '../ids.ts';
import { referralStates } from '../lifecycles/referral.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** Why a department gives a referral back. */
export const returnReasons = [
  'not-our-department',
  'not-our-area',
  'person-not-found',
  'information-missing',
  'no-capacity',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** What came of a need: given; the household has it already; the household does not want it; the department's own rules refuse it. */
export const outcomeKinds = ['delivered', 'already-provided', 'declined-by-household', 'not-eligible'] as const;
/** How an outcome was found to be true. */
export const verifications = ['household', 'visit', 'sample'] as const;

/** After so many returns a referral goes to the case panel [A: a local setting, no national rule]. */
export const returnsBeforePanel = 3;

/** What a referral's present step has to be done by, and by which clock; `clock` is null where the item has a span of its own. */
export const ReferralDue = z.strictObject({
  clock: z.enum(clockKeys).nullable(),
  basis: Basis,
  dueAt: Instant,
  /** True when the due date lies past the last day the working-day calendar knows. */
  provisional: z.boolean(),
  remindAt: Instant,
});

export const ReferralReturn = z.strictObject({ reason: z.enum(returnReasons), department: z.string(), on: LocalDate });

/** What the department reported. `requestHash` tells a repeated report from a second, different one. */
export const ReferralOutcome = z.strictObject({
  kind: z.enum(outcomeKinds),
  /** In whole fen; null when it is no money. */
  amount: Fen.nullable(),
  on: LocalDate,
  /** Where the department keeps the proof: the number of a document, never the document. */
  evidence: z.string().max(200),
  at: Instant,
  by: z.string(),
  requestHash: z.string(),
});
export type ReferralOutcome = z.infer<typeof ReferralOutcome>;

/** One need of a household or a member, handed to one department. Who needs what, and what came of it, is kept in an envelope. */
export const Referral = z.strictObject({
  referralId: ReferralId,
  version: z.int().min(1),
  state: z.enum(referralStates),
  determinationId: DeterminationId,
  householdId: HouseholdId,
  /** Null when the item is the household's. */
  personId: PersonId.nullable(),
  item: ItemCode,
  department: z.string(),
  division: DivisionCode,
  sentAt: Instant,
  acceptBy: LocalDate,
  /** Null until it is accepted. */
  resultBy: LocalDate.nullable(),
  /** Of the present step; null once nobody has anything to do any more. */
  due: ReferralDue.nullable(),
  remindedAt: Instant.nullable(),
  escalatedAt: Instant.nullable(),
  /** Steps of it, the present one included, that were late. */
  escalations: z.int().min(0),
  returns: z.array(ReferralReturn),
  outcome: ReferralOutcome.nullable(),
  verification: z.strictObject({ how: z.enum(verifications), by: z.string(), at: Instant }).nullable(),
  closedAt: Instant.nullable(),
});
export type Referral = z.infer<typeof Referral>;

/** What of a plan is one need: an item, for the household or for a member. */
export const PlannedNeed = z.strictObject({
  referralId: ReferralId,
  item: ItemCode,
  personId: PersonId.nullable(),
});
export type PlannedNeed = z.infer<typeof PlannedNeed>;

/** What other departments are to do for a household, by the decision that stands: one referral for each need. */
export const AssistancePlan = z.strictObject({
  householdId: HouseholdId,
  version: z.int().min(1),
  division: DivisionCode,
  determinationId: DeterminationId,
  needs: z.array(PlannedNeed),
  /** Withdrawn when this plan was made, because the decision no longer opens them. */
  dropped: z.array(ReferralId),
});
export type AssistancePlan = z.infer<typeof AssistancePlan>;
