import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** The secret from which the key that looks resident IDs up and the key of cursors are derived (HKDF). It seals nothing. */
export class IdentitySecret extends Construct {
  /** ARN of the secret. */
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', {
      description:
        'Hearth: the look-up key of resident IDs is derived from this value. Losing it makes everybody unknown by their ID.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The look-up of resident IDs is an index under a key derived from this value. Under another key nobody in it would be ' +
        'found; replacing it is a migration that takes every ID in plain text. What is sealed lies under data keys, which rotate.',
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
