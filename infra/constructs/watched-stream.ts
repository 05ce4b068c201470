import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarm } from './alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

export type WatchedStreamProps = {
  readonly service: ServiceFunction;
  /** Lets the function read the stream. */
  readonly grant: (reader: ServiceFunction) => void;
  readonly streamArn: string;
  /** Only new items whose partition keys begin so. */
  readonly prefix: string;
  readonly batchSize: number;
  /** So long items are gathered; none where each is to be handed on at once. */
  readonly window?: Duration;
  /** What people suffer from what was given up, and from delay where that matters: the texts of the alarms. */
  readonly impacts: { readonly failed: string; readonly delayed?: string };
  readonly alarmTopic: ITopic;
};

/**
 * Hands the new items of a table's stream to a function, as children of `scope`. What fails five times goes to the queue that is
 * returned; it has an alarm, and so has delay where it matters.
 */
export const watchStream = (scope: Construct, props: WatchedStreamProps): Queue => {
  const { service, grant, streamArn, prefix, batchSize, window, impacts, alarmTopic } = props;
  const { queue } = new DeadLetterQueue(scope, 'Failed');
  service.isCalledSynchronously('the event-source mapping, which has its own dead-letter queue');
  grant(service);
  service.allow(['sqs:SendMessage'], [queue.queueArn]);
  const mapping = new EventSourceMapping(scope, 'Mapping', {
    target: service.lambda,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    ...(window === undefined ? {} : { maxBatchingWindow: window }),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    onFailure: new SqsDlq(queue),
    filters: [
      {
        pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix }] } } } }),
      },
    ],
  });
  // The mapping tries the stream when it is made: the role must already be allowed to read it.
  mapping.node.addDependency(service.role);
  new Alarm(scope, 'FailedMessages', {
    impact: impacts.failed,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
    threshold: 1,
    topic: alarmTopic,
  });
  if (impacts.delayed === undefined) return queue;
  new Alarm(scope, 'Delay', {
    impact: impacts.delayed,
    metric: service.lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
    threshold: Duration.minutes(10).toMilliseconds(),
    topic: alarmTopic,
  });
  return queue;
};
