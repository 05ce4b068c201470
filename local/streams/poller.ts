import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import { type EngineClient, EngineError } from '../dynamodb/json-client.ts';
import type { LambdaPool } from '../lambda/pool.ts';
import type { StateStore } from '../state-folder.ts';
import type { MappingModel } from '../template/platform-model.ts';
import { processBatch, StreamRecord } from './batch.ts';
import { openCheckpoints, type ShardPosition } from './checkpoints.ts';
import { compileFilter } from './filter.ts';

export type PollerStatistics = { records: number; delivered: number; givenUp: number };
export type StreamPoller = { readonly statistics: () => PollerStatistics; readonly stop: () => Promise<void> };

export type PollerParts = {
  readonly client: EngineClient;
  readonly pool: LambdaPool;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly region: string;
};

const Table = z.looseObject({ Table: z.looseObject({ LatestStreamArn: z.string() }) });
const Shards = z.looseObject({
  StreamDescription: z.looseObject({
    Shards: z.array(z.looseObject({ ShardId: z.string(), ParentShardId: z.string().optional() })).default([]),
    LastEvaluatedShardId: z.string().optional(),
  }),
});
const Iterator = z.looseObject({ ShardIterator: z.string() });
const Records = z.looseObject({ Records: z.array(StreamRecord).default([]), NextShardIterator: z.string().nullish() });

const shortestPollMs = 25;
const longestPollMs = 250;
const longestRetryMs = 2_000;
/** Errors after which a new iterator, made from the checkpoint, goes on where the old one stopped. */
const staleIterator = new Set(['ExpiredIteratorException', 'TrimmedDataAccessException']);

const listShards = async (
  client: EngineClient,
  streamArn: string,
): Promise<readonly { ShardId: string; ParentShardId?: string | undefined }[]> => {
  const shards: { ShardId: string; ParentShardId?: string | undefined }[] = [];
  let from: string | undefined;
  do {
    const input = { StreamArn: streamArn, ...(from === undefined ? {} : { ExclusiveStartShardId: from }) };
    const { StreamDescription } = Shards.parse(await client.call('DescribeStream', input));
    shards.push(...StreamDescription.Shards);
    from = StreamDescription.LastEvaluatedShardId;
  } while (from !== undefined);
  return shards;
};

const iteratorInput = (
  streamArn: string,
  shard: string,
  position: ShardPosition | undefined,
  fromLatest: boolean,
): unknown => {
  if (position?.sequence !== undefined)
    return {
      StreamArn: streamArn,
      ShardId: shard,
      ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
      SequenceNumber: position.sequence,
    };
  return { StreamArn: streamArn, ShardId: shard, ShardIteratorType: fromLatest ? 'LATEST' : 'TRIM_HORIZON' };
};

/** Reads a shard on from the checkpoint; keeps its iterator between reads. */
const createReader = (client: EngineClient, streamArn: string, mapping: MappingModel) => {
  const iterators = new Map<string, string>();
  const renew = async (shard: string, position: ShardPosition | undefined): Promise<string> =>
    Iterator.parse(await client.call('GetShardIterator', iteratorInput(streamArn, shard, position, mapping.fromLatest)))
      .ShardIterator;
  return async (
    shard: string,
    position: ShardPosition | undefined,
  ): Promise<{ records: readonly StreamRecord[]; ended: boolean }> => {
    const iterator = iterators.get(shard) ?? (await renew(shard, position));
    try {
      const answer = Records.parse(await client.call('GetRecords', { ShardIterator: iterator, Limit: 1000 }));
      const next = answer.NextShardIterator ?? undefined;
      if (next === undefined) iterators.delete(shard);
      else iterators.set(shard, next);
      return { records: answer.Records, ended: next === undefined };
    } catch (error) {
      iterators.delete(shard);
      if (error instanceof EngineError && staleIterator.has(error.type)) return { records: [], ended: false };
      throw error;
    }
  };
};

