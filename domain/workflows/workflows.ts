import type { FeedRunId } from '../feeds/feed-run.ts';
import type { PolicyRunId, ReferralId, ReviewId } from '../ids.ts';
import type { ReferralPush } from '../subscriptions/referral-push.ts';

/** Business outcomes that interrupt a waiting step, under the names the state machine catches. */
export type Interruption =
  | 'ObjectionRaised'
  | 'ReturnedForReassessment'
  | 'ReferralReturned'
  | 'OutcomeDisputed'
  | 'ReferralWithdrawn';

/** The reviews and policy runs under way. Every call may be repeated: what has already happened is not an error. */
export interface Workflows {
  /**
   * Starts the review under a name made from its id, so that a second start is the same run. The correlation id of what led to it is
   * handed to every step.
   */
  start(reviewId: ReviewId, correlationId: string | null): Promise<void>;
  /** Lets a waiting step go on. */
  goOn(token: string): Promise<void>;
  /** Interrupts a waiting step. */
  interrupt(token: string, interruption: Interruption): Promise<void>;
  stop(reviewId: ReviewId): Promise<void>;
  /** Starts to follow a referral, likewise once. */
  startReferral(referralId: ReferralId, correlationId: string | null): Promise<void>;
  /** Starts to call a department about a referral, likewise once. */
  startPush(push: ReferralPush, correlationId: string | null): Promise<void>;
  /** Starts to compare a department's file with the roster, likewise once for a dry run and once for its commit. */
  startComparison(run: FeedRunId, correlationId: string | null): Promise<void>;
  /** Starts a run over the whole roster, likewise once. */
  startPolicyRun(runId: PolicyRunId, correlationId: string | null): Promise<void>;
}
