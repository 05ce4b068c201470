import { z } from 'zod';
import { Instant } from '../dates.ts';
import { Purpose } from '../disclosure/purposes.ts';
import {
  ApplicationId,
  BreakGlassId,
  DeterminationId,
  EmergencyAidId,
  EventId,
  FeedId,
  HouseholdId,
  NoticeId,
  PaymentRunId,
  PersonId,
  PolicyRunId,
  ReferralId,
  ReviewId,
  TaskId,
} from '../ids.ts';

/**
 * What happened, in the past tense, once per command. `relayed` events have someone waiting for them and travel through the
 * outbox; the others are kept in the audit entry only. An event carries ids and nothing about a person.
 */
export const eventTypes = {
  ApplicationSubmitted: 'relayed',
  ApplicationWithdrawn: 'relayed',
  PapersRequested: 'recorded',
  PapersSupplied: 'recorded',
  TiersEvaluated: 'recorded',
  OpinionFormed: 'recorded',
  TaskOpened: 'recorded',
  TaskReminded: 'recorded',
  TaskEscalated: 'recorded',
  TaskExtended: 'recorded',
  TaskCompleted: 'relayed',
  TaskCancelled: 'recorded',
  NoticePublished: 'recorded',
  NoticeEnded: 'relayed',
  NoticeWithdrawn: 'recorded',
  ObjectionRaised: 'relayed',
  ReassessmentBegun: 'recorded',
  ReferredToPanel: 'recorded',
  DeterminationRecorded: 'relayed',
  PolicyDrafted: 'recorded',
  PolicyRunRequested: 'relayed',
  PolicyRunBegun: 'recorded',
  PolicySimulated: 'recorded',
  PolicyActivated: 'recorded',
  PolicyRunRefused: 'recorded',
  PolicyRunFinished: 'recorded',
  PolicyRunFailed: 'recorded',
  PolicyWithdrawn: 'recorded',
  PolicyChangeDecided: 'relayed',
  PolicyChangeChecked: 'relayed',
  ReferralsPlanned: 'recorded',
  ReferralAccepted: 'relayed',
  ReferralReturned: 'relayed',
  ReferralRerouted: 'relayed',
  ReferralReported: 'relayed',
  ReferralVerified: 'relayed',
  ReferralDisputed: 'relayed',
  ReferralReminded: 'recorded',
  ReferralEscalated: 'recorded',
  SubscriptionRegistered: 'recorded',
  SubscriptionSecretReplaced: 'recorded',
  SubscriptionRemoved: 'recorded',
  WebhookGivenUp: 'recorded',
  IdentityDisclosed: 'recorded',
  RecordRead: 'recorded',
  PeopleLookedUp: 'recorded',
  BreakGlassOpened: 'recorded',
  BreakGlassRead: 'recorded',
  BreakGlassEnded: 'recorded',
  AssistanceClaimed: 'recorded',
  AssistanceDelivered: 'recorded',
  AssistanceEnded: 'recorded',
  PersonErased: 'recorded',
  DeathRecorded: 'relayed',
  HouseholdChanged: 'relayed',
  FactsRecorded: 'relayed',
  HouseholdRedecided: 'relayed',
  KeysRotated: 'recorded',
  EmergencyAidGranted: 'recorded',
  EmergencyAidPaid: 'recorded',
  EmergencyPapersSupplied: 'recorded',
  EmergencyAidClosed: 'recorded',
  EmergencyAidWithdrawn: 'recorded',
  EmergencyFullReviewSettled: 'recorded',
  EmergencyReserveAllocated: 'recorded',
  GrievanceReceived: 'recorded',
  GrievanceAccepted: 'recorded',
  GrievanceRefused: 'recorded',
  GrievanceUpheld: 'recorded',
  GrievanceRejected: 'recorded',
  GrievanceWithdrawn: 'recorded',
  GrievanceRemedied: 'recorded',
  PaymentRunRequested: 'relayed',
  PaymentRunContinued: 'relayed',
  PaymentRunChecked: 'recorded',
  PaymentRunReleaseBegun: 'relayed',
  PaymentRunReleased: 'recorded',
  PaymentLineReleased: 'recorded',
  PaymentLineHeld: 'recorded',
  PaymentCorrected: 'recorded',
  MissedNeedFound: 'recorded',
  MissedNeedSettled: 'recorded',
  AlertRaised: 'recorded',
  AlertRefreshed: 'recorded',
  AlertMoved: 'recorded',
  AlertDisposed: 'recorded',
  ReportReceived: 'recorded',
  ReportJoined: 'recorded',
  ReportFollowedUp: 'recorded',
  ReportEnded: 'recorded',
  ReportRead: 'recorded',
  ReportErased: 'recorded',
  HouseholdReviewed: 'relayed',
  FeedAnnounced: 'recorded',
  FeedCheckRequested: 'relayed',
  FeedChecked: 'recorded',
  FeedCommitted: 'relayed',
  FeedApplied: 'recorded',
  FeedFailed: 'recorded',
  FeedDiscarded: 'recorded',
} as const satisfies Record<string, 'relayed' | 'recorded'>;
export type EventType = keyof typeof eventTypes;

/** What ties together the log lines of a request and of all that follows from it: opaque, and never made from what is in them. */
export const CorrelationId = z.string().regex(/^[\w=-]{8,64}$/u);

export const DomainEvent = z.strictObject({
  eventId: EventId,
  type: z.custom<EventType>(
    (type) => typeof type === 'string' && Object.hasOwn(eventTypes, type),
    'unknown type of event',
  ),
  at: Instant,
  /** Null in what happens to the policy itself, and to a household of which no application is on record. */
  applicationId: ApplicationId.nullable(),
  reviewId: ReviewId.nullable(),
  taskId: TaskId.nullable(),
  noticeId: NoticeId.nullable(),
  /** The policy version and the run it is about, where it is about one. */
  policyVersion: z.string().nullable().default(null),
  policyRunId: PolicyRunId.nullable().default(null),
  emergencyAidId: EmergencyAidId.nullable().default(null),
  /** The decision that assistance is planned from, and the referral it is about, where it is about one. */
  determinationId: DeterminationId.nullable().default(null),
  referralId: ReferralId.nullable().default(null),
  /** The list of payments that is gone through page by page. */
  paymentRunId: PaymentRunId.nullable().default(null),
  /** The file of a department it is about. */
  feedId: FeedId.nullable().default(null),
  /**
   * Of someone who looked: at whom, for which purpose, and at which fields. Names of fields, never what is in them. The household also
   * of a change in it.
   */
  personId: PersonId.nullable().default(null),
  householdId: HouseholdId.nullable().default(null),
  purpose: Purpose.nullable().default(null),
  fields: z.array(z.string().max(60)).max(60).nullable().default(null),
  /** The grant under which somebody read outside the own division, and the operation and record it was used for. */
  breakGlass: z
    .strictObject({ breakGlassId: BreakGlassId, operation: z.string().nullable(), record: z.string().nullable() })
    .nullable()
    .default(null),
  /** Of the request or step that stored it; the store stamps it. */
  correlationId: CorrelationId.nullable().default(null),
});
export type DomainEvent = z.infer<typeof DomainEvent>;
