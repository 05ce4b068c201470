import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { objectPrefixes } from '../../contracts/environment.ts';
import type { ServiceFunction } from './service-function.ts';

/** Days after which what departments uploaded, and what was refused of it, is removed: by then it is in the roster or was corrected. */
const keptDays = 30;
const unfinishedDays = 7;
/** Days after which the marks of a night's scan are removed: as long as a failed night can sensibly be gone on with. */
const alikeDays = 3;

type Prefix = keyof typeof objectPrefixes;

/**
 * The files of departments on their way into the roster, and the lists of rows that were refused. They say who is ill, dead or in work:
 * the bucket answers over TLS only, is open to nobody but the functions, lies under the platform's key, and forgets.
 */
export class FeedBucket extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, encryptionKey: IKey) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { expiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(unfinishedDays) },
        { prefix: objectPrefixes.alike, expiration: Duration.days(alikeDays) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Every upload and every download begins with a command of the API, which is in the audit trail with its caller; ' +
        'the addresses are signed for minutes and for one object.',
    });
  }

  /** Name of the bucket, for a function's environment. */
  get environment() {
    return { FEEDS_BUCKET: this.bucket.bucketName } as const;
  }

  /** Lets a function read the objects of one kind. */
  grantRead(reader: ServiceFunction, prefix: Prefix): void {
    this.grant(reader, ['s3:GetObject'], prefix);
    // Without it S3 answers that it is forbidden where an object is not there. Names of objects hold ids only.
    reader.allow(['s3:ListBucket'], [this.arn()]);
  }

  /** Lets a function write objects of one kind, whole or in parts, and see which parts are there. */
  grantWrite(writer: ServiceFunction, prefix: Prefix): void {
    this.grant(writer, ['s3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'], prefix);
  }

  /** As the value that the stack exports, by which findings in another stack name it too. */
  private arn(): string {
    return Stack.of(this).exportValue(this.bucket.bucketArn);
  }

  private grant(service: ServiceFunction, actions: readonly string[], prefix: Prefix): void {
    const objects = `${this.arn()}/${objectPrefixes[prefix]}*`;
    service.allow(actions, [objects]);
    service.acknowledgePattern(
      objects,
      'Objects get their names when they come; the pattern covers one kind of object in one bucket.',
    );
  }
}
