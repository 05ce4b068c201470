import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** The secret from which the key that encrypts identities and the key that looks them up are derived (HKDF). */
export class IdentitySecret extends Construct {
  /** ARN of the secret. */
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', {
      description:
        'Hearth: identity and look-up keys are derived from this value. Losing it makes identities unreadable.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Stored identities and look-up keys are derived from this value. Rotation on a schedule would make them unreadable; ' +
        'replacing it is a migration that writes every envelope anew.',
    });
    // On AWS `Ref` is the ARN too; the attribute `Id` is the ARN wherever the template runs.
    this.arn = secret.attrId;
  }

  /** ARN of the secret, for a function's environment. */
  get environment() {
    return { IDENTITY_SECRET_ARN: this.arn } as const;
  }

  /** Lets a function read the present value. */
  grantRead(reader: ServiceFunction): void {
    reader.allow(['secretsmanager:GetSecretValue'], [this.arn]);
  }
}
