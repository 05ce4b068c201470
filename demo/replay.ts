import type { EventType } from '../domain/events/event.ts';
import { applicationLifecycle, applicationStates } from '../domain/lifecycles/application.ts';
import { noticeLifecycle, noticeStates } from '../domain/lifecycles/notice.ts';
import {
  paymentLineLifecycle,
  paymentLineStates,
  paymentRunLifecycle,
  paymentRunStates,
} from '../domain/lifecycles/payment-run.ts';
import {
  policyRunLifecycle,
  policyRunStates,
  policyVersionLifecycle,
  policyVersionStates,
} from '../domain/lifecycles/policy-version.ts';
import { referralLifecycle, referralStates } from '../domain/lifecycles/referral.ts';
import { reviewLifecycle, reviewStates } from '../domain/lifecycles/review.ts';
import { taskLifecycle, taskStates } from '../domain/lifecycles/task.ts';

interface Move {
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly string[];
}

interface Replayable {
  readonly states: readonly string[];
  /** States in which a record may begin. */
  readonly initial: readonly string[];
  /** Which moves an event can mean for a record of this kind; what is not named leaves its state alone. */
  readonly moves: Readonly<Partial<Record<EventType, readonly Move[]>>>;
}

/** Every kind of record with a lifecycle: how the events of the audit tell its way through it. */
const kinds: Readonly<Record<string, Replayable>> = {
  application: {
    states: applicationStates,
    initial: ['submitted', 'accepted'],
    moves: {
      PapersRequested: [applicationLifecycle['request-papers']],
      PapersSupplied: [
        applicationLifecycle['supplement-early'],
        applicationLifecycle.supplement,
        applicationLifecycle.accept,
      ],
      TaskCompleted: [applicationLifecycle.accept],
      ApplicationWithdrawn: [applicationLifecycle.withdraw],
      DeterminationRecorded: [applicationLifecycle.grant, applicationLifecycle.refuse],
    },
  },
  review: {
    states: reviewStates,
    initial: ['opened'],
    moves: {
      TiersEvaluated: [reviewLifecycle.evaluate],
      OpinionFormed: [reviewLifecycle['form-opinion']],
      NoticePublished: [reviewLifecycle['form-opinion']],
      ReassessmentBegun: [reviewLifecycle.reassess],
      ReferredToPanel: [reviewLifecycle['refer-to-panel']],
      DeterminationRecorded: [reviewLifecycle.conclude],
      ApplicationWithdrawn: [reviewLifecycle.cancel],
    },
  },
  task: {
    states: taskStates,
    // A task whose papers came in while it was being opened is finished as it opens.
    initial: ['open', 'completed'],
    moves: {
      TaskReminded: [taskLifecycle.remind],
      TaskEscalated: [taskLifecycle.escalate],
      TaskExtended: [taskLifecycle.extend],
      TaskCompleted: [taskLifecycle.complete],
      TaskCancelled: [taskLifecycle.cancel],
      ApplicationWithdrawn: [taskLifecycle.cancel],
      PolicyChangeChecked: [taskLifecycle.complete],
      EmergencyAidPaid: [taskLifecycle.complete],
      EmergencyPapersSupplied: [taskLifecycle.complete],
      EmergencyAidClosed: [taskLifecycle.complete],
      MissedNeedSettled: [taskLifecycle.complete],
    },
  },
  notice: {
    states: noticeStates,
    initial: ['published'],
    moves: {
      NoticeEnded: [noticeLifecycle.end],
      ObjectionRaised: [noticeLifecycle.object],
      NoticeWithdrawn: [noticeLifecycle.withdraw],
      TaskCancelled: [noticeLifecycle.withdraw],
      ApplicationWithdrawn: [noticeLifecycle.withdraw],
    },
  },
  referral: {
    states: referralStates,
    initial: ['sent'],
    moves: {
      ReferralsPlanned: [referralLifecycle.withdraw],
      ReferralAccepted: [referralLifecycle.accept],
      ReferralReturned: [referralLifecycle.return, referralLifecycle['refer-to-panel']],
      ReferralRerouted: [referralLifecycle.reroute],
      ReferralReported: [referralLifecycle.report],
      ReferralVerified: [referralLifecycle.verify],
      ReferralDisputed: [referralLifecycle.dispute],
    },
  },
  'payment-run': {
    states: paymentRunStates,
    initial: ['preparing'],
    moves: {
      PaymentRunContinued: [paymentRunLifecycle.list, paymentRunLifecycle.pay],
      PaymentRunChecked: [paymentRunLifecycle.check],
      PaymentRunReleaseBegun: [paymentRunLifecycle.release],
      PaymentRunReleased: [paymentRunLifecycle.finish],
    },
  },
  'payment-line': {
    states: paymentLineStates,
    initial: ['ready', 'held'],
    moves: {
      PaymentLineReleased: [paymentLineLifecycle.release],
      PaymentLineHeld: [paymentLineLifecycle.hold],
    },
  },
  'policy-version': {
    states: policyVersionStates,
    initial: ['draft'],
    moves: {
      PolicySimulated: [policyVersionLifecycle.simulate],
      PolicyActivated: [policyVersionLifecycle.activate],
      PolicyWithdrawn: [policyVersionLifecycle.withdraw],
    },
  },
  'policy-run': {
    states: policyRunStates,
    initial: ['requested'],
    moves: {
      PolicyRunBegun: [policyRunLifecycle.begin],
      PolicySimulated: [policyRunLifecycle.conclude],
      PolicyActivated: [policyRunLifecycle['re-decide']],
      PolicyRunFinished: [policyRunLifecycle.finish],
      PolicyRunRefused: [policyRunLifecycle.refuse],
      PolicyRunFailed: [policyRunLifecycle.fail],
    },
  },
};

/** What the audit says was done to a record, by whom. */
export interface Step {
  readonly event: EventType;
  readonly role: string;
}

/** Whether records of a kind have a lifecycle. */
export const hasLifecycle = (kind: string): boolean => Object.hasOwn(kinds, kind);

/**
 * Goes through a record's lifecycle as the audit tells it, and answers the states in which it can have ended; none when a step
 * was not allowed in its state, or not to who took it.
 */
export const replay = (kind: string, steps: readonly Step[]): readonly string[] => {
  const lifecycle = kinds[kind];
  if (lifecycle === undefined) return [];
  return steps.slice(1).reduce<readonly string[]>((states, { event, role }) => {
    const moves = lifecycle.moves[event];
    if (moves === undefined) return states;
    const reached = states.flatMap((state) =>
      moves.filter(({ from, by }) => from.includes(state) && by.includes(role)).map(({ to }) => to),
    );
    return [...new Set(reached)];
  }, lifecycle.initial);
};

/** Whether a state is one of the kind's. */
export const isStateOf = (kind: string, state: unknown): boolean =>
  typeof state === 'string' && kinds[kind]?.states.includes(state) === true;
