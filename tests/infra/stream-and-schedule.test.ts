import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { auditPartition, chainPartition, outboxShardKey, outboxShards, rateKey } from '../../adapters/dynamodb/keys.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import { functionIds, referenced, resourcesOf, type Synthesized, something, synthesize } from './synthesize.ts';

let platform: Synthesized;

beforeAll(() => {
  platform = synthesize();
});

/** The schedule of a function, of which there is one. */
const scheduleOf = (name: string): Record<string, unknown> => {
  const target = { 'Fn::GetAtt': [functionIds(platform.stateless).get(name), 'Arn'] };
  const found = [...resourcesOf(platform.stateless, 'AWS::Scheduler::Schedule').values()].filter(({ Properties }) =>
    JSON.stringify(Properties['Target']).includes(JSON.stringify(target)),
  );
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};

const mappingOf = (name: string): Record<string, unknown> => {
  const target = functionIds(platform.stateless).get(name);
  const found = [...resourcesOf(platform.stateless, 'AWS::Lambda::EventSourceMapping').values()].filter(
    ({ Properties }) => referenced(Properties['FunctionName']) === target,
  );
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};

const Pattern = z.strictObject({
  eventName: z.tuple([z.literal('INSERT')]),
  dynamodb: z.strictObject({
    Keys: z.strictObject({ pk: z.strictObject({ S: z.tuple([z.strictObject({ prefix: z.string() })]) }) }),
  }),
});

test('the relay is handed the stream from its beginning in small batches, tried five times, then set aside', () => {
  const mapping = mappingOf('relay');
  expect(mapping).toMatchObject({
    FunctionName: { Ref: functionIds(platform.stateless).get('relay') },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 25,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 5,
    DestinationConfig: { OnFailure: { Destination: something } },
  });
});

test('the relay is handed new outbox items, and the prefix is that of their keys', () => {
  const Criteria = z.looseObject({ Filters: z.tuple([z.strictObject({ Pattern: z.string() })]) });
  const { Filters } = Criteria.parse(mappingOf('relay')['FilterCriteria']);
  const { prefix } = Pattern.parse(JSON.parse(Filters[0].Pattern)).dynamodb.Keys.pk.S[0];
  for (const shard of outboxShards) expect(outboxShardKey(shard).startsWith(prefix)).toBe(true);
  // Counters of requests are written at every request and wake nobody.
  expect(rateKey('mark', 0).pk.startsWith(prefix)).toBe(false);
});

test('the chain is handed new audit entries, gathered for ten seconds, from the beginning of the stream, and nothing of its own', () => {
  const mapping = mappingOf('chain-audit');
  expect(mapping).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 500,
    MaximumBatchingWindowInSeconds: 10,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 5,
    DestinationConfig: { OnFailure: { Destination: something } },
  });
  const Criteria = z.looseObject({ Filters: z.tuple([z.strictObject({ Pattern: z.string() })]) });
  const { Filters } = Criteria.parse(mapping['FilterCriteria']);
  const { prefix } = Pattern.parse(JSON.parse(Filters[0].Pattern)).dynamodb.Keys.pk.S[0];
  const chain = { division: DivisionCode.parse('14'), day: UtcDay.parse('2026-03-02') };
  expect(auditPartition(chain.division).startsWith(prefix)).toBe(true);
  expect(chainPartition(chain).startsWith(prefix)).toBe(false);
});

test('the sweep runs every 15 minutes, tried again twice within an hour, then set aside', () => {
  expect(scheduleOf('sweep')).toMatchObject({
    ScheduleExpression: 'rate(15 minutes)',
    Target: {
      Arn: { 'Fn::GetAtt': [functionIds(platform.stateless).get('sweep'), 'Arn'] },
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: something },
    },
  });
});

test('the scan for who fell between is begun once a day, at half past two in China, tried again twice within an hour, then set aside', () => {
  expect(scheduleOf('begin-daily-scan')).toMatchObject({
    ScheduleExpression: 'cron(30 2 * * ? *)',
    ScheduleExpressionTimezone: 'Asia/Shanghai',
    Target: {
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: something },
    },
  });
});

test('a scan that is missing sounds an alarm two hours after it was due, and an hour without a sweep another', () => {
  const Missing = z.looseObject({
    EvaluationPeriods: z.int(),
    Metrics: z.tuple([z.unknown(), z.looseObject({ MetricStat: z.looseObject({ Period: z.int() }) })]),
  });
  const alarms = [...resourcesOf(platform.stateless, 'AWS::CloudWatch::Alarm').entries()];
  const hoursOf = (id: string): readonly number[] => {
    const { EvaluationPeriods, Metrics } = Missing.parse(alarms.find(([each]) => each.startsWith(id))?.[1].Properties);
    return [EvaluationPeriods, Metrics[1].MetricStat.Period / 3_600];
  };
  // One period of a day would sound each night between the minute of the run and the moment its count is there.
  expect(hoursOf('DailyScanScheduleMissing')).toEqual([26, 1]);
  expect(hoursOf('SweepScheduleMissing')).toEqual([1, 1]);
});

test('every queue is encrypted, keeps 14 days, and refuses whoever comes without TLS', () => {
  const queues = resourcesOf(platform.stateless, 'AWS::SQS::Queue');
  expect(queues.size).toBeGreaterThan(0);
  const policies = [...resourcesOf(platform.stateless, 'AWS::SQS::QueuePolicy').values()].map(
    ({ Properties }) => Properties,
  );
  for (const [id, { Properties }] of queues) {
    expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    const policy = policies.find(({ Queues }) =>
      z
        .array(z.unknown())
        .parse(Queues)
        .some((queue) => referenced(queue) === id),
    );
    expect(JSON.stringify(policy)).toContain('"Bool":{"aws:SecureTransport":"false"}');
  }
});
