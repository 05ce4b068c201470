import { z } from 'zod';
import type { InvocationResult } from '../lambda/protocol.ts';

/** A stream record as the engine and Lambda write it; only the number is looked at here. */
export const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number().optional() }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

export type BatchRules = {
  readonly bisect: boolean;
  /** Retries after the first attempt; undefined for as long as it takes. */
  readonly retries: number | undefined;
  readonly reportsItemFailures: boolean;
};

export type BatchActions = {
  readonly invoke: (records: readonly StreamRecord[]) => Promise<InvocationResult>;
  /** Called when these records need no further look, in stream order, delivered or given up. */
  readonly done: (records: readonly StreamRecord[]) => void;
  readonly giveUp: (records: readonly StreamRecord[], attempts: number) => void;
  /** Waits before attempt number `attempt` (2 is the first retry); false when there is no going on. */
  readonly beforeRetry: (attempt: number) => Promise<boolean>;
};

type Part = { readonly records: readonly StreamRecord[]; readonly attempts: number };

const Response = z
  .looseObject({ batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/** Position of the first record that failed: the length of the list when none did, 0 when the answer cannot be understood. */
const firstFailure = (
  records: readonly StreamRecord[],
  result: InvocationResult,
  reportsItemFailures: boolean,
): number => {
  if (!result.ok) return 0;
  if (!reportsItemFailures) return records.length;
  const parsed = Response.safeParse(JSON.parse(result.payload));
  if (!parsed.success) return 0;
  const failed = new Set((parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if (failed.size === 0) return records.length;
  // An identifier that is not in the batch fails all of it, as on AWS: indexOf answers -1.
  return Math.max(
    0,
    records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber)),
  );
};

const halves = ({ records, attempts }: Part): readonly Part[] => {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), attempts },
    { records: records.slice(middle), attempts },
  ];
};

/**
 * Hands records to a function in order, as Lambda's event-source mapping for streams does: what failed is tried again from the
 * first failed record on, split in two if so configured (a split costs no attempt), and given up after the last attempt. Resolves false
 * if it was told to stop before the end.
 */
export const processBatch = async (
  records: readonly StreamRecord[],
  { bisect, retries, reportsItemFailures }: BatchRules,
  { invoke, done, giveUp, beforeRetry }: BatchActions,
): Promise<boolean> => {
  const parts: Part[] = [{ records, attempts: 0 }];
  let part = parts.shift();
  while (part !== undefined) {
    const attempts = part.attempts + 1;
    const good = firstFailure(part.records, await invoke(part.records), reportsItemFailures);
    done(part.records.slice(0, good));
    const failed: Part = { records: part.records.slice(good), attempts };
    if (failed.records.length > 0) {
      if (bisect && failed.records.length > 1) parts.unshift(...halves({ ...failed, attempts: part.attempts }));
      else if (retries !== undefined && attempts > retries) {
        giveUp(failed.records, attempts);
        done(failed.records);
      } else parts.unshift(failed);
      if (!(await beforeRetry(attempts + 1))) return false;
    }
    part = parts.shift();
  }
  return true;
};
