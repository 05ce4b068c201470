import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { IdentitySecret } from '../constructs/identity-secret.ts';
import { RosterTables } from '../constructs/roster-tables.ts';

/** What must outlive every deployment: the roster, its audit, and the secret from which the identity keys are derived. */
export class StatefulStack extends Stack {
  readonly tables: RosterTables;
  readonly identitySecret: IdentitySecret;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, {
      ...props,
      description: 'Hearth: the roster, its audit trail and the identity secret',
      terminationProtection: true,
    });
    this.tables = new RosterTables(this, 'Tables');
    this.identitySecret = new IdentitySecret(this, 'IdentitySecret');
  }
}
