import { createHash, randomUUID } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readEnvironment } from '../contracts/environment.ts';
import { RateLimitSettings, rateLimitsWith } from '../domain/access/rate-limits.ts';
import { Instant, type Now } from '../domain/dates.ts';
import type { Digest } from '../domain/dependencies.ts';
import type { FeedRunStore } from '../domain/feeds/feed-run.ts';
import type { PeopleIndexStore } from '../domain/feeds/people-index.ts';
import type { NewId } from '../domain/ids.ts';
import type { DailyScanStore } from '../domain/missed-needs/scan-store.ts';
import type { PolicyRunStore } from '../domain/policy-versions/run-store.ts';
import type { KeyStore } from '../domain/store/key-store.ts';
import type { RosterStore } from '../domain/store/roster-store.ts';
import { clientSettings } from './aws-clients.ts';
import { kmsDataKeys } from './crypto/data-keys.ts';
import { type Keyring, secretKeyring } from './crypto/keyring.ts';
import { dynamodbDailyScanStore } from './dynamodb/dynamodb-daily-scan-store.ts';
import { dynamodbFeedRunStore } from './dynamodb/dynamodb-feed-run-store.ts';
import { dynamodbKeyStore } from './dynamodb/dynamodb-key-store.ts';
import { dynamodbPeopleIndexStore } from './dynamodb/dynamodb-people-index-store.ts';
import { dynamodbPolicyRunStore } from './dynamodb/dynamodb-policy-run-store.ts';
import { dynamodbRosterStore } from './dynamodb/dynamodb-roster-store.ts';
import { dynamodbGenerations } from './dynamodb/generations.ts';
import { dynamodbRateCounter } from './dynamodb/rate-counter.ts';
import { documentClient } from './dynamodb/tables.ts';
import { createRateLimiter, type RateLimiter } from './http/rate-limit.ts';

/** The real clock, ids and hash. */
export const now: Now = () => Instant.parse(new Date().toISOString());
export const newId: NewId = () => randomUUID().replaceAll('-', '');
export const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** What every function is made of when it runs: the store on the tables named in its environment, clock, ids, hash. */
export interface Runtime {
  store: RosterStore;
  runs: PolicyRunStore;
  scans: DailyScanStore;
  feedRuns: FeedRunStore;
  peopleIndex: PeopleIndexStore;
  keys: KeyStore;
  keyring: () => Promise<Keyring>;
  /** Limits the requests of each caller of the API. */
  limiter: RateLimiter;
  now: Now;
  newId: NewId;
  digest: Digest;
}

/** Made once per process, when the function starts; throws at once when its environment is not complete. */
export const createRuntime = (variables: Readonly<Record<string, string | undefined>>): Runtime => {
  const environment = readEnvironment(variables, [
    'ROSTER_TABLE',
    'AUDIT_TABLE',
    'IDENTITY_SECRET_ARN',
    'DATA_KEY_ARN',
    'RATE_LIMITS',
  ]);
  const keyring = secretKeyring(new SecretsManagerClient(clientSettings), environment.IDENTITY_SECRET_ARN);
  const tables = { client: documentClient(), roster: environment.ROSTER_TABLE, audit: environment.AUDIT_TABLE };
  const dataKeys = kmsDataKeys(
    new KMSClient(clientSettings),
    environment.DATA_KEY_ARN,
    dynamodbGenerations(tables),
    now,
  );
  return {
    store: dynamodbRosterStore(tables, { dataKeys, keyring }),
    runs: dynamodbPolicyRunStore(tables, dataKeys),
    scans: dynamodbDailyScanStore(tables, { dataKeys, keyring }),
    feedRuns: dynamodbFeedRunStore(tables),
    peopleIndex: dynamodbPeopleIndexStore(tables),
    keys: dynamodbKeyStore(tables, dataKeys),
    keyring,
    limiter: createRateLimiter({
      counter: dynamodbRateCounter(tables),
      limits: rateLimitsWith(RateLimitSettings.parse(JSON.parse(environment.RATE_LIMITS))),
      edgeKey: async () => (await keyring())('cursor'),
      now: () => Date.now(),
    }),
    now,
    newId,
    digest,
  };
};
