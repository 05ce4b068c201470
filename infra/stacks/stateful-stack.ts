import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DataKey } from '../constructs/data-key.ts';
import { FeedBucket } from '../constructs/feed-bucket.ts';
import { IdentitySecret } from '../constructs/identity-secret.ts';
import { RosterTables } from '../constructs/roster-tables.ts';

/** What must outlive every deployment: the roster, its audit, and the keys that open and find what is in it. */
export class StatefulStack extends Stack {
  readonly tables: RosterTables;
  readonly identitySecret: IdentitySecret;
  readonly dataKey: DataKey;
  readonly feeds: FeedBucket;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, {
      ...props,
      description: 'Hearth: the roster, its audit trail, the files on their way into it, and their keys',
      terminationProtection: true,
    });
    this.tables = new RosterTables(this, 'Tables');
    this.identitySecret = new IdentitySecret(this, 'IdentitySecret');
    this.dataKey = new DataKey(this, 'DataKey');
    this.feeds = new FeedBucket(this, 'Feeds', this.dataKey.key);
  }
}
