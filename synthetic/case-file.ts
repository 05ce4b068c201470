import { digest } from '../adapters/runtime.ts';
import type { Application } from '../domain/applications/application.ts';
import { firstOfNextMonth, plusDays } from '../domain/dates.ts';
import { workingDaysBetween } from '../domain/deadlines/working-days.ts';
import type { Determination } from '../domain/determinations/determination.ts';
import { seenOn } from '../domain/determinations/seen.ts';
import type { Evaluation } from '../domain/eligibility/evaluation.ts';
import type { Household } from '../domain/households/household.ts';
import { missingPapers } from '../domain/households/missing-papers.ts';
import type { ApplicationId, ReviewId } from '../domain/ids.ts';
import type { DivisionCode } from '../domain/people/divisions.ts';
import { formOpinion } from '../domain/reviews/form-opinion.ts';
import type { Grant } from '../domain/reviews/grant.ts';
import type { Opinion, Review } from '../domain/reviews/review.ts';
import { determinationIdOf } from '../domain/reviews/review-ids.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import type { Random } from './random.ts';
import { momentOn, type Timeline } from './timeline.ts';

/** A finished case: what was asked, how it was reviewed and what was decided, each naming the others. */
export interface CaseFile {
  readonly application: Application;
  readonly review: Review;
  readonly determination: Determination;
}

interface Particulars {
  readonly household: Household;
  readonly applicationId: ApplicationId;
  readonly reviewId: ReviewId;
  /** The township that handled it. */
  readonly division: DivisionCode;
  readonly timeline: Timeline;
}

/** Consents and papers are given on the day of the application; a consent lasts a year. */
const consentDays = 365;

const applicationOf = (random: Random, particulars: Particulars): Application => {
  const { household, applicationId, reviewId, division, timeline } = particulars;
  const { submittedOn } = timeline;
  const papers = missingPapers({ ...household, date: submittedOn }, []);
  return {
    applicationId,
    householdId: household.householdId,
    reviewId,
    version: 1,
    state: 'accepted',
    division,
    submittedAt: momentOn(random, submittedOn),
    submittedBy: `intake-${division}`,
    agency: null,
    acceptedOn: submittedOn,
    declarationSignedOn: submittedOn,
    consentToNextTier: true,
    consents: papers.flatMap(({ kind, personId }) =>
      kind === 'consent' && personId !== null
        ? [{ personId, givenOn: submittedOn, expiresOn: plusDays(submittedOn, consentDays) }]
        : [],
    ),
    papers: papers.map((paper) => ({ ...paper, receivedOn: submittedOn })),
    requestedPapers: [],
    determinationId: null,
  };
};

const determinationOf = (
  random: Random,
  { household, applicationId, reviewId, division, timeline }: Particulars,
  evaluation: Evaluation,
  { opinion, grant }: { opinion: Opinion; grant: Grant },
): Determination => ({
  determinationId: determinationIdOf(digest, reviewId),
  version: 1,
  reviewId,
  applicationId,
  householdId: household.householdId,
  division,
  outcome: grant.refusedFor === null ? 'granted' : 'refused',
  refusedFor: grant.refusedFor,
  policyVersion: shanxiPack.version,
  evaluatedOn: evaluation.date,
  decidedOn: timeline.decidedOn,
  payableFrom: grant.refusedFor === null ? firstOfNextMonth(timeline.decidedOn) : null,
  recordedAt: momentOn(random, timeline.decidedOn),
  confirmedBy: `approver-${division.slice(0, 6)}`,
  tier: grant.tier,
  memberTiers: [...grant.memberTiers],
  entitlements: grant.entitlements.map(({ item, personId, amount, period }) => ({ item, personId, amount, period })),
  seen: seenOn(household, shanxiPack, evaluation.date),
  evaluationHash: opinion.evaluationHash,
  workingDaysUsed: workingDaysBetween(chinaCalendar, timeline.submittedOn, timeline.decidedOn),
});

/**
 * The case by which a household came to its tier, with the trace that the rules give on the day of the opinion, so that reading
 * its determination makes that trace again. Throws when the rules cannot decide: such a case has no determination.
 */
export const decidedCase = (random: Random, particulars: Particulars): CaseFile => {
  const { household, applicationId, reviewId, division, timeline } = particulars;
  const application = applicationOf(random, particulars);
  const { evaluation, grant, opinion } = formOpinion(digest, household, application, shanxiPack, timeline.evaluatedOn);
  if (evaluation.status !== 'decided') {
    const causes = evaluation.tests.flatMap(({ cause }) => cause ?? []);
    throw new Error(`the rules cannot decide ${household.householdId}: ${causes.join('; ')}`);
  }
  const determination = determinationOf(random, particulars, evaluation, { opinion, grant });
  const { determinationId } = determination;
  return {
    application: { ...application, state: determination.outcome, determinationId },
    review: {
      reviewId,
      applicationId,
      householdId: household.householdId,
      version: 1,
      state: 'concluded',
      division,
      round: 1,
      opinion,
      assessors: [`investigator-${division}-1`, `investigator-${division}-2`],
      determinationId,
    },
    determination,
  };
};
