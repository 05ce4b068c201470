import type { Instant } from '../dates.ts';
import { type ApplicationId, EventId, type NewId, type NoticeId, type ReviewId, type TaskId } from '../ids.ts';
import { DomainEvent, type EventType } from './event.ts';

interface About {
  applicationId: ApplicationId;
  reviewId: ReviewId;
  taskId?: TaskId;
  noticeId?: NoticeId;
}

/** An event of this moment, about an application and its review, and about a task or notice where one is concerned. */
export const newEvent = (type: EventType, at: Instant, newId: NewId, about: About): DomainEvent =>
  DomainEvent.parse({
    eventId: EventId.parse(`evt_${newId()}`),
    type,
    at,
    applicationId: about.applicationId,
    reviewId: about.reviewId,
    taskId: about.taskId ?? null,
    noticeId: about.noticeId ?? null,
  });
