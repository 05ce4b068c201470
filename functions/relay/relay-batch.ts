import { concernedBy } from '../../domain/events/concerned.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { RelayFailure } from '../../domain/store/roster-store.ts';
import { forEachAtOnce } from '../at-once.ts';
import { type RelayDependencies, relayEvent } from './relay-event.ts';
import { type FailureOf, plainFailure } from './relay-failure.ts';

/** An outbox item as it came over the stream. Reading the event may fail, and then only this item has failed. */
export interface OutboxRecord {
  sequenceNumber: string;
  /** Where the store keeps it, as far as the stream says so. */
  place?: string;
  event: () => DomainEvent;
}

/** So many subjects are worked on at once: a batch mostly waits for the table, and a function has one processor. */
const atOnce = 12;

type Failed = readonly { itemIdentifier: string }[];

/**
 * Relays a batch. What is about different things goes side by side; what is about the same goes in its order, and what lies behind
 * something that failed waits for it. What failed and what waits are named: the stream gives the batch again from the first of them, and
 * what was passed on behind it a second time, which has no second effect.
 */
export const relayBatch = async (
  dependencies: RelayDependencies,
  records: readonly OutboxRecord[],
  onFailure: (error: unknown, ids: { eventId?: string }) => void,
  failureOf: FailureOf = (error, at) => plainFailure(error, 'relay', at),
): Promise<{ itemIdentifier: string }[]> => {
  const failed = async ({ sequenceNumber, place }: OutboxRecord, error: unknown, ids: { eventId?: string }) => {
    onFailure(error, ids);
    if (place !== undefined) await noted(dependencies, place, failureOf(error, dependencies.now()));
    return { itemIdentifier: sequenceNumber };
  };
  const subjects = new Map<string, Read[]>();
  const unread: Promise<{ itemIdentifier: string }>[] = [];
  for (const record of records) {
    try {
      const event = record.event();
      const subject = concernedBy(event);
      subjects.set(subject, [...(subjects.get(subject) ?? []), { record, event }]);
    } catch (error) {
      unread.push(failed(record, error, {}));
    }
  }
  const relayOne = async (inOrder: readonly Read[]): Promise<Failed> => {
    for (const [index, { record, event }] of inOrder.entries()) {
      try {
        await relayEvent(dependencies, event);
      } catch (error) {
        const behind = inOrder.slice(index + 1).map((each) => ({ itemIdentifier: each.record.sequenceNumber }));
        return [await failed(record, error, { eventId: event.eventId }), ...behind];
      }
    }
    return [];
  };
  const relayed = await forEachAtOnce([...subjects.values()], relayOne, atOnce);
  return [...relayed.flat(), ...(await Promise.all(unread))];
};

interface Read {
  readonly record: OutboxRecord;
  readonly event: DomainEvent;
}

/** The reason is kept with the item for whoever looks after it; where even that fails, the item is still given again. */
const noted = async ({ store }: RelayDependencies, place: string, failure: RelayFailure): Promise<void> => {
  try {
    await store.eventFailed(place, failure);
  } catch {
    // The log line has been written, and the stream gives the item again.
  }
};
