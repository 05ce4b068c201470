import { z } from 'zod';

/** Resource types this platform runs; the schema of each names the properties it follows, resolved. */
const Integer = z.coerce.number().int();
const Flag = z.union([z.boolean(), z.stringbool()]);

export const FunctionProperties = z.looseObject({
  Code: z.looseObject({ S3Key: z.string().optional(), ZipFile: z.string().optional() }),
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs', { error: 'only Node.js functions run locally' }),
  Timeout: Integer.default(3),
  MemorySize: Integer.default(128),
  ReservedConcurrentExecutions: Integer.optional(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
});

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.looseObject({
  ProjectionType: z.string().optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const SecondaryIndex = z.looseObject({ IndexName: z.string(), KeySchema, Projection });

export const TableProperties = z.looseObject({
  KeySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(SecondaryIndex).default([]),
  LocalSecondaryIndexes: z.array(SecondaryIndex).default([]),
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
});
export type TableProperties = z.infer<typeof TableProperties>;

const Destination = z.looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() });

export const EventSourceMappingProperties = z.looseObject({
  EventSourceArn: z
    .string()
    .regex(/:dynamodb:.*:table\/.*\/stream\//u, { error: 'only DynamoDB streams are event sources locally' }),
  FunctionName: z.string(),
  Enabled: Flag.default(true),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).default('TRIM_HORIZON'),
  BatchSize: Integer.default(100),
  MaximumBatchingWindowInSeconds: Integer.default(0),
  BisectBatchOnFunctionError: Flag.default(false),
  MaximumRetryAttempts: Integer.default(-1),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z.looseObject({ Filters: z.array(z.looseObject({ Pattern: z.string() })).default([]) }).optional(),
  DestinationConfig: Destination.optional(),
});

export const StateMachineProperties = z.looseObject({
  DefinitionString: z.string().optional(),
  Definition: z.unknown().optional(),
  DefinitionS3Location: z.looseObject({ Key: z.string() }).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
  StateMachineType: z.literal('STANDARD', { error: 'only STANDARD state machines run locally' }).default('STANDARD'),
});

export const ScheduleProperties = z.looseObject({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.looseObject({
    Arn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z.looseObject({ MaximumRetryAttempts: Integer.optional() }).optional(),
    DeadLetterConfig: z.looseObject({ Arn: z.string().optional() }).optional(),
  }),
});

export const SecretProperties = z.looseObject({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .looseObject({
      PasswordLength: Integer.default(32),
      ExcludeCharacters: z.string().default(''),
      ExcludePunctuation: Flag.default(false),
      ExcludeNumbers: Flag.default(false),
      ExcludeLowercase: Flag.default(false),
      ExcludeUppercase: Flag.default(false),
      IncludeSpace: Flag.default(false),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
});
export type SecretProperties = z.infer<typeof SecretProperties>;

/** A symmetric key, which is what KMS makes unless it is told otherwise. */
export const KmsKeyProperties = z.looseObject({
  KeySpec: z.literal('SYMMETRIC_DEFAULT', { error: 'only symmetric keys run locally' }).default('SYMMETRIC_DEFAULT'),
});

/** What protects a bucket in the cloud plays no part here: its files are readable by their owner only. */
export const BucketProperties = z.looseObject({});

export const RouteProperties = z.looseObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//u),
  AuthorizationType: z.enum(['NONE', 'JWT'], { error: 'only JWT authorizers, or none, run locally' }).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

export const IntegrationProperties = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY', { error: 'only functions can be integrated locally' }),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0', { error: 'only payload format 2.0 runs locally' }),
  TimeoutInMillis: Integer.default(30_000),
});

export const AuthorizerProperties = z.looseObject({
  AuthorizerType: z.literal('JWT', { error: 'only JWT authorizers run locally' }),
  IdentitySource: z.array(z.literal('$request.header.Authorization')),
  JwtConfiguration: z.object({ Issuer: z.url(), Audience: z.array(z.string()) }),
});

export const ApiProperties = z.looseObject({
  ProtocolType: z.literal('HTTP', { error: 'only HTTP APIs run locally' }),
});

export const EventInvokeConfigProperties = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: Integer.optional(),
  DestinationConfig: Destination.optional(),
});

/** Types that have no part in running the platform on one machine: permissions, logs, alarms, names of keys, metadata. */
export const passedOver: readonly RegExp[] = [
  /^AWS::(IAM|Logs|CloudWatch|SNS|SSM|Budgets|Backup|XRay|ResourceGroups|CloudTrail)::/u,
  /^AWS::CDK::Metadata$/u,
  /^AWS::KMS::Alias$/u,
  /^AWS::Lambda::(Permission|Version|LayerVersion|CodeSigningConfig)$/u,
  /^AWS::SQS::(Queue|QueuePolicy)$/u,
  /^AWS::S3::BucketPolicy$/u,
  /^AWS::ApiGatewayV2::Stage$/u,
  /^AWS::Scheduler::ScheduleGroup$/u,
  /^AWS::SecretsManager::ResourcePolicy$/u,
];
