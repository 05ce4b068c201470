import { Instant } from '../../domain/dates.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { RosterStore } from '../../domain/store/roster-store.ts';

const endOfTime = Instant.parse('2099-01-01T00:00:00.000Z');

/** Events that nobody has relayed yet. Throws when one of them cannot be read. */
export const unrelayedEvents = async (
  store: Pick<RosterStore, 'strandedEvents'>,
  { before = endOfTime, limit = 500 }: { before?: Instant; limit?: number } = {},
): Promise<readonly DomainEvent[]> => (await store.strandedEvents(before, limit)).map(({ event }) => event());
