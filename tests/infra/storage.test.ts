import { beforeAll, expect, test } from 'vitest';
import { rosterIndexes } from '../../contracts/environment.ts';
import { type Resource, resourcesOf, type Synthesized, synthesize } from './synthesize.ts';

let platform: Synthesized;
let tables: ReadonlyMap<string, Resource>;

const table = (name: string): Resource | undefined => [...tables].find(([id]) => id.includes(name))?.[1];

beforeAll(() => {
  platform = synthesize();
  tables = resourcesOf(platform.stateful, 'AWS::DynamoDB::Table');
});

test.each(['Roster', 'Audit'])(
  '%s can be restored to any second, and is neither deleted by mistake nor with the stack',
  (name) => {
    expect(table(name)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      },
    });
  },
);

test('the Roster streams whole items, forgets what has expired, and has the indexes of contracts/environment.ts', () => {
  const indexes = Object.values(rosterIndexes).map(({ name, partitionKey, sortKey }) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  }));
  expect(table('Roster')?.Properties).toMatchObject({
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    GlobalSecondaryIndexes: indexes,
  });
});

test('the Audit table streams new items, and forgets nothing', () => {
  expect(table('Audit')?.Properties['StreamSpecification']).toEqual({ StreamViewType: 'NEW_IMAGE' });
  expect(table('Audit')?.Properties['TimeToLiveSpecification']).toBeUndefined();
});

test('the identity secret is generated where it is kept, and outlives the stack', () => {
  const [secret] = [...resourcesOf(platform.stateful, 'AWS::SecretsManager::Secret').values()];
  expect(secret).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
  });
});

test('the bucket of departments’ files is closed to the public, sealed, reached over TLS only, and forgets; it outlives the stack', () => {
  const [[id, bucket] = [], ...others] = [...resourcesOf(platform.stateful, 'AWS::S3::Bucket')];
  expect(others).toEqual([]);
  expect(bucket).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Status: 'Enabled' },
          { Prefix: 'alike/', ExpirationInDays: 3, Status: 'Enabled' },
        ],
      },
    },
  });
  // Named by the deployment: a name of our own would be taken, or tell the account.
  expect(bucket?.Properties['BucketName']).toBeUndefined();
  const [policy] = [...resourcesOf(platform.stateful, 'AWS::S3::BucketPolicy').values()];
  expect(policy?.Properties).toMatchObject({ Bucket: { Ref: id } });
  expect(JSON.stringify(policy?.Properties)).toContain('{"aws:SecureTransport":"false"}');
});

test('what runs holds nothing that must be kept', () => {
  expect(resourcesOf(platform.stateless, 'AWS::DynamoDB::Table').size).toBe(0);
  expect(resourcesOf(platform.stateless, 'AWS::SecretsManager::Secret').size).toBe(0);
  expect(resourcesOf(platform.stateless, 'AWS::S3::Bucket').size).toBe(0);
});

test('the key that wraps the data keys turns each year and outlives the stack', () => {
  const [key, ...others] = [...resourcesOf(platform.stateful, 'AWS::KMS::Key').values()];
  expect(others).toEqual([]);
  expect(key).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
  });
});
