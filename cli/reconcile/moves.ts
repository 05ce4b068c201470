import { outreachBegins, outreachMoves, reportMoves } from './report-moves.ts';

/**
 * Every move a record may make, in the words of the audit: the event that tells it, the states it leads from and to, and who may make
 * it. Written down from the design and the law's order of steps, not from the code that moves records, so that the two can disagree.
 */
interface Move {
  readonly from: readonly string[];
  /** Where it leads; several where the event alone does not say, and none for a record that keeps its state. */
  readonly to: readonly string[];
  readonly by: readonly string[];
}
interface Lifecycle {
  /** How a record of the kind comes to be: event, state, by whom. */
  readonly begins: Readonly<Record<string, { readonly in: readonly string[]; readonly by: readonly string[] }>>;
  readonly moves: Readonly<Record<string, Move>>;
  /** States of a record taken over from before the first command. */
  readonly takenOver?: readonly string[];
}

const intake = ['township-worker', 'county-worker', 'agency'];
const officers = [...intake, 'approver'];
const reviewers = ['township-worker', 'county-worker', 'approver'];
const givers = ['township-worker', 'county-worker', 'agency'];
const workflow = ['workflow'];
const sweep = ['sweep'];
const emergencyWorkers = ['township-worker', 'county-worker'];
const grievanceExaminers = ['county-worker', 'approver'];
const province = ['provincial', 'administrator'];
const feedGivers = ['agency', ...province];

const underWay = ['opened', 'assessing', 'opinion-formed', 'with-panel'];
const waiting = ['open', 'escalated'];
const openReferral = ['sent', 'accepted', 'returned', 'with-panel', 'reported'];
const undecided = ['submitted', 'awaiting-papers', 'accepted'];

