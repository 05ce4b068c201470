import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { Redecided } from '../../domain/policy-versions/policy-run.ts';
import type { DecidedProgress, PolicyRunStore, SegmentProgress } from '../../domain/policy-versions/run-store.ts';
import { Tally } from '../../domain/policy-versions/tally.ts';
import type { DataKeys } from '../crypto/data-keys.ts';
import { openCounts, openLines, sealCounts, sealLines } from './change-list.ts';
import { decidedKey, decidedPrefix, type Key, partKey, runPartition, segmentKey, segmentPrefix } from './keys.ts';
import { behind } from './notes.ts';
import { getItem, type Item, readPartition } from './reading.ts';
import { estimateRows, readHouseholds } from './scanning.ts';
import type { Tables } from './tables.ts';

const Bytes = z.instanceof(Uint8Array);
const SegmentRow = z.object({
  pk: z.string(),
  sk: z.string(),
  segment: z.int(),
  parts: z.int(),
  position: z.string().nullable(),
  done: z.boolean(),
  tally: Bytes,
});
const DecidedRow = z.object({ pk: z.string(), sk: z.string(), segment: z.int(), parts: z.int(), redecided: Redecided });
const PartRow = z.object({ lines: Bytes });

const segmentOf = async (item: Item, dataKeys: DataKeys): Promise<SegmentProgress> => {
  const { pk, sk, tally, ...progress } = SegmentRow.parse(item);
  return { ...progress, tally: Tally.parse(await openCounts({ pk, sk }, tally, dataKeys)) };
};

const decidedOf = (item: Item): DecidedProgress => {
  const { pk: _pk, sk: _sk, ...progress } = DecidedRow.parse(item);
  return progress;
};

/** Stores items together; false when another call has done so before. */
const storeOnce = async (
  { client }: Tables,
  items: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<boolean> => {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: items }));
    return true;
  } catch (error) {
    const isThere =
      error instanceof TransactionCanceledException &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');
    if (isThere) return false;
    throw error;
  }
};

/** The port `PolicyRunStore` on DynamoDB. What it writes is no aggregate: it is made by one run, never changed, and can be made again. */
export const dynamodbPolicyRunStore = (tables: Tables, dataKeys: DataKeys): PolicyRunStore => {
  const { roster: TableName } = tables;
  const find = async (key: Key): Promise<Item | undefined> => getItem(tables, key);
  return {
    estimatedRows: () => estimateRows(tables),
    households: (segment, of, position) => readHouseholds(tables, dataKeys, { segment, of, position }),
    segment: async (runId, segment) => {
      const item = await find(segmentKey(runId, segment));
      return item === undefined ? undefined : segmentOf(item, dataKeys);
    },
    segments: async (runId) => {
      const heads = await readPartition(tables, runPartition(runId), segmentPrefix);
      return Promise.all(heads.map((item) => segmentOf(item, dataKeys)));
    },
    storePart: async (runId, { tally, ...progress }, lines) => {
      const newest = await dataKeys.newest();
      const head = segmentKey(runId, progress.segment);
      const part = partKey(runId, progress.segment, progress.parts - 1);
      const headItem = { ...head, ...progress, tally: sealCounts(head, tally, newest) };
      return storeOnce(tables, [
        {
          Put: {
            TableName,
            Item: { ...part, lines: sealLines(part, lines, newest) },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        { Put: { TableName, Item: headItem, ...behind('parts', progress.parts - 1) } },
      ]);
    },
    part: async (runId, segment, part) => {
      const key = partKey(runId, segment, part);
      const item = await find(key);
      if (item === undefined) throw new Error(`${key.pk} has no ${key.sk}`);
      return openLines(key, PartRow.parse(item).lines, dataKeys);
    },
    decided: async (runId, segment) => {
      const item = await find(decidedKey(runId, segment));
      return item === undefined ? undefined : decidedOf(item);
    },
    allDecided: async (runId) => (await readPartition(tables, runPartition(runId), decidedPrefix)).map(decidedOf),
    storeDecided: (runId, progress) =>
      storeOnce(tables, [
        {
          Put: {
            TableName,
            Item: { ...decidedKey(runId, progress.segment), ...progress },
            ...behind('parts', progress.parts - 1),
          },
        },
      ]),
  };
};
