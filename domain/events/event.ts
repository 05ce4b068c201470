import { z } from 'zod';
import { Instant } from '../dates.ts';
import { ApplicationId, EventId, NoticeId, ReviewId, TaskId } from '../ids.ts';

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
  DeterminationRecorded: 'recorded',
} as const satisfies Record<string, 'relayed' | 'recorded'>;
export type EventType = keyof typeof eventTypes;

export const DomainEvent = z.strictObject({
  eventId: EventId,
  type: z.custom<EventType>(
    (type) => typeof type === 'string' && Object.hasOwn(eventTypes, type),
    'unknown type of event',
  ),
  at: Instant,
  applicationId: ApplicationId,
  reviewId: ReviewId,
  taskId: TaskId.nullable(),
  noticeId: NoticeId.nullable(),
});
export type DomainEvent = z.infer<typeof DomainEvent>;