const lifecycles: Readonly<Record<string, Lifecycle>> = {
  application: {
    begins: { ApplicationSubmitted: { in: ['submitted', 'accepted'], by: intake } },
    moves: {
      PapersRequested: { from: ['submitted'], to: ['awaiting-papers'], by: workflow },
      PapersSupplied: {
        from: ['submitted', 'awaiting-papers'],
        to: ['submitted', 'awaiting-papers', 'accepted'],
        by: intake,
      },
      TaskCompleted: { from: ['submitted', 'awaiting-papers'], to: ['accepted'], by: intake },
      DeterminationRecorded: { from: ['accepted'], to: ['granted', 'refused'], by: workflow },
      ApplicationWithdrawn: { from: undecided, to: ['withdrawn'], by: intake },
    },
    takenOver: ['granted', 'refused'],
  },
  review: {
    begins: { ApplicationSubmitted: { in: ['opened'], by: intake } },
    moves: {
      TiersEvaluated: { from: ['opened', 'with-panel'], to: ['assessing'], by: workflow },
      OpinionFormed: { from: ['assessing'], to: ['opinion-formed'], by: workflow },
      NoticePublished: { from: ['assessing'], to: ['opinion-formed'], by: workflow },
      ReassessmentBegun: { from: ['opinion-formed'], to: ['assessing'], by: workflow },
      ReferredToPanel: { from: underWay, to: ['with-panel'], by: workflow },
      DeterminationRecorded: { from: ['opinion-formed'], to: ['concluded'], by: workflow },
      ApplicationWithdrawn: { from: underWay, to: ['cancelled'], by: intake },
    },
    takenOver: ['concluded'],
  },
  task: {
    begins: {
      TaskOpened: { in: ['open'], by: workflow },
      PapersRequested: { in: ['open'], by: workflow },
      ReassessmentBegun: { in: ['open'], by: workflow },
      ReferredToPanel: { in: ['open'], by: workflow },
      PolicyChangeDecided: { in: ['open'], by: workflow },
      HouseholdRedecided: { in: ['open'], by: workflow },
      MissedNeedFound: { in: ['open'], by: workflow },
      AlertRaised: { in: ['open'], by: workflow },
      TaskCompleted: { in: ['completed'], by: workflow },
      EmergencyAidGranted: { in: ['open'], by: emergencyWorkers },
      EmergencyAidPaid: { in: ['open'], by: emergencyWorkers },
      EmergencyPapersSupplied: { in: ['open'], by: emergencyWorkers },
      EmergencyAidClosed: { in: ['open'], by: emergencyWorkers },
      GrievanceReceived: { in: ['open'], by: [...intake, 'public'] },
      GrievanceAccepted: { in: ['open'], by: grievanceExaminers },
      GrievanceUpheld: { in: ['open'], by: grievanceExaminers },
      ...outreachBegins,
    },
    moves: {
      TaskReminded: { from: ['open'], to: ['open'], by: sweep },
      TaskEscalated: { from: ['open'], to: ['escalated'], by: sweep },
      TaskExtended: { from: waiting, to: ['open'], by: ['county-worker', 'approver'] },
      TaskCompleted: { from: waiting, to: ['completed'], by: officers },
      PolicyChangeChecked: { from: waiting, to: ['completed'], by: ['approver'] },
      MissedNeedSettled: { from: waiting, to: ['completed'], by: ['county-worker'] },
      AlertMoved: { from: waiting, to: [], by: workflow },
      AlertDisposed: { from: waiting, to: ['completed'], by: ['county-worker', 'approver'] },
      HouseholdReviewed: { from: waiting, to: ['completed'], by: reviewers },
      EmergencyAidPaid: { from: waiting, to: ['completed'], by: emergencyWorkers },
      EmergencyPapersSupplied: { from: waiting, to: ['completed'], by: emergencyWorkers },
      EmergencyAidClosed: { from: waiting, to: ['completed'], by: emergencyWorkers },
      EmergencyAidWithdrawn: { from: waiting, to: ['completed'], by: emergencyWorkers },
      EmergencyFullReviewSettled: { from: waiting, to: ['completed'], by: emergencyWorkers },
      GrievanceAccepted: { from: waiting, to: ['completed'], by: grievanceExaminers },
      GrievanceRefused: { from: waiting, to: ['completed'], by: grievanceExaminers },
      GrievanceUpheld: { from: waiting, to: ['completed'], by: grievanceExaminers },
      GrievanceRejected: { from: waiting, to: ['completed'], by: grievanceExaminers },
      GrievanceRemedied: { from: waiting, to: ['completed'], by: grievanceExaminers },
      GrievanceWithdrawn: { from: waiting, to: ['cancelled'], by: intake },
      ...outreachMoves,
      TaskCancelled: { from: waiting, to: ['cancelled'], by: workflow },
      ReferredToPanel: { from: waiting, to: ['cancelled'], by: workflow },
      ApplicationWithdrawn: { from: waiting, to: ['cancelled'], by: intake },
    },
  },
  notice: {
    begins: { NoticePublished: { in: ['published'], by: workflow } },
    moves: {
      NoticeEnded: { from: ['published'], to: ['ended'], by: sweep },
      ObjectionRaised: { from: ['published'], to: ['objected'], by: ['public'] },
      NoticeWithdrawn: { from: ['published'], to: ['withdrawn'], by: workflow },
      TaskCancelled: { from: ['published'], to: ['withdrawn'], by: workflow },
      ReferredToPanel: { from: ['published'], to: ['withdrawn'], by: workflow },
      ApplicationWithdrawn: { from: ['published'], to: ['withdrawn'], by: intake },
    },
  },
  determination: {
    begins: {
      DeterminationRecorded: { in: ['granted', 'refused'], by: workflow },
      PolicyChangeDecided: { in: ['granted', 'refused'], by: workflow },
      HouseholdRedecided: { in: ['granted', 'refused'], by: workflow },
    },
    moves: { PolicyChangeChecked: { from: ['granted', 'refused'], to: [], by: ['approver'] } },
    takenOver: ['granted', 'refused'],
  },
  household: {
    begins: {
      ApplicationSubmitted: { in: [''], by: intake },
      HouseholdChanged: { in: [''], by: ['county-worker', 'approver'] },
    },
    moves: {
      ApplicationSubmitted: { from: [''], to: [], by: intake },
      TaskCompleted: { from: [''], to: [], by: officers },
      DeterminationRecorded: { from: [''], to: [], by: workflow },
      PolicyChangeDecided: { from: [''], to: [], by: workflow },
      HouseholdRedecided: { from: [''], to: [], by: workflow },
      PolicyChangeChecked: { from: [''], to: [], by: ['approver'] },
      PersonErased: { from: [''], to: [], by: ['administrator'] },
      DeathRecorded: { from: [''], to: [], by: ['county-worker', 'approver', 'workflow'] },
      HouseholdChanged: { from: [''], to: [], by: ['county-worker', 'approver'] },
      FactsRecorded: { from: [''], to: [], by: workflow },
      HouseholdReviewed: { from: [''], to: [], by: reviewers },
    },
    takenOver: [''],
  },
  'policy-version': {
    begins: { PolicyDrafted: { in: ['draft'], by: ['provincial'] } },
    moves: {
      PolicySimulated: { from: ['draft', 'simulated'], to: ['simulated'], by: workflow },
      PolicyActivated: { from: ['simulated'], to: ['activated'], by: workflow },
      PolicyWithdrawn: { from: ['draft', 'simulated'], to: ['withdrawn'], by: province },
    },
  },
  'policy-run': {
    begins: { PolicyRunRequested: { in: ['requested'], by: province } },
    moves: {
      PolicyRunBegun: { from: ['requested'], to: ['running'], by: workflow },
      PolicySimulated: { from: ['running'], to: ['done'], by: workflow },
      PolicyActivated: { from: ['running'], to: ['re-deciding'], by: workflow },
      PolicyRunFinished: { from: ['re-deciding'], to: ['done'], by: workflow },
      PolicyRunRefused: { from: ['requested', 'running'], to: ['refused'], by: workflow },
      PolicyRunFailed: { from: ['requested', 'running'], to: ['failed'], by: workflow },
    },
  },
  'break-glass': {
    begins: { BreakGlassOpened: { in: ['open'], by: ['township-worker', 'county-worker', 'approver'] } },
    moves: {
      BreakGlassEnded: {
        from: ['open'],
        to: ['ended'],
        by: ['township-worker', 'county-worker', 'approver', 'provincial'],
      },
    },
  },
  'assistance-entry': {
    begins: {
      AssistanceClaimed: { in: ['claimed'], by: givers },
      AssistanceDelivered: { in: ['delivered'], by: givers },
      PaymentLineReleased: { in: ['delivered'], by: workflow },
      PaymentCorrected: { in: ['delivered'], by: ['county-worker'] },
    },
    moves: {
      AssistanceDelivered: { from: ['claimed', 'granted'], to: ['delivered'], by: givers },
      AssistanceEnded: { from: ['claimed', 'granted', 'delivered'], to: ['ended'], by: givers },
      PaymentCorrected: { from: ['delivered'], to: ['ended'], by: ['county-worker'] },
    },
    takenOver: ['delivered'],
  },
  'emergency-aid': {
    begins: { EmergencyAidGranted: { in: ['granted'], by: emergencyWorkers } },
    moves: {
      EmergencyAidPaid: { from: ['granted'], to: ['paid'], by: emergencyWorkers },
      EmergencyPapersSupplied: { from: ['paid'], to: ['documented'], by: emergencyWorkers },
      EmergencyAidClosed: { from: ['documented'], to: ['closed'], by: emergencyWorkers },
      EmergencyAidWithdrawn: { from: ['granted'], to: ['withdrawn'], by: emergencyWorkers },
    },
  },
  'emergency-reserve': {
    begins: { EmergencyReserveAllocated: { in: [''], by: ['county-worker'] } },
    moves: {
      EmergencyReserveAllocated: { from: [''], to: [], by: ['county-worker'] },
      EmergencyAidGranted: { from: [''], to: [], by: emergencyWorkers },
      EmergencyAidWithdrawn: { from: [''], to: [], by: emergencyWorkers },
    },
  },
  'reserve-entry': {
    begins: {
      EmergencyReserveAllocated: { in: [''], by: ['county-worker'] },
      EmergencyAidGranted: { in: [''], by: emergencyWorkers },
      EmergencyAidWithdrawn: { in: [''], by: emergencyWorkers },
    },
    moves: {},
  },
  alert: {
    begins: { AlertRaised: { in: ['open'], by: workflow } },
    moves: {
      AlertRefreshed: { from: ['open'], to: ['open'], by: workflow },
      AlertMoved: { from: ['open'], to: ['open'], by: workflow },
      AlertDisposed: { from: ['open'], to: ['disposed'], by: ['county-worker', 'approver'] },
    },
  },
  grievance: {
    begins: { GrievanceReceived: { in: ['received'], by: [...intake, 'public'] } },
    moves: {
      GrievanceAccepted: { from: ['received'], to: ['accepted'], by: grievanceExaminers },
      GrievanceRefused: { from: ['received'], to: ['refused'], by: grievanceExaminers },
      GrievanceUpheld: { from: ['accepted'], to: ['upheld'], by: grievanceExaminers },
      GrievanceRejected: { from: ['accepted'], to: ['rejected'], by: grievanceExaminers },
      GrievanceWithdrawn: { from: ['received', 'accepted'], to: ['withdrawn'], by: intake },
    },
  },
  report: reportMoves,
  referral: {
    begins: { ReferralsPlanned: { in: ['sent'], by: workflow } },
    moves: {
      ReferralsPlanned: { from: ['sent', 'accepted', 'returned', 'with-panel'], to: ['withdrawn'], by: workflow },
      ReferralAccepted: { from: ['sent'], to: ['accepted'], by: ['agency'] },
      ReferralReturned: { from: ['sent', 'accepted'], to: ['returned', 'with-panel'], by: ['agency'] },
      ReferralRerouted: { from: ['sent', 'returned', 'with-panel'], to: ['sent'], by: ['county-worker', 'approver'] },
      ReferralReported: { from: ['sent', 'accepted'], to: ['reported'], by: ['agency'] },
      ReferralVerified: { from: ['reported'], to: ['closed'], by: ['township-worker', 'county-worker', 'approver'] },
      ReferralDisputed: { from: ['reported'], to: ['accepted'], by: ['township-worker', 'county-worker', 'approver'] },
      ReferralReminded: { from: openReferral, to: [], by: sweep },
      ReferralEscalated: { from: openReferral, to: [], by: sweep },
    },
  },
  subscription: {
    begins: { SubscriptionRegistered: { in: ['active'], by: ['agency'] } },
    moves: {
      SubscriptionRegistered: { from: ['removed'], to: ['active'], by: ['agency'] },
      SubscriptionSecretReplaced: { from: ['active'], to: [], by: ['agency'] },
      SubscriptionRemoved: { from: ['active'], to: ['removed'], by: ['agency'] },
      WebhookGivenUp: { from: ['active'], to: [], by: workflow },
    },
  },
  'payment-run': {
    begins: { PaymentRunRequested: { in: ['preparing'], by: ['county-worker', 'approver'] } },
    moves: {
      PaymentRunContinued: { from: ['preparing', 'releasing'], to: [], by: workflow },
      PaymentRunChecked: { from: ['preparing'], to: ['checked'], by: workflow },
      PaymentRunReleaseBegun: { from: ['checked'], to: ['releasing'], by: ['county-worker', 'approver'] },
      PaymentRunReleased: { from: ['releasing'], to: ['released'], by: workflow },
    },
  },
  'payment-line': {
    begins: {
      PaymentRunContinued: { in: ['ready', 'held'], by: workflow },
      PaymentRunChecked: { in: ['ready', 'held'], by: workflow },
    },
    moves: {
      PaymentLineReleased: { from: ['ready'], to: ['released'], by: workflow },
      PaymentLineHeld: { from: ['ready'], to: ['held'], by: workflow },
    },
  },
  feed: {
    begins: { FeedAnnounced: { in: ['announced'], by: feedGivers } },
    moves: {
      FeedCheckRequested: { from: ['announced'], to: ['checking'], by: feedGivers },
      FeedChecked: { from: ['checking'], to: ['checked'], by: workflow },
      FeedCommitted: { from: ['checked'], to: ['applying'], by: feedGivers },
      FeedApplied: { from: ['applying'], to: ['applied'], by: workflow },
      FeedFailed: { from: ['checking', 'applying'], to: ['failed'], by: workflow },
      FeedDiscarded: { from: ['announced', 'checked'], to: ['discarded'], by: feedGivers },
    },
  },
  'payment-correction': { begins: { PaymentCorrected: { in: [''], by: ['county-worker'] } }, moves: {} },
  plan: {
    begins: { ReferralsPlanned: { in: [''], by: workflow } },
    moves: { ReferralsPlanned: { from: [''], to: [], by: workflow } },
  },
  'policy-in-force': {
    begins: { PolicyActivated: { in: [''], by: workflow } },
    moves: { PolicyActivated: { from: [''], to: [], by: workflow } },
  },
};

