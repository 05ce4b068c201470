import { z } from 'zod';
import { RateLimitSettings } from '../domain/access/rate-limits.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const issuer = z
  .url({
    error: 'must be the address of an OpenID Connect issuer, such as "https://login.example.gov.cn/realms/hearth"',
    abort: true,
  })
  .refine((address) => address.startsWith('https://') || loopback.has(new URL(address).hostname), {
    error: 'must start with https:// (plain http is accepted on the loopback address only)',
  })
  .describe('whose tokens the HTTP API admits; exactly as it stands in the `iss` claim');

const claimName = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/u, { error: 'must be the name of a claim, such as "role" or "custom:role"' });

const division = z.string().regex(/^14(?:\d{2}(?:\d{2})?)?$/u, { error: 'must be a division, such as "140922"' });

const cognito = z.strictObject({
  domainPrefix: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/u, {
    error: 'must be 3 to 63 lower-case letters, digits or hyphens, such as "hearth-production"',
  }),
  callbackUrls: z
    .array(z.url({ protocol: /^https$/u, error: 'must be https:// addresses to which people return after the log-in' }))
    .min(1, { error: 'must name at least one address to which people return after the log-in' }),
  agencies: z
    .array(
      z.strictObject({
        agency: z
          .string()
          .regex(/^[a-z0-9-]{2,64}$/u, { error: 'must be 2 to 64 lower-case letters, digits or hyphens' }),
        division,
      }),
    )
    .default([]),
});
/** Settings of a user pool: its log-in page, where people return to, and the agencies that get a client. */
export type CognitoConfiguration = z.infer<typeof cognito>;

const fields = z.strictObject({
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/u, {
      error: 'must be 2 to 31 lower-case letters, digits or hyphens, such as "production"',
    })
    .describe(
      'name of this deployment, set as a tag on every resource that can have one in every region; one account holds one environment',
    ),
  identity: z
    .enum(['issuer', 'cognito'], { error: 'must be "issuer" or "cognito"' })
    .default('issuer')
    .describe('whether tokens come from the issuer named here, or from a user pool that is deployed with it'),
  issuer: issuer.optional().describe(issuer.description ?? ''),
  audience: z
    .array(z.string().min(1, { error: 'must not be empty' }))
    .min(1, { error: 'must name at least one audience, such as ["hearth"]' })
    .optional()
    .describe('values of the `aud` claim that the HTTP API admits'),
  claims: z
    .strictObject({
      role: claimName.default('role'),
      division: claimName.default('division'),
      agency: claimName.default('agency'),
    })
    .default({ role: 'role', division: 'division', agency: 'agency' })
    .describe('what the issuer calls the claims with role, division and agency of a caller'),
  cognito: cognito.optional().describe('settings of the user pool, for identity "cognito"'),
  defaultLanguage: z
    .enum(['zh', 'en'], { error: 'must be "zh" or "en"' })
    .default('zh')
    .describe('language of an answer when the caller names none'),
  retentionDays: z
    .int({ error: 'must be a whole number of days' })
    .min(0, { error: 'must not be negative' })
    .max(36_500, { error: 'must be at most 36500' })
    .default(0)
    .describe(
      'days after the last application or decision for which a household must be kept before anyone may be erased',
    ),
  architecture: z
    .enum(['arm64', 'x86_64'], { error: 'must be "arm64" or "x86_64"' })
    .default('arm64')
    .describe('processor of the functions; x86_64 where a region has no arm64'),
  tracing: z
    .boolean({ error: 'must be true or false' })
    .optional()
    .describe(
      'whether functions send traces to X-Ray; without it they do, but in China, where it does not take part in Lambda',
    ),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/u, { error: 'must be a region, such as "cn-north-1"' })
    .optional()
    .describe('region to synthesize for; without it the templates fit any region outside China'),
  account: z
    .string()
    .regex(/^\d{12}$/u, { error: 'must be the 12 digits of an account' })
    .optional()
    .describe('account to synthesize for; without it the templates fit any account'),
  rateLimits: RateLimitSettings.default({}).describe(
    'requests of one caller in a window and in a burst, by class, where they differ from the usual ones',
  ),
  alarmEmail: z
    .email({ error: 'must be an e-mail address' })
    .optional()
    .describe('where alarms are sent; without it, subscribe to the alarm topic by hand'),
});

