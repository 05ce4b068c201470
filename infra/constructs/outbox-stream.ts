import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Alarm } from './alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { RosterTables } from './roster-tables.ts';
import type { ServiceFunction } from './service-function.ts';

/** Partition keys of outbox items begin so (adapters/dynamodb/keys.ts; tests/infra holds the two together). */
const outboxPrefix = 'OUTBOX#';

export type OutboxStreamProps = {
  readonly tables: RosterTables;
  readonly relay: ServiceFunction;
  readonly alarmTopic: ITopic;
};

/** New outbox items of the Roster, handed to the relay as they are written. What fails five times goes to a queue with an alarm. */
export class OutboxStream extends Construct {
  constructor(scope: Construct, id: string, { tables, relay, alarmTopic }: OutboxStreamProps) {
    super(scope, id);
    const failed = new DeadLetterQueue(this, 'Failed');
    relay.isCalledSynchronously('the event-source mapping, which has its own dead-letter queue');
    tables.grantStream(relay);
    relay.allow(['sqs:SendMessage'], [failed.queue.queueArn]);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: relay.lambda,
      eventSourceArn: tables.streamArn(),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      onFailure: new SqsDlq(failed.queue),
      filters: [
        {
          pattern: JSON.stringify({
            eventName: ['INSERT'],
            dynamodb: { Keys: { pk: { S: [{ prefix: outboxPrefix }] } } },
          }),
        },
      ],
    });
    new CfnOutput(this, 'FailedUrl', { value: failed.queue.queueUrl, description: 'Queue of what the stream gave up' });
    // The mapping tries the stream when it is made: the role must already be allowed to read it.
    mapping.node.addDependency(relay.role);
    new Alarm(this, 'FailedMessages', {
      impact:
        'A submitted application or a finished task was not passed on, and its review stands still until someone passes it on.',
      metric: failed.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      topic: alarmTopic,
    });
    new Alarm(this, 'Delay', {
      impact:
        'Applications are accepted but their reviews start late: families wait while their statutory deadlines already run.',
      metric: relay.lambda.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.minutes(10).toMilliseconds(),
      topic: alarmTopic,
    });
  }
}