/** What the audit says was done to a record. */
export interface Step {
  readonly type: string;
  readonly role: string;
}

export type Replay = { readonly states: readonly string[] } | { readonly broken: string };

const begun = ({ begins }: Lifecycle, { type, role }: Step): Replay => {
  const beginning = begins[type];
  if (beginning === undefined) return { broken: `cannot begin with ${type}` };
  return beginning.by.includes(role) ? { states: beginning.in } : { broken: `${type} by ${role}` };
};

const moved = ({ moves }: Lifecycle, states: readonly string[], { type, role }: Step): Replay => {
  const move = moves[type];
  if (move === undefined) return { broken: `${type} is no move of it` };
  if (!move.by.includes(role)) return { broken: `${type} by ${role}` };
  const possible = states.filter((state) => move.from.includes(state));
  if (possible.length === 0) return { broken: `${type} from ${states.join(' or ')}` };
  return { states: move.to.length === 0 ? possible : move.to };
};

/** Whether a kind may have been there before the first command, and in which states. */
export const takenOverStates = (kind: string): readonly string[] => lifecycles[kind]?.takenOver ?? [];

/** Goes through a record's life as the audit tells it: the states it can have ended in, or the step that was not allowed. */
export const replay = (kind: string, steps: readonly Step[], isTakenOver: boolean): Replay => {
  const lifecycle = lifecycles[kind];
  if (lifecycle === undefined) return { broken: 'no kind of record with moves' };
  const [first, ...others] = steps;
  let now: Replay =
    isTakenOver || first === undefined ? { states: lifecycle.takenOver ?? [] } : begun(lifecycle, first);
  for (const step of isTakenOver ? steps : others) {
    if ('broken' in now) return now;
    now = moved(lifecycle, now.states, step);
  }
  return now;
};
