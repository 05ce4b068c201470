import type { DomainEvent } from '../../domain/events/event.ts';
import type { RelayFailure } from '../../domain/store/roster-store.ts';
import { type RelayDependencies, relayEvent } from './relay-event.ts';
import { type FailureOf, plainFailure } from './relay-failure.ts';

/** An outbox item as it came over the stream. Reading the event may fail, and then only this item has failed. */
export interface OutboxRecord {
  sequenceNumber: string;
  /** Where the store keeps it, as far as the stream says so. */
  place?: string;
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
  failureOf: FailureOf = (error, at) => plainFailure(error, 'relay', at),
): Promise<{ itemIdentifier: string }[]> => {
  const failures = await Promise.all(
    records.map(async ({ sequenceNumber, place, event }) => {
      let eventId: string | undefined;
      try {
        const read = event();
        eventId = read.eventId;
        await relayEvent(dependencies, read);
        return [];
      } catch (error) {
        onFailure(error, eventId === undefined ? {} : { eventId });
        if (place !== undefined) await noted(dependencies, place, failureOf(error, dependencies.now()));
        return [{ itemIdentifier: sequenceNumber }];
      }
    }),
  );
  return failures.flat();
};

/** The reason is kept with the item for whoever looks after it; where even that fails, the item is still given again. */
const noted = async ({ store }: RelayDependencies, place: string, failure: RelayFailure): Promise<void> => {
  try {
    await store.eventFailed(place, failure);
  } catch {
    // The log line has been written, and the stream gives the item again.
  }
};
