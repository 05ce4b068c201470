import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { ChainId } from '../../domain/audit/block.ts';
import type { StoredItem } from '../../domain/audit/stored-item.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import { eventOf, placeOf } from './outbox.ts';
import { storedItemOf } from './stored.ts';

const Image = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);
const StreamRecord = z.looseObject({
  dynamodb: z.looseObject({ SequenceNumber: z.string(), Keys: Image.optional(), NewImage: Image.optional() }),
});

/** A batch of a table's stream, as Lambda gives it; what is not read here is let through unread. */
export const StreamEvent = z.looseObject({ Records: z.array(StreamRecord) });
/** The items that failed: Lambda gives the batch again from the first of them. */
export const StreamAnswer = z.strictObject({
  batchItemFailures: z.array(z.strictObject({ itemIdentifier: z.string() })),
});

/** The outbox items of a batch, each to be read when it is its turn, so that one that cannot be read fails alone. */
export const outboxEventsOf = (
  batch: z.infer<typeof StreamEvent>,
): { sequenceNumber: string; place?: string; event: () => DomainEvent }[] =>
  batch.Records.map(({ dynamodb: { SequenceNumber, Keys, NewImage } }) => ({
    sequenceNumber: SequenceNumber,
    ...(Keys === undefined ? {} : { place: placeOf(unmarshall(Keys)) }),
    event: () => {
      if (NewImage === undefined) throw new Error(`stream record ${SequenceNumber} has no new image`);
      return eventOf(unmarshall(NewImage));
    },
  }));

/** The chain of an entry, by its key: the partition is its division, and its sort key begins with its day. */
const chainOf = ({ pk, sk }: Readonly<Record<string, AttributeValue>>): ChainId => ({
  division: DivisionCode.parse(pk?.S),
  day: UtcDay.parse(sk?.S?.slice(0, 10)),
});

/** The audit entries of a batch, with the chain each belongs to, read when it is their turn. */
export const auditEntriesOf = (
  batch: z.infer<typeof StreamEvent>,
): { sequenceNumber: string; entry: () => { chain: ChainId; item: StoredItem } }[] =>
  batch.Records.map(({ dynamodb: { SequenceNumber, NewImage } }) => ({
    sequenceNumber: SequenceNumber,
    entry: () => {
      if (NewImage === undefined) throw new Error(`stream record ${SequenceNumber} has no new image`);
      return { chain: chainOf(NewImage), item: storedItemOf(NewImage) };
    },
  }));
