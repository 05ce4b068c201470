import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RosterTables } from './roster-tables.ts';
import type { ServiceFunction } from './service-function.ts';
import { watchStream } from './watched-stream.ts';

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
    watchStream(this, {
      service: chainAudit,
      grant: (reader) => tables.grantAuditStream(reader),
      streamArn: tables.auditStreamArn(),
      prefix: entryPrefix,
      batchSize: 500,
      window,
      impacts: {
        failed:
          'Part of the record of what officers did was not sealed when it happened; until the sweep has sealed it, a change could go unseen.',
      },
      alarmTopic,
    });
  }
}
