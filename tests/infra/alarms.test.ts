import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Alarm } from '../../infra/constructs/alarm.ts';
import { allFunctions, functionIds, type Resource, resourcesOf, type Synthesized, synthesize } from './synthesize.ts';

let platform: Synthesized;
let alarms: readonly Resource[];

beforeAll(() => {
  platform = synthesize();
  alarms = [...resourcesOf(platform.stateless, 'AWS::CloudWatch::Alarm').values()];
});

const watches = (namespace: string, metric: string): readonly Resource[] =>
  alarms.filter(({ Properties }) => Properties['Namespace'] === namespace && Properties['MetricName'] === metric);

describe('the alarms', () => {
  test('all say in one sentence what people would suffer, and are sent to somebody', () => {
    for (const { Properties } of alarms) {
      expect(Properties['AlarmDescription']).toMatch(/^[A-Z][^.]{30,}\.$/u);
      expect(z.array(z.unknown()).parse(Properties['AlarmActions'])).toHaveLength(1);
    }
  });

  test.each(allFunctions)('watch the errors of %s', (name) => {
    const id = functionIds(platform.stateless).get(name);
    const dimensions = [{ Name: 'FunctionName', Value: { Ref: id } }];
    const found = watches('AWS/Lambda', 'Errors').filter(({ Properties }) => {
      return JSON.stringify(Properties['Dimensions']) === JSON.stringify(dimensions);
    });
    expect(found).toHaveLength(1);
  });

  test('watch reviews and policy runs that fail or time out, server errors of the API, and every queue of what was set aside', () => {
    expect(watches('AWS/States', 'ExecutionsFailed')).toHaveLength(6);
    expect(watches('AWS/States', 'ExecutionsTimedOut')).toHaveLength(6);
    expect(watches('AWS/ApiGateway', '5xx')).toHaveLength(1);
    const queues = resourcesOf(platform.stateless, 'AWS::SQS::Queue').size;
    expect(watches('AWS/SQS', 'ApproximateNumberOfMessagesVisible')).toHaveLength(queues);
  });

  const Filled = z.tuple([
    z.looseObject({ Expression: z.string() }),
    z.looseObject({
      MetricStat: z.looseObject({
        Metric: z.looseObject({ MetricName: z.string() }),
        Period: z.int(),
        Stat: z.string(),
      }),
      ReturnData: z.literal(false),
    }),
  ]);

  test('sound when the sweep or the daily scan does not run at all: silence counts as no run, hour by hour', () => {
    const below = alarms.filter(({ Properties }) => Properties['ComparisonOperator'] === 'LessThanThreshold');
    expect(below).toHaveLength(2);
    for (const { Properties } of below) {
      // A bare metric of runs has no point where nothing runs, and then older points are looked at in its place.
      const [filled, runs] = Filled.parse(Properties['Metrics']);
      expect(filled.Expression).toMatch(/^FILL\(\w+, 0\)$/u);
      expect(runs.MetricStat).toMatchObject({ Metric: { MetricName: 'Invocations' }, Stat: 'Sum' });
      expect(Properties).toMatchObject({ TreatMissingData: 'breaching', Threshold: 1 });
      // Of all the hours looked at none has a run.
      expect(Properties['DatapointsToAlarm']).toBe(Properties['EvaluationPeriods']);
    }
  });

  test('look at no longer a time than CloudWatch does: a day, or seven where a period is an hour or more', () => {
    const Looking = z.object({ Period: z.int().optional(), EvaluationPeriods: z.int(), Metrics: Filled.optional() });
    for (const { Properties } of alarms) {
      const { Period, EvaluationPeriods, Metrics } = Looking.parse(Properties);
      const period = Period ?? Metrics?.[1].MetricStat.Period ?? 0;
      expect(period).toBeGreaterThan(0);
      expect(period * EvaluationPeriods).toBeLessThanOrEqual(period < 3_600 ? 86_400 : 604_800);
    }
  });

  test.each(['', 'errors', 'It failed', 'something went wrong with one of the functions of the platform.'])(
    'cannot be made with "%s" for an impact',
    (impact) => {
      const stack = new Stack();
      const topic = new Topic(stack, 'Topic');
      const metric = new Metric({ namespace: 'Test', metricName: 'Test' });
      expect(() => new Alarm(stack, 'Alarm', { impact, metric, threshold: 1, topic })).toThrow(/one whole sentence/u);
    },
  );

  test('are mailed to the address of the configuration, if there is one', () => {
    expect(resourcesOf(platform.stateless, 'AWS::SNS::Subscription').size).toBe(0);
    const mailed = synthesize({ alarmEmail: 'on-call@example.test' });
    const [subscription] = [...resourcesOf(mailed.stateless, 'AWS::SNS::Subscription').values()];
    expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'on-call@example.test' });
  });
});
