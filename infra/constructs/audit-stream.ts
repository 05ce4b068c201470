import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Alarm } from './alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { RosterTables } from './roster-tables.ts';
import type { ServiceFunction } from './service-function.ts';

/** Partition keys of audit entries begin with their division, and so with Shanxi's code (tests/infra holds the two together). */
const entryPrefix = '14';

/** So long entries are gathered before a block is made of them: more in a block means fewer blocks to write and to read. */
const window = Duration.seconds(10);

export type AuditStreamProps = {
  readonly tables: RosterTables;
  readonly chainAudit: ServiceFunction;
  readonly alarmTopic: ITopic;
};

/** New entries of the Audit table, handed to the chain some seconds after they were written. What fails goes to a queue with an alarm. */
export class AuditStream extends Construct {
  constructor(scope: Construct, id: string, { tables, chainAudit, alarmTopic }: AuditStreamProps) {
    super(scope, id);
    const failed = new DeadLetterQueue(this, 'Failed');
    chainAudit.isCalledSynchronously('the event-source mapping, which has its own dead-letter queue');
    tables.grantAuditStream(chainAudit);
    chainAudit.allow(['sqs:SendMessage'], [failed.queue.queueArn]);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: chainAudit.lambda,
      eventSourceArn: tables.auditStreamArn(),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      maxBatchingWindow: window,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      onFailure: new SqsDlq(failed.queue),
      filters: [
        {
          pattern: JSON.stringify({
            eventName: ['INSERT'],
            dynamodb: { Keys: { pk: { S: [{ prefix: entryPrefix }] } } },
          }),
        },
      ],
    });
    // The mapping tries the stream when it is made: the role must already be allowed to read it.
    mapping.node.addDependency(chainAudit.role);
    new Alarm(this, 'FailedMessages', {
      impact:
        'Part of the record of what officers did was not sealed when it happened; until the sweep has sealed it, a change could go unseen.',
      metric: failed.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      topic: alarmTopic,
    });
  }
}
