import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RosterTables } from './roster-tables.ts';
import type { ServiceFunction } from './service-function.ts';
import { watchStream } from './watched-stream.ts';

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
    const failed = watchStream(this, {
      service: relay,
      grant: (reader) => tables.grantStream(reader),
      streamArn: tables.streamArn(),
      prefix: outboxPrefix,
      batchSize: 25,
      impacts: {
        failed:
          'A submitted application or a finished task was not passed on, and its review stands still until someone passes it on.',
        delayed:
          'Applications are accepted but their reviews start late: families wait while their statutory deadlines already run.',
      },
      alarmTopic,
    });
    new CfnOutput(this, 'FailedUrl', { value: failed.queueUrl, description: 'Queue of what the stream gave up' });
  }
}
