import type { Instant } from '../dates.ts';
import type { Purpose } from '../disclosure/purposes.ts';
import { EventId, type HouseholdId, type NewId, type PersonId } from '../ids.ts';
import { DomainEvent } from './event.ts';

/** Who was looked at, for what, and at which fields. A call of an agency as such is about no one person. */
export interface Looking {
  type: 'IdentityDisclosed' | 'RecordRead' | 'PeopleLookedUp';
  personId: PersonId | null;
  householdId: HouseholdId | null;
  purpose: Purpose;
  fields: readonly string[];
}

/** The event of someone having looked at something about a person: one for each person, so that each has it in the own record. */
export const lookingEvent = (at: Instant, newId: NewId, looking: Looking): DomainEvent =>
  DomainEvent.parse({
    ...looking,
    fields: [...looking.fields],
    eventId: EventId.parse(`evt_${newId()}`),
    at,
    applicationId: null,
    reviewId: null,
    taskId: null,
    noticeId: null,
  });
