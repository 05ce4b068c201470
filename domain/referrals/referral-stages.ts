import type { ReferralState } from '../lifecycles/referral.ts';
import type { Interruption } from '../workflows/workflows.ts';

/** What the workflow of a referral waits for, in order. */
export const referralStages = ['acceptance', 'rerouting', 'outcome', 'verification'] as const;
export type ReferralStage = (typeof referralStages)[number];

/** What a waiting stage is told: to wait on, to go on, or that the referral has gone elsewhere. */
export type StageAnswer = 'wait' | 'go-on' | Interruption;

const answers: Readonly<Record<ReferralStage, Readonly<Record<ReferralState, StageAnswer>>>> = {
  acceptance: {
    'sent': 'wait',
    'accepted': 'go-on',
    'returned': 'ReferralReturned',
    'with-panel': 'ReferralReturned',
    'reported': 'go-on',
    'closed': 'go-on',
    'withdrawn': 'ReferralWithdrawn',
  },
  rerouting: {
    'sent': 'go-on',
    'accepted': 'go-on',
    'returned': 'wait',
    'with-panel': 'wait',
    'reported': 'go-on',
    'closed': 'go-on',
    'withdrawn': 'ReferralWithdrawn',
  },
  outcome: {
    // Returned, and sent on before the workflow heard of it.
    'sent': 'ReferralReturned',
    'accepted': 'wait',
    'returned': 'ReferralReturned',
    'with-panel': 'ReferralReturned',
    'reported': 'go-on',
    'closed': 'go-on',
    'withdrawn': 'ReferralWithdrawn',
  },
  verification: {
    // Not confirmed, and given back or sent on since.
    'sent': 'OutcomeDisputed',
    'accepted': 'OutcomeDisputed',
    'returned': 'OutcomeDisputed',
    'with-panel': 'OutcomeDisputed',
    'reported': 'wait',
    'closed': 'go-on',
    'withdrawn': 'ReferralWithdrawn',
  },
};

/**
 * Follows from the state a referral is in, never from the event that was heard: events may come twice, late or in another order,
 * and two of them may have happened before the workflow asks.
 */
export const answerAt = (stage: ReferralStage, state: ReferralState): StageAnswer => answers[stage][state];
