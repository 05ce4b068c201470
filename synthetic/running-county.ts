import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { kmsDataKeys } from '../adapters/crypto/data-keys.ts';
import { secretKeyring } from '../adapters/crypto/keyring.ts';
import { dynamodbGenerations } from '../adapters/dynamodb/generations.ts';
import { documentClient } from '../adapters/dynamodb/tables.ts';
import { readEnvironment } from '../contracts/environment.ts';
import { dateInChina, Instant } from '../domain/dates.ts';
import type { Platform } from '../local/platform.ts';
import { type Seeded, seedCounty } from './seed-county.ts';
import type { StartOptions } from './start-options.ts';

const Clock = z.object({ now: Instant });

/** The platform's own time, which may have been moved. */
export const clockOf = async ({ controlUrl }: Pick<Platform, 'controlUrl'>): Promise<Instant> =>
  Clock.parse(await (await fetch(`${controlUrl}/clock`)).json()).now;

/**
 * Seeds the county into a platform that runs on this machine: into the table and under the secret that its functions are given, as
 * of the platform's own day.
 */
export const seedRunning = async (
  platform: Platform,
  { seed, households: count, county }: Pick<StartOptions, 'seed' | 'households' | 'county'>,
  progress: (households: number) => void,
): Promise<Seeded> => {
  const environment = Object.fromEntries(
    platform.model.functions.flatMap(({ environment: variables }) => Object.entries(variables)),
  );
  const { ROSTER_TABLE, IDENTITY_SECRET_ARN, DATA_KEY_ARN } = readEnvironment(environment, [
    'ROSTER_TABLE',
    'IDENTITY_SECRET_ARN',
    'DATA_KEY_ARN',
  ]);
  const access = {
    region: platform.model.surroundings.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const secrets = new SecretsManagerClient({ ...access, endpoint: platform.awsUrl });
  const kms = new KMSClient({ ...access, endpoint: platform.awsUrl });
  const client = documentClient(new DynamoDBClient({ ...access, endpoint: platform.dynamodbUrl }));
  try {
    // The instance's clock may be far from the machine's: what is seeded is as old as the instance says.
    const at = await clockOf(platform);
    const generations = dynamodbGenerations({ client, roster: ROSTER_TABLE });
    const vault = {
      dataKeys: kmsDataKeys(kms, DATA_KEY_ARN, generations, () => at),
      keyring: secretKeyring(secrets, IDENTITY_SECRET_ARN),
    };
    const target = { client, rosterTable: ROSTER_TABLE, vault };
    return await seedCounty(target, { seed, count, county, date: dateInChina(at) }, progress);
  } finally {
    secrets.destroy();
    kms.destroy();
    client.destroy();
  }
};
