import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import { HouseholdTier } from '../eligibility/tiers.ts';
import { ApplicationId, DeterminationId, HouseholdId, ReviewId } from '../ids.ts';
import { reviewStates } from '../lifecycles/review.ts';
import { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';

/** What the law lets follow from an opinion: publish what is to be granted, confirm what is not, or ask the panel. */
export const nextSteps = ['publish', 'confirm', 'panel'] as const;
export type NextStep = (typeof nextSteps)[number];

/** The township's opinion: the result of `evaluate` on a date, kept short. */
export const Opinion = z.strictObject({
  formedOn: LocalDate,
  /** The version it was formed by. A newer one that comes into force meanwhile does not change it. */
  policyVersion: z.string(),
  tier: HouseholdTier,
  monthlyAmount: Fen,
  next: z.enum(nextSteps),
  /** Hash of the whole evaluation, so that what is confirmed and what is recorded are the same decision. */
  evaluationHash: z.string(),
});
export type Opinion = z.infer<typeof Opinion>;

/** One run of classified review. */
export const Review = z.strictObject({
  reviewId: ReviewId,
  applicationId: ApplicationId,
  householdId: HouseholdId,
  version: z.int().min(1),
  state: z.enum(reviewStates),
  division: DivisionCode,
  /** Counts the assessments: 1 for the first, one more after each objection, return or panel. */
  round: z.int().min(1),
  opinion: Opinion.nullable(),
  /** Subjects of everyone who assessed in any round: none of them may confirm. */
  assessors: z.array(z.string()),
  determinationId: DeterminationId.nullable(),
});
export type Review = z.infer<typeof Review>;
