import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { itemsOf, type RosterExport } from '../export/read-export.ts';
import { outboxPartitions } from '../redrive/outbox.ts';

const Attribute = z.looseObject({ S: z.string().optional() });
const Keyed = z.record(z.string(), z.looseObject({}));
const textIn = (item: unknown, name: string): string => {
  const value = Keyed.parse(item)[name];
  return value === undefined ? '' : (Attribute.parse(value).S ?? '');
};

/** A review that has not ended, the event that began it, and what the sample and the report need beside. */
export interface UnderWay {
  readonly reviewId: string;
  readonly division: string;
  readonly begun: { readonly eventId: string; readonly at: string; readonly applicationId: string } | undefined;
}
export interface Surveyed {
  readonly underWay: readonly UnderWay[];
  /** Ids of some determinations, to be read back through the API. */
  readonly sample: readonly string[];
  /** The newest audit entry: the point in time that was reached. */
  readonly newest: string;
}

const ended = new Set(['concluded', 'cancelled']);

interface OfRoster {
  readonly open: ReadonlyMap<string, string>;
  readonly sample: readonly string[];
}

const surveyRoster = async (exported: RosterExport, sampled: number): Promise<OfRoster> => {
  const open = new Map<string, string>();
  const sample: string[] = [];
  let seen = 0;
  const take = (item: unknown): void => {
    const pk = textIn(item, 'pk');
    if (pk.startsWith('REVIEW#') && !ended.has(textIn(item, 'state')))
      open.set(textIn(item, 'reviewId'), textIn(item, 'division'));
    if (!pk.startsWith('DETERMINATION#')) return;
    // Each has the same chance to be in the sample, wherever it lies in the export (reservoir sampling).
    const place = seen < sampled ? seen : Math.floor(Math.random() * (seen + 1));
    if (place < sampled) sample[place] = textIn(item, 'determinationId');
    seen += 1;
  };
  for await (const batch of itemsOf(exported.roster)) for (const item of batch) take(item);
  return { open, sample };
};

/** Goes once through the export for what was under way, and for a sample of decisions. */
export const survey = async (exported: RosterExport, sampled: number): Promise<Surveyed> => {
  const { open, sample } = await surveyRoster(exported, sampled);
  const begun = new Map<string, NonNullable<UnderWay['begun']>>();
  let newest = '';
  const take = (item: unknown): void => {
    const [at = ''] = textIn(item, 'sk').split('#');
    if (/^\d{4}-\d{2}-\d{2}T/u.test(at) && at > newest) newest = at;
    const reviewId = textIn(item, 'reviewId');
    if (textIn(item, 'type') !== 'ApplicationSubmitted' || !open.has(reviewId)) return;
    const applicationId = /app_[0-9a-f]{32}/u.exec(JSON.stringify(item))?.[0] ?? '';
    begun.set(reviewId, { eventId: textIn(item, 'eventId'), at, applicationId });
  };
  for await (const batch of itemsOf(exported.audit)) for (const item of batch) take(item);
  const underWay = [...open].map(([reviewId, division]) => ({ reviewId, division, begun: begun.get(reviewId) }));
  return { underWay, sample, newest };
};

const none: AttributeValue = { NULL: true };

/**
 * Lets the relay start the workflow of a review again, by the event that began it. A review's run has a name of its own, so that one that
 * is still known is left as it is; one that is not goes through its steps anew and finds what it made before.
 */
export const startAgain = async (
  client: DynamoDBClient,
  table: string,
  { reviewId, division, begun }: UnderWay,
): Promise<boolean> => {
  if (begun === undefined) return false;
  const { eventId, at, applicationId } = begun;
  const shard = Number.parseInt(eventId.slice(-1), 16) % outboxPartitions.length;
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        pk: { S: outboxPartitions[shard] ?? '' },
        sk: { S: `${at}#${eventId}` },
        eventId: { S: eventId },
        type: { S: 'ApplicationSubmitted' },
        at: { S: at },
        applicationId: { S: applicationId },
        reviewId: { S: reviewId },
        taskId: none,
        noticeId: none,
        policyVersion: none,
        policyRunId: none,
        division: { S: division },
      },
    }),
  );
  return true;
};
