import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../adapters/aws-clients.ts';
import { dynamodbAuditChain } from '../adapters/dynamodb/audit-chain.ts';
import { dynamodbDailyScanStore } from '../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { dynamodbFeedRunStore } from '../adapters/dynamodb/dynamodb-feed-run-store.ts';
import { dynamodbKeyStore } from '../adapters/dynamodb/dynamodb-key-store.ts';
import { dynamodbPeopleIndexStore } from '../adapters/dynamodb/dynamodb-people-index-store.ts';
import { dynamodbPolicyRunStore } from '../adapters/dynamodb/dynamodb-policy-run-store.ts';
import { dynamodbRosterStore } from '../adapters/dynamodb/dynamodb-roster-store.ts';
import { documentClient } from '../adapters/dynamodb/tables.ts';
import { openApiDocument } from '../adapters/http/openapi.ts';
import type { Operation } from '../adapters/http/operation.ts';
import { s3Objects } from '../adapters/objects/s3-objects.ts';
import { digest, newId, now } from '../adapters/runtime.ts';
import { httpWebhooks } from '../adapters/webhooks/webhooks.ts';
import { createPolicies } from '../domain/policy-versions/policies.ts';
import { knownDivision } from '../policies/divisions/divisions.ts';
import { shanxiPack } from '../policies/shanxi/pack.ts';
import { chinaCalendar } from '../policies/working-days/china.ts';
import { alertOperations } from './alerts/operations.ts';
import { applicationOperations } from './applications/operations.ts';
import { assistanceChainOperations } from './assistance-chain/operations.ts';
import { auditOperations } from './audit/operations.ts';
import { breakGlassOperations } from './break-glass/operations.ts';
import { dailyScanOperations } from './daily-scans/operations.ts';
import { emergencyAidOperations } from './emergency-aid/operations.ts';
import { feedOperations } from './feeds/operations.ts';
import { grievanceOperations } from './grievances/operations.ts';
import { householdOperations } from './households/operations.ts';
import { insightOperations } from './insights/operations.ts';
import { keyOperations } from './keys/operations.ts';
import { lookupOperations } from './lookups/operations.ts';
import { noticeOperations } from './notices/operations.ts';
import { paymentRunOperations } from './payment-runs/operations.ts';
import { policyOperations } from './policies/operations.ts';
import { referralOperations } from './referrals/operations.ts';
import { reportOperations } from './reports/operations.ts';
import { reviewOperations } from './reviews/operations.ts';
import { subscriptionOperations } from './subscriptions/operations.ts';
import { taskOperations } from './tasks/operations.ts';

const noKeys = () => Promise.reject(new Error('the API document opens no envelope'));
const dataKeys = { newest: noKeys, generation: noKeys, all: noKeys, make: noKeys, newestNow: noKeys };
const tables = { client: documentClient(), roster: 'none', audit: 'none' };
const store = dynamodbRosterStore(tables, { dataKeys, keyring: noKeys });
const dependencies = {
  webhooks: httpWebhooks({ testHost: null }),
  store,
  runs: dynamodbPolicyRunStore(tables, dataKeys),
  scans: dynamodbDailyScanStore(tables, { dataKeys, keyring: noKeys }),
  feedRuns: dynamodbFeedRunStore(tables),
  peopleIndex: dynamodbPeopleIndexStore(tables),
  objects: s3Objects(new S3Client(clientSettings), 'unused'),
  keys: dynamodbKeyStore(tables, dataKeys),
  retentionDays: 0,
  chains: dynamodbAuditChain(tables),
  divisions: [],
  counties: [],
  mostCounted: 0,
  policies: createPolicies({ store, builtIn: shanxiPack, isKnownDivision: knownDivision, now }),
  builtIn: shanxiPack,
  isKnownDivision: knownDivision,
  calendar: chinaCalendar,
  now,
  newId,
  digest,
};

/** Every operation of the API, in the order of the document. */
export const allOperations = (): readonly Operation[] =>
  [
    applicationOperations,
    taskOperations,
    reviewOperations,
    noticeOperations,
    policyOperations,
    householdOperations,
    lookupOperations,
    assistanceChainOperations,
    breakGlassOperations,
    emergencyAidOperations,
    grievanceOperations,
    reportOperations,
    referralOperations,
    subscriptionOperations,
    paymentRunOperations,
    feedOperations,
    insightOperations,
    alertOperations,
    dailyScanOperations,
    keyOperations,
    auditOperations,
  ].flatMap((of) => of(dependencies));

/** The API document, made from the operations themselves: `npm run openapi` writes it, and a test holds the written one true. */
export const apiDocument = (): string => {
  return `${JSON.stringify(openApiDocument(allOperations(), { version: '1.0.0' }), null, 2)}\n`;
};
