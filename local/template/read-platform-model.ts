import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';
import type { Stack } from './assembly.ts';
import type { Surroundings } from './identities.ts';
import {
  ApiProperties,
  AuthorizerProperties,
  BucketProperties,
  EventInvokeConfigProperties,
  EventSourceMappingProperties,
  FunctionProperties,
  IntegrationProperties,
  KmsKeyProperties,
  passedOver,
  RouteProperties,
  ScheduleProperties,
  SecretProperties,
  StateMachineProperties,
  TableProperties,
} from './parts.ts';
import {
  type FunctionModel,
  functionNameOf,
  type MappingModel,
  type PlatformModel,
  type RouteModel,
  type ScheduleModel,
} from './platform-model.ts';
import { createResolver, type Resolver } from './resolver.ts';

const known = new Set([
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::StepFunctions::StateMachine',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
]);

type Found<Properties> = { readonly stack: Stack; readonly logicalId: string; readonly properties: Properties };

/** Last part of a queue's ARN or URL. */
const queueNameOf = (reference: string): string => reference.split(/[:/]/u).at(-1) ?? reference;

const refuseUnknown = (stacks: readonly Stack[], resolver: Resolver): void => {
  const strangers = stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, resource]) => resolver.included(stack, resource))
      .filter(([, { Type }]) => !known.has(Type) && !passedOver.some((pattern) => pattern.test(Type)))
      .map(([logicalId, { Type }]) => `${stack.name}/${logicalId} (${Type})`),
  );
  if (strangers.length > 0)
    throw new StartFailure(
      `The template has resources that the local platform cannot run: ${strangers.join(', ')}.`,
      'Teach local/ to run them, or add their type to the list `passedOver` in local/template/parts.ts if they have no part in it.',
    );
};

const finder =
  (stacks: readonly Stack[], resolver: Resolver) =>
  <Schema extends z.ZodType>(types: readonly string[], schema: Schema): readonly Found<z.infer<Schema>>[] =>
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources)
        .filter(([, resource]) => types.includes(resource.Type) && resolver.included(stack, resource))
        .map(([logicalId, resource]) => {
          const parsed = schema.safeParse(resolver.value(stack, resource.Properties));
          if (parsed.success) return { stack, logicalId, properties: parsed.data };
          throw new StartFailure(
            `${stack.name}/${logicalId} (${resource.Type}) cannot run locally: ${z.prettifyError(parsed.error)}.`,
            'Change the resource, or teach local/template/parts.ts about it.',
          );
        }),
    );

type Find = ReturnType<typeof finder>;

const assetOf = (stack: Stack, logicalId: string, s3Key: string): string => {
  const hash = s3Key.split('/').at(-1)?.split('.')[0] ?? '';
  const path = stack.assets.get(hash);
  if (path !== undefined) return path;
  throw new StartFailure(
    `The assembly lacks the asset ${s3Key} of ${stack.name}/${logicalId}.`,
    'Synthesize it again.',
  );
};

const findFunctions = (find: Find, resolver: Resolver): readonly FunctionModel[] => {
  const configs = find(['AWS::Lambda::EventInvokeConfig'], EventInvokeConfigProperties).map(
    ({ properties }) => properties,
  );
  return find(['AWS::Lambda::Function'], FunctionProperties).map(({ stack, logicalId, properties }) => {
    const name = resolver.ref(stack, logicalId);
    const config = configs.find(({ FunctionName }) => functionNameOf(FunctionName) === name);
    const { S3Key, ZipFile } = properties.Code;
    const destination = config?.DestinationConfig?.OnFailure?.Destination;
    return {
      name,
      arn: resolver.attribute(stack, logicalId, 'Arn'),
      code: S3Key === undefined ? { source: ZipFile ?? '' } : { folder: assetOf(stack, logicalId, S3Key) },
      handler: properties.Handler,
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      concurrency: properties.ReservedConcurrentExecutions,
      environment: properties.Environment?.Variables ?? {},
      asynchronous: {
        retries: config?.MaximumRetryAttempts,
        onFailure: destination === undefined ? undefined : queueNameOf(destination),
      },
    };
  });
};

const findMappings = (find: Find): readonly MappingModel[] =>
  find(['AWS::Lambda::EventSourceMapping'], EventSourceMappingProperties)
    .filter(({ properties }) => properties.Enabled)
    .map(({ stack, logicalId, properties }) => {
      const destination = properties.DestinationConfig?.OnFailure?.Destination;
      return {
        id: `${stack.name}/${logicalId}`,
        tableName: /:table\/([^/]+)\//u.exec(properties.EventSourceArn)?.[1] ?? '',
        streamArn: properties.EventSourceArn,
        functionName: functionNameOf(properties.FunctionName),
        batchSize: properties.BatchSize,
        windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
        bisect: properties.BisectBatchOnFunctionError,
        retries: properties.MaximumRetryAttempts < 0 ? undefined : properties.MaximumRetryAttempts,
        reportsItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        fromLatest: properties.StartingPosition === 'LATEST',
        patterns: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }): unknown => JSON.parse(Pattern)),
        onFailure: destination === undefined ? undefined : queueNameOf(destination),
      };
    });