const isInChina = (region: string | undefined): boolean => region?.startsWith('cn-') === true;

/** Looked at whatever else is wrong, so that every fault is named at once. */
const always = { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null };
const named = (value: unknown): boolean => value !== undefined;

const schema = fields
  .refine(({ identity, issuer: address }) => identity === 'cognito' || named(address), { path: ['issuer'], ...always })
  .refine(({ identity, audience }) => identity === 'cognito' || named(audience), { path: ['audience'], ...always })
  .refine(({ identity, issuer: address, audience }) => identity !== 'cognito' || !(named(address) || named(audience)), {
    path: ['identity'],
    error: 'is "cognito", whose user pool is the issuer: leave issuer and audience out',
    ...always,
  })
  .refine(({ identity, cognito: settings }) => (identity === 'cognito') === named(settings), {
    path: ['cognito'],
    error: 'is only for identity "cognito"',
    ...always,
  })
  .refine(({ identity, region }) => identity !== 'cognito' || named(region), {
    path: ['region'],
    error: 'must be given for identity "cognito": not every region has user pools',
    ...always,
  })
  .refine(({ identity, region }) => identity !== 'cognito' || !isInChina(region), {
    path: ['identity'],
    error: 'cannot be "cognito" in China: AWS has no user pools there. Name any OpenID Connect issuer instead',
    ...always,
  });

/** What differs from one deployment to another. Everything else is the same everywhere. */
export type Configuration = z.infer<typeof schema>;

/**
 * Whether functions send traces to X-Ray: as the configuration says, and otherwise everywhere but in the regions of China, where "X-Ray
 * integration with Lambda functions is not available" (docs.amazonaws.cn, Getting Started with AWS in China, Lambda).
 */
export const isTraced = ({ tracing, region }: Pick<Configuration, 'tracing' | 'region'>): boolean =>
  tracing ?? !isInChina(region);

const example = {
  environment: 'production',
  issuer: 'https://login.example.gov.cn/realms/hearth',
  audience: ['hearth'],
  defaultLanguage: 'zh',
  retentionDays: 1_825,
  architecture: 'arm64',
  rateLimits: { agency: { requests: 1_200, burst: 300 } },
} satisfies z.input<typeof schema>;

/** Thrown when the context value `hearth` cannot be used. Its message lists every fault, where to mend it, and an example. */
export class ConfigurationError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(
      [
        'The configuration of this deployment cannot be used:',
        ...faults.map((fault) => `  - ${fault}`),
        'Set it in cdk.json under context.hearth, or pass it whole: cdk deploy --all -c hearth=\'{"environment": ...}\'.',
        'A configuration that works:',
        JSON.stringify(example, undefined, 2),
      ].join('\n'),
      options,
    );
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

/** `-c hearth=...` on the command line arrives as text; the value in cdk.json arrives as an object. */
const fromText = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new ConfigurationError([`hearth: is not JSON (${String(error)})`], { cause: error });
  }
};

const describeIssue = (issue: z.core.$ZodIssue, value: unknown): string => {
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.join(', ')}: not a known setting (known are ${Object.keys(fields.shape).join(', ')})`;
  }
  const [name] = issue.path;
  const field = Object.entries(fields.shape).find(([key]) => key === name)?.[1];
  const given = typeof name === 'string' && typeof value === 'object' && value !== null && name in value;
  const meaning = field?.description === undefined ? '' : ` (${field.description})`;
  return `${issue.path.join('.') || 'hearth'}: ${given || name === undefined ? issue.message : 'is missing'}${meaning}`;
};

/**
 * Reads the configuration from the value of the context key `hearth`: an object, or the same as JSON text.
 * @throws ConfigurationError naming every fault at once.
 */
export const readConfiguration = (contextValue: unknown): Configuration => {
  if (contextValue === undefined) throw new ConfigurationError(['hearth: is missing']);
  const value = fromText(contextValue);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(parsed.error.issues.map((issue) => describeIssue(issue, value)));
};
