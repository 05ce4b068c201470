import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { kmsDataKeys } from '../adapters/crypto/data-keys.ts';
import { secretKeyring } from '../adapters/crypto/keyring.ts';
import type { Vault } from '../adapters/crypto/vault.ts';
import { dynamodbGenerations } from '../adapters/dynamodb/generations.ts';
import { documentClient, type Tables } from '../adapters/dynamodb/tables.ts';
import { readEnvironment } from '../contracts/environment.ts';
import type { Instant } from '../domain/dates.ts';
import type { Platform } from '../local/platform.ts';

/** The tables of a platform that runs on this machine, and the keys its functions are given. */
export interface RunningTables {
  readonly tables: Tables;
  readonly vault: Vault;
  /** How its secrets and keys are reached, and which there are. */
  readonly access: ReturnType<typeof accessTo>;
  readonly arns: { readonly identitySecret: string; readonly dataKey: string };
  readonly close: () => void;
}

const accessTo = ({ model, awsUrl }: Platform) => ({
  region: model.surroundings.region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  endpoint: awsUrl,
});

/** Opens them from outside its functions; data keys are made as of `now`. */
export const openTables = (platform: Platform, now: () => Instant): RunningTables => {
  const environment = Object.fromEntries(
    platform.model.functions.flatMap(({ environment: variables }) => Object.entries(variables)),
  );
  const { ROSTER_TABLE, AUDIT_TABLE, IDENTITY_SECRET_ARN, DATA_KEY_ARN } = readEnvironment(environment, [
    'ROSTER_TABLE',
    'AUDIT_TABLE',
    'IDENTITY_SECRET_ARN',
    'DATA_KEY_ARN',
  ]);
  const access = accessTo(platform);
  const secrets = new SecretsManagerClient(access);
  const kms = new KMSClient(access);
  const client = documentClient(new DynamoDBClient({ ...access, endpoint: platform.dynamodbUrl }));
  const tables = { client, roster: ROSTER_TABLE, audit: AUDIT_TABLE };
  return {
    tables,
    access,
    arns: { identitySecret: IDENTITY_SECRET_ARN, dataKey: DATA_KEY_ARN },
    vault: {
      dataKeys: kmsDataKeys(kms, DATA_KEY_ARN, dynamodbGenerations(tables), now),
      keyring: secretKeyring(secrets, IDENTITY_SECRET_ARN),
    },
    close: () => {
      secrets.destroy();
      kms.destroy();
      client.destroy();
    },
  };
};
