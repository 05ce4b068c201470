import type { SubmittedApplication } from '../../contracts/api/applications.ts';
import { couple } from './people.ts';
import { type PolicySteps, policyDependencies, policySteps } from './policies.ts';
import { type ReviewSteps, reviewSteps } from './reviews.ts';
import { startRoster, type TestRoster } from './roster.ts';

/** A roster of its own for a test of policies, since what is in force is one thing for all of it, and what can be done on it. */
export interface PolicyRoster {
  readonly roster: TestRoster;
  readonly reviews: ReviewSteps;
  readonly steps: PolicySteps;
  /** A household, a couple unless another is given, that was reviewed and determined. */
  readonly determined: (
    body?: ReturnType<typeof couple>,
  ) => Promise<SubmittedApplication & { determinationId: string }>;
  /** Every determination there is, as it is stored. */
  readonly determinations: () => ReturnType<TestRoster['items']>;
}

export const startPolicyRoster = async (): Promise<PolicyRoster> => {
  const roster = await startRoster();
  const reviews = reviewSteps(roster.dependencies);
  return {
    roster,
    reviews,
    steps: policySteps(policyDependencies(roster)),
    determined: async (body = couple()) => {
      const submitted = await reviews.submitToConfirmation(body);
      await reviews.confirm(submitted.reviewId);
      return { ...submitted, ...(await reviews.record(submitted.reviewId)) };
    },
    determinations: async () =>
      (await roster.items('roster')).filter(({ pk }) => String(pk).startsWith('DETERMINATION#')),
  };
};
