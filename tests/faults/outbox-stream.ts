import { z } from 'zod';
import type { InvocationResult } from '../../local/lambda/protocol.ts';
import type { CallBody } from './call.ts';

/** What can happen to a stream between the table and the relay. */
export const streamFaults = ['duplicated', 'reordered', 'poisoned', 'split', 'lost'] as const;
export type StreamFault = (typeof streamFaults)[number];

interface StreamRecord {
  readonly eventName: 'INSERT';
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage?: unknown };
}
interface Pending {
  readonly records: readonly StreamRecord[];
  readonly attempts: number;
}

const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

const batchSize = 25;
/** As infra/constructs/outbox-stream.ts sets it: what has failed so often goes to the dead letters. */
const retryAttempts = 5;

export interface OutboxStream {
  /** Takes up the outbox items of a transaction that was applied; one that was applied under the same token before is known. */
  readonly observe: (body: CallBody) => void;
  readonly isEmpty: () => boolean;
  /** Hands the next batch to the relay. What fails comes again from the first record that failed, then one by one. */
  readonly deliver: (relay: (event: string) => Promise<InvocationResult>) => Promise<void>;
  readonly deadLetters: () => number;
  readonly reset: (fault: StreamFault | undefined) => void;
}

/** The Roster's stream, filtered to the outbox, from what was written; with faults of its own when it is told to. */
export const outboxStream = (): OutboxStream => {
  let fault: StreamFault | undefined;
  let waiting: StreamRecord[] = [];
  let retries: Pending[] = [];
  let delivered: StreamRecord[] = [];
  let sequence = 0;
  let dead = 0;
  const known = new Set<string>();

  const number = (): string => {
    sequence += 1;
    return String(sequence).padStart(21, '0');
  };
  const record = (image: unknown): StreamRecord => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: number(), ...(image === undefined ? {} : { NewImage: image }) },
  });

  const observe: OutboxStream['observe'] = ({ TransactItems = [] }) => {
    for (const { Put } of TransactItems) {
      const key = Put?.Item;
      if (key === undefined || !key.pk.S.startsWith('OUTBOX#') || known.has(key.sk.S)) continue;
      known.add(key.sk.S);
      if (fault === 'lost') continue;
      if (fault === 'poisoned') waiting.push(record({ pk: { S: 'OUTBOX#0' }, sk: { S: 'not an event' } }));
      waiting.push(record(key), ...(fault === 'duplicated' ? [record(key)] : []));
    }
  };

  const nextBatch = (): Pending => {
    const retried = retries.shift();
    if (retried !== undefined) return retried;
    const size = fault === 'split' ? 1 : batchSize;
    const records = waiting.slice(0, size);
    waiting = waiting.slice(size);
    if (fault !== 'reordered') return { records, attempts: 0 };
    // The newest first, and behind it everything that had arrived before, once more and backwards.
    const shuffled = [...records.toReversed(), ...delivered.slice(-batchSize + records.length)];
    delivered = [...records.toReversed(), ...delivered];
    return { records: shuffled, attempts: 0 };
  };

  const again = (records: readonly StreamRecord[], attempts: number): void => {
    if (attempts <= retryAttempts) retries.unshift({ records, attempts });
    else if (records.length === 1) dead += 1;
    else retries.unshift(...records.map((one) => ({ records: [one], attempts: 0 })));
  };

  const deliver: OutboxStream['deliver'] = async (relay) => {
    const { records, attempts } = nextBatch();
    if (records.length === 0) return;
    const result = await relay(JSON.stringify({ Records: records }));
    if (!result.ok) return again(records, attempts + 1);
    const failed = new Set(
      Answer.parse(JSON.parse(result.payload)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    );
    const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
    if (first >= 0) again(records.slice(first), attempts + 1);
  };

  return {
    observe,
    isEmpty: () => waiting.length === 0 && retries.length === 0,
    deliver,
    deadLetters: () => dead,
    reset: (next) => {
      fault = next;
      waiting = [];
      retries = [];
      delivered = [];
      dead = 0;
      known.clear();
    },
  };
};
