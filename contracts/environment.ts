import { z } from 'zod';
import { RateLimitSettings } from '../domain/access/rate-limits.ts';

/**
 * What the deployment and the code must agree on, spelt once: infra sets these variables on each function and creates the
 * indexes under these names; each function parses what it needs when it starts, and refuses to start without it.
 */
const tableName = z.string().min(3);
/** A claim may have a plain name, a prefix (`custom:role`) or be an address (`https://example.org/role`). */
const claimName = z.string().regex(/^[\x21-\x7e]{1,256}$/u);
const arn = z.string().startsWith('arn:');
const rateLimits = z.string().transform((text, context): string => {
  try {
    RateLimitSettings.parse(JSON.parse(text));
    return text;
  } catch {
    context.addIssue({ code: 'custom', message: 'not the limits of callers as JSON' });
    return z.NEVER;
  }
});

export const environmentVariables = {
  ROSTER_TABLE: tableName.describe('name of the Roster table'),
  AUDIT_TABLE: tableName.describe('name of the append-only Audit table'),
  IDENTITY_SECRET_ARN: arn.describe('secret from which the look-up key of resident IDs is derived'),
  DATA_KEY_ARN: arn.describe('KMS key that wraps the data keys'),
  CLASSIFIED_REVIEW_ARN: arn.describe('state machine of the classified review'),
  POLICY_SIMULATION_ARN: arn.describe('state machine of runs of a policy over the whole roster'),
  REFERRAL_ARN: arn.describe('state machine that follows a referral to its end'),
  DAILY_SCAN_ARN: arn.describe('state machine of the daily scan over the roster'),
  FEEDS_BUCKET: z.string().min(3).describe('name of the bucket for files of departments'),
  FEED_COMPARISON_ARN: arn.describe('state machine that compares a file with the roster, row by row'),
  REFERRAL_PUSH_ARN: arn.describe('state machine that calls a department about a referral'),
  RETENTION_DAYS: z
    .string()
    .regex(/^\d{1,5}$/u)
    .describe('days for which records are kept before a person may be erased'),
  RATE_LIMITS: rateLimits.describe('limits of callers that differ from the usual ones, as JSON'),
  DEFAULT_LANGUAGE: z.enum(['zh', 'en']).describe('language of an answer when the caller names none'),
  ROLE_CLAIM: claimName.describe('name of the claim that holds the role of a caller'),
  DIVISION_CLAIM: claimName.describe('name of the claim that holds the division of a caller'),
  AGENCY_CLAIM: claimName.describe('name of the claim that holds the agency of a caller'),
} as const;
export type EnvironmentVariable = keyof typeof environmentVariables;

type Environment<Name extends EnvironmentVariable> = { [Key in Name]: z.infer<(typeof environmentVariables)[Key]> };

/** Parses the named variables, or throws one error that lists every missing or malformed one by name. */
export function readEnvironment<Name extends EnvironmentVariable>(
  source: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Environment<Name>;
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  names: readonly EnvironmentVariable[],
): Record<string, string> {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of names) {
    const schema = environmentVariables[name];
    const parsed = schema.safeParse(source[name]);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name}: ${source[name] === undefined ? 'not set' : 'malformed'} (${schema.description})`);
  }
  if (faults.length > 0) throw new Error(`This function cannot start. ${faults.join('; ')}`);
  return values;
}

/**
 * The one host that webhooks may call without TLS and on any port. The local platform sets it; nothing that is deployed does, so that
 * there an address is public or is refused.
 */
export const webhookTestHost = 'WEBHOOK_TEST_HOST';

/** The secondary index of the Roster table, with its key attributes. It is sparse: an item without the keys is not in it. */
export const rosterIndexes = {
  /** Open tasks and public notices by county, in the order in which they next need attention; read by officers and the sweep. */
  worklist: { name: 'byWorklist', partitionKey: 'wpk', sortKey: 'wsk' },
} as const;

/**
 * What keys of objects begin with, by kind: what departments uploaded, the rows of it that were refused, indexes of the roster's people, and
 * the marks by which a night holds them against each other.
 */
export const objectPrefixes = { uploads: 'uploads/', rejects: 'rejects/', people: 'people/', alike: 'alike/' } as const;

/** Functions of the platform: the folder below functions/ is the name. */
export const functionNames = {
  api: [
    'applications',
    'tasks',
    'reviews',
    'notices',
    'policies',
    'households',
    'lookups',
    'alerts',
    'assistance-chain',
    'audit',
    'break-glass',
    'daily-scans',
    'emergency-aid',
    'feeds',
    'grievances',
    'insights',
    'keys',
    'payment-runs',
    'referrals',
    'reports',
    'subscriptions',
  ],
  workflow: [
    'check-completeness',
    'verify-means',
    'evaluate-tiers',
    'open-task',
    'await-notice',
    'record-determination',
  ],
  policy: ['begin-policy-run', 'count-segment', 'conclude-policy-run', 'redecide-segment', 'end-policy-run'],
  referral: ['await-referral'],
  push: ['push-referral'],
  scan: ['scan-segment', 'compare-people'],
  feed: ['begin-comparison', 'index-people', 'compare-piece', 'end-comparison'],
  stream: ['relay', 'chain-audit'],
  schedule: ['sweep', 'begin-daily-scan'],
} as const;

/** The name of a function that every deployment has. */
export type FunctionName = (typeof functionNames)[keyof typeof functionNames][number];

/** Functions that only a deployment with an issuer of its own has (infra/constructs/cognito-identity.ts). */
export const identityFunctions = ['token-claims'] as const;
