import type { Instant } from '../dates.ts';
import {
  type ApplicationId,
  type DeterminationId,
  type EmergencyAidId,
  EventId,
  type FeedId,
  type HouseholdId,
  type NewId,
  type NoticeId,
  type PaymentRunId,
  type PolicyRunId,
  type ReferralId,
  type ReviewId,
  type TaskId,
} from '../ids.ts';
import { DomainEvent, type EventType } from './event.ts';

interface About {
  applicationId?: ApplicationId | null;
  reviewId?: ReviewId | null;
  taskId?: TaskId;
  noticeId?: NoticeId;
  policyVersion?: string;
  runId?: PolicyRunId;
  emergencyAidId?: EmergencyAidId;
  determinationId?: DeterminationId | null | undefined;
  referralId?: ReferralId | null;
  paymentRunId?: PaymentRunId;
  feedId?: FeedId;
  /** The household that has changed. Named apart, since records about a household are given here whole. */
  changed?: HouseholdId;
  breakGlass?: DomainEvent['breakGlass'];
}

/** An event of this moment, about an application and its review, a task or notice, a version of the policy or a run. */
export const newEvent = (type: EventType, at: Instant, newId: NewId, about: About): DomainEvent =>
  DomainEvent.parse({
    eventId: EventId.parse(`evt_${newId()}`),
    type,
    at,
    applicationId: about.applicationId ?? null,
    reviewId: about.reviewId ?? null,
    taskId: about.taskId ?? null,
    noticeId: about.noticeId ?? null,
    policyVersion: about.policyVersion ?? null,
    policyRunId: about.runId ?? null,
    emergencyAidId: about.emergencyAidId ?? null,
    determinationId: about.determinationId ?? null,
    referralId: about.referralId ?? null,
    paymentRunId: about.paymentRunId ?? null,
    feedId: about.feedId ?? null,
    householdId: about.changed ?? null,
    breakGlass: about.breakGlass ?? null,
  });
