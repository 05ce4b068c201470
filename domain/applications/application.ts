import { z } from 'zod';
import { Instant, LocalDate } from '../dates.ts';
import { MissingPaper, Paper } from '../households/papers.ts';
import { ApplicationId, DeterminationId, HouseholdId, PersonId, ReviewId } from '../ids.ts';
import { applicationStates } from '../lifecycles/application.ts';
import { DivisionCode } from '../people/divisions.ts';

/** One adult's consent to a check of means, with the day it ends (ConsentAuthorization). */
export const Consent = z.strictObject({ personId: PersonId, givenOn: LocalDate, expiresOn: LocalDate });
export type Consent = z.infer<typeof Consent>;

/** A household's single application, which covers every kind of aid. */
export const Application = z.strictObject({
  applicationId: ApplicationId,
  householdId: HouseholdId,
  reviewId: ReviewId,
  version: z.int().min(1),
  state: z.enum(applicationStates),
  /** The township that handles it. */
  division: DivisionCode,
  submittedAt: Instant,
  submittedBy: z.string(),
  /** The agency that handed it in, which alone of all agencies reaches it; null when an officer did. */
  agency: z.string().nullable().default(null),
  /** The day on which all papers were there: the statutory clocks start here. */
  acceptedOn: LocalDate.nullable(),
  declarationSignedOn: LocalDate,
  /** Whether the household agrees to be considered for the next tier without new papers. */
  consentToNextTier: z.boolean(),
  consents: z.array(Consent),
  papers: z.array(Paper),
  /** What was asked for, once; empty when nothing was missing. */
  requestedPapers: z.array(MissingPaper),
  determinationId: DeterminationId.nullable(),
});
export type Application = z.infer<typeof Application>;
