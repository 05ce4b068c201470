import type { DomainEvent } from './event.ts';

/**
 * What an event is about, as far as its order among others matters: the referral, the household, the review and so on, whichever is named
 * first here. Events of one run over many households name their decisions, so that they do not wait for each other.
 */
export const concernedBy = (event: DomainEvent): string =>
  event.referralId ??
  event.householdId ??
  event.reviewId ??
  event.paymentRunId ??
  event.feedId ??
  event.noticeId ??
  event.taskId ??
  event.determinationId ??
  event.policyRunId ??
  event.eventId;
