import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/**
 * The key that wraps the data keys under which everything about people is sealed. KMS turns its material every year and goes on
 * opening what older material wrapped; new data keys are made with `npx hearth keys rotate`.
 */
export class DataKey extends Construct {
  /** ARN of the key. */
  readonly arn: string;
  /** The key, for what AWS seals by itself, such as a bucket. */
  readonly key: IKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Hearth: wraps the data keys of the roster. Without it nothing about people can be read again.',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.arn = this.key.keyArn;
  }

  /** ARN of the key, for a function's environment. */
  get environment() {
    return { DATA_KEY_ARN: this.arn } as const;
  }

  /** Lets a function have data keys made and unwrapped, and nothing else done with the key. */
  grantUse(user: ServiceFunction): void {
    user.allow(['kms:GenerateDataKey', 'kms:Decrypt'], [this.arn]);
  }
}
