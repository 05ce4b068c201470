import type { DomainEvent } from '../../domain/events/event.ts';
import { type RelayDependencies, relayEvent } from './relay-event.ts';

/** An outbox item as it came over the stream. Reading the event may fail, and then only this item has failed. */
export interface OutboxRecord {
  sequenceNumber: string;
  event: () => DomainEvent;
}

/**
 * Relays a batch. Items are about different reviews or may be repeated, so they go side by side; those that failed are named, and
 * the stream gives them, and what came after them, again.
 */
export const relayBatch = async (
  dependencies: RelayDependencies,
  records: readonly OutboxRecord[],
  onFailure: (error: unknown, ids: { eventId?: string }) => void,
): Promise<{ itemIdentifier: string }[]> => {
  const failures = await Promise.all(
    records.map(async ({ sequenceNumber, event }) => {
      let eventId: string | undefined;
      try {
        const read = event();
        eventId = read.eventId;
        await relayEvent(dependencies, read);
        return [];
      } catch (error) {
        onFailure(error, eventId === undefined ? {} : { eventId });
        return [{ itemIdentifier: sequenceNumber }];
      }
    }),
  );
  return failures.flat();
};
