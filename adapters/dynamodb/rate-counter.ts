import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { RateCount, RateMoment } from '../../domain/access/rate-limits.ts';
import { rateKey } from './keys.ts';
import type { Tables } from './tables.ts';

/**
 * Counts so many requests of a caller, known by a mark, and answers with the counts that include the last of them. Throws when it
 * cannot count.
 */
export type RateCounter = (mark: string, moment: RateMoment, requests: number) => Promise<RateCount>;

/** The store removes expired items when it gets to it; nothing reads a counter after its window. */
const keptSeconds = 3_600;
/** A count is worth a short wait only: the request itself is what matters, and without a count it is admitted. */
const patienceMilliseconds = 500;

const Counted = z.object({ Attributes: z.record(z.string(), z.int().min(1)) });

/**
 * The counter that all instances of all functions share: one item per caller and window, one update of one write unit, which counts
 * the window and its part at once. It is unconditional, so that it never fails for what the caller did. An update whose
 * reply was lost may be applied twice by the SDK's retry: then a caller has so many requests less, and nothing else is wrong.
 */
export const dynamodbRateCounter =
  ({ client, roster }: Pick<Tables, 'client' | 'roster'>, patience = patienceMilliseconds): RateCounter =>
  async (mark, { windowStart, part, second }, requests) => {
    const answer = await client.send(
      new UpdateCommand({
        TableName: roster,
        Key: rateKey(mark, windowStart),
        UpdateExpression: 'SET #until = :until ADD #all :requests, #part :requests',
        ExpressionAttributeNames: { '#all': 'n', '#part': `n${part}`, '#until': 'expiresAt' },
        ExpressionAttributeValues: { ':requests': requests, ':until': second + keptSeconds },
        ReturnValues: 'UPDATED_NEW',
      }),
      { abortSignal: AbortSignal.timeout(patience) },
    );
    const counts = Counted.parse(answer).Attributes;
    return { inWindow: z.int().parse(counts['n']), inPart: z.int().parse(counts[`n${part}`]) };
  };