const definitionOf = ({ stack, logicalId, properties }: Found<z.infer<typeof StateMachineProperties>>): unknown => {
  const { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions } = properties;
  const text =
    DefinitionString ??
    (DefinitionS3Location === undefined
      ? JSON.stringify(Definition)
      : readFileSync(assetOf(stack, logicalId, DefinitionS3Location.Key), 'utf8'));
  const filled = text.replace(/\$\{([^}]+)\}/gu, (whole, name: string) => DefinitionSubstitutions[name] ?? whole);
  return JSON.parse(filled);
};

const findSchedules = (find: Find): readonly ScheduleModel[] =>
  find(['AWS::Scheduler::Schedule'], ScheduleProperties)
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ stack, logicalId, properties }) => {
      const { Arn, Input, DeadLetterConfig } = properties.Target;
      return {
        id: `${stack.name}/${logicalId}`,
        expression: properties.ScheduleExpression,
        timeZone: properties.ScheduleExpressionTimezone,
        functionName: functionNameOf(Arn),
        input: Input ?? '{}',
        deadLetters: queueNameOf(DeadLetterConfig?.Arn ?? logicalId),
      };
    });

const findRoutes = (find: Find, resolver: Resolver): readonly RouteModel[] => {
  find(['AWS::ApiGatewayV2::Api'], ApiProperties);
  const named = <Properties>(found: readonly Found<Properties>[]) =>
    new Map(found.map(({ stack, logicalId, properties }) => [resolver.ref(stack, logicalId), properties]));
  const integrations = named(find(['AWS::ApiGatewayV2::Integration'], IntegrationProperties));
  const authorizers = named(find(['AWS::ApiGatewayV2::Authorizer'], AuthorizerProperties));
  return find(['AWS::ApiGatewayV2::Route'], RouteProperties).map(({ stack, logicalId, properties }) => {
    const integration = integrations.get(properties.Target.replace('integrations/', ''));
    const jwt = authorizers.get(properties.AuthorizerId ?? '')?.JwtConfiguration;
    if (integration === undefined || (properties.AuthorizationType === 'JWT' && jwt === undefined))
      throw new StartFailure(
        `Route ${stack.name}/${logicalId} has no integration or no authorizer.`,
        'Mend the stack.',
      );
    return {
      apiId: properties.ApiId,
      key: properties.RouteKey,
      functionName: functionNameOf(integration.IntegrationUri),
      timeoutMs: integration.TimeoutInMillis,
      authorizer:
        properties.AuthorizationType === 'NONE' || jwt === undefined
          ? undefined
          : { issuer: jwt.Issuer, audience: jwt.Audience, scopes: properties.AuthorizationScopes },
    };
  });
};

const requireFunctions = (model: PlatformModel): PlatformModel => {
  const names = new Set(model.functions.map(({ name }) => name));
  for (const { functionName } of [...model.routes, ...model.mappings, ...model.schedules])
    if (!names.has(functionName))
      throw new StartFailure(`The template calls ${functionName}, which it does not define.`, 'Mend the stack.');
  return model;
};

/** Reads from the stacks what is to be run; refuses, by its logical id, any resource that would silently be left out. */
export const readPlatformModel = (stacks: readonly Stack[], surroundings: Surroundings): PlatformModel => {
  const resolver = createResolver(stacks, surroundings);
  refuseUnknown(stacks, resolver);
  const find = finder(stacks, resolver);
  const identity = ({ stack, logicalId }: Found<unknown>, name: string): string =>
    resolver.attribute(stack, logicalId, name);
  return requireFunctions({
    surroundings,
    functions: findFunctions(find, resolver),
    tables: find(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], TableProperties).map(
      ({ stack, logicalId, properties }) => ({
        name: resolver.ref(stack, logicalId),
        properties,
      }),
    ),
    mappings: findMappings(find),
    machines: find(['AWS::StepFunctions::StateMachine'], StateMachineProperties).map((found) => ({
      name: identity(found, 'Name'),
      arn: identity(found, 'Arn'),
      definition: definitionOf(found),
    })),
    schedules: findSchedules(find),
    secrets: find(['AWS::SecretsManager::Secret'], SecretProperties).map((found) => ({
      arn: identity(found, 'Arn'),
      name: resolver.ref(found.stack, found.logicalId),
      properties: found.properties,
    })),
    kmsKeys: find(['AWS::KMS::Key'], KmsKeyProperties).map((found) => ({
      id: resolver.ref(found.stack, found.logicalId),
      arn: identity(found, 'Arn'),
    })),
    buckets: find(['AWS::S3::Bucket'], BucketProperties).map((found) => ({
      name: resolver.ref(found.stack, found.logicalId),
    })),
    routes: findRoutes(find, resolver),
  });
};