const chunks = <Item>(list: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

/** When a record was written, by the platform's clock: the engine knows real time only. */
const arrivalOf = (record: StreamRecord | undefined, now: number): string =>
  new Date(
    (record?.dynamodb.ApproximateCreationDateTime ?? Date.now() / 1000) * 1000 + (now - Date.now()),
  ).toISOString();

/** What Lambda sends to the on-failure destination of a stream: where the records are, not what is in them. */
const failureRecord = (
  mapping: MappingModel,
  shard: string,
  records: readonly StreamRecord[],
  attempts: number,
  now: number,
): unknown => ({
  requestContext: {
    requestId: randomUUID(),
    functionName: mapping.functionName,
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: attempts,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  DDBStreamBatchInfo: {
    shardId: shard,
    startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
    endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
    approximateArrivalOfFirstRecord: arrivalOf(records[0], now),
    approximateArrivalOfLastRecord: arrivalOf(records.at(-1), now),
    batchSize: records.length,
    streamArn: mapping.streamArn,
  },
});

/** Follows one event-source mapping from its checkpoint on, at least once per record, in the order of the stream. */
export const startStreamPoller = async (mapping: MappingModel, parts: PollerParts): Promise<StreamPoller> => {
  const { client, pool, store, clock, activity, region } = parts;
  const matches = compileFilter(mapping.patterns);
  const checkpoints = openCheckpoints(store, mapping.id);
  const { Table: table } = Table.parse(await client.call('DescribeTable', { TableName: mapping.tableName }));
  const read = createReader(client, table.LatestStreamArn, mapping);
  const statistics: PollerStatistics = { records: 0, delivered: 0, givenUp: 0 };
  const stopped = new AbortController();
  let wake = (): void => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, stopped.signal.aborted ? 0 : ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const deliver = (shard: string, batch: readonly StreamRecord[]): Promise<boolean> =>
    processBatch(batch, mapping, {
      invoke: (records) => {
        const offsetSeconds = (clock.now() - Date.now()) / 1000;
        const Records = records.map((record) => ({
          ...record,
          eventSourceARN: mapping.streamArn,
          awsRegion: region,
          dynamodb: {
            ...record.dynamodb,
            // The engine knows real time only.
            ApproximateCreationDateTime: Math.floor(
              (record.dynamodb.ApproximateCreationDateTime ?? Date.now() / 1000) + offsetSeconds,
            ),
          },
        }));
        return pool.invoke(mapping.functionName, JSON.stringify({ Records }));
      },
      done: (records) => {
        const last = records.at(-1);
        if (last === undefined) return;
        checkpoints.reached(shard, last.dynamodb.SequenceNumber);
        statistics.delivered += records.length;
      },
      giveUp: (records, attempts) => {
        statistics.givenUp += records.length;
        store.deadLetter(
          mapping.onFailure ?? mapping.functionName,
          failureRecord(mapping, shard, records, attempts, clock.now()),
        );
      },
      beforeRetry: async (attempt) => {
        await pause(Math.min(longestRetryMs, 50 * 2 ** Math.min(attempt, 10)));
        return !stopped.signal.aborted;
      },
    });

  const handle = async (shard: string, records: readonly StreamRecord[]): Promise<void> => {
    statistics.records += records.length;
    for (const batch of chunks(records.filter(matches), mapping.batchSize)) if (!(await deliver(shard, batch))) return;
    const last = records.at(-1);
    if (last !== undefined) checkpoints.reached(shard, last.dynamodb.SequenceNumber);
  };

  const readShard = async (shard: string): Promise<number> => {
    const { records, ended } = await read(shard, checkpoints.of(shard));
    if (records.length > 0) {
      const end = activity.begin();
      await handle(shard, records).finally(end);
    }
    if (ended && !stopped.signal.aborted) checkpoints.finished(shard);
    return records.length;
  };

  let shards: readonly { ShardId: string; ParentShardId?: string | undefined }[] = [];
  /** Parents before children, so that a key's records stay in order when a shard is followed by others. */
  const openShards = async (): Promise<readonly string[]> => {
    const unfinished = () => shards.filter(({ ShardId }) => checkpoints.of(ShardId)?.finished !== true);
    if (unfinished().length === 0) shards = await listShards(client, table.LatestStreamArn);
    const open = unfinished();
    const ids = new Set(open.map(({ ShardId }) => ShardId));
    return open
      .filter(({ ParentShardId }) => ParentShardId === undefined || !ids.has(ParentShardId))
      .map(({ ShardId }) => ShardId);
  };

  let rounds = 0;
  const round = async (): Promise<number> => {
    let count = 0;
    for (const shard of await openShards()) if (!stopped.signal.aborted) count += await readShard(shard);
    return count;
  };

  const run = async (): Promise<void> => {
    let wait = shortestPollMs;
    while (!stopped.signal.aborted) {
      const count = await round().catch((error: unknown) => {
        if (!stopped.signal.aborted)
          store.note(`stream ${mapping.id}: ${error instanceof Error ? error.message : String(error)}`);
        return 0;
      });
      rounds += 1;
      // With a batching window the stream is looked at once per window; whoever asks whether all is quiet has it looked at at once.
      if (mapping.windowMs > 0) wait = mapping.windowMs;
      else wait = count > 0 ? 0 : Math.min(longestPollMs, Math.max(shortestPollMs, wait * 1.25));
      if (wait > 0) await pause(wait);
    }
  };

  /** Answers when a whole look at the stream, begun after the question, has found nothing more. */
  activity.ask(async () => {
    const target = rounds + 2;
    while (rounds < target && !stopped.signal.aborted) {
      wake();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });

  const running = run();
  return {
    statistics: () => ({ ...statistics }),
    stop: async () => {
      stopped.abort();
      wake();
      await running;
    },
  };
};
