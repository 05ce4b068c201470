import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { DataKey } from '../constructs/data-key.ts';
import { IdentitySecret } from '../constructs/identity-secret.ts';
import { RosterTables } from '../constructs/roster-tables.ts';

/** What must outlive every deployment: the roster, its audit, and the keys that open and find what is in it. */
export class StatefulStack extends Stack {
  readonly tables: RosterTables;
  readonly identitySecret: IdentitySecret;
  readonly dataKey: DataKey;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, {
      ...props,
      description: 'Hearth: the roster, its audit trail and their keys',
      terminationProtection: true,
    });
    this.tables = new RosterTables(this, 'Tables');
    this.identitySecret = new IdentitySecret(this, 'IdentitySecret');
    this.dataKey = new DataKey(this, 'DataKey');
  }
}
