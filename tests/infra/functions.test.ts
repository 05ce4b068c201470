import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { environmentVariables, functionNames } from '../../contracts/environment.ts';
import {
  allFunctions,
  functionIds,
  type Resource,
  referenced,
  resourcesOf,
  type Synthesized,
  something,
  synthesize,
} from './synthesize.ts';

const Properties = z.looseObject({
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Handler: z.string(),
  MemorySize: z.int(),
  Timeout: z.int(),
  TracingConfig: z.object({ Mode: z.string() }),
  LoggingConfig: z.looseObject({ LogGroup: z.unknown() }),
  Role: z.unknown(),
  Code: z.looseObject({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

let platform: Synthesized;
let functions: ReadonlyMap<string, z.infer<typeof Properties>>;
let ids: ReadonlyMap<string, string>;

const property = (resource: Resource | undefined, name: string): unknown => resource?.Properties[name];

beforeAll(() => {
  platform = synthesize();
  ids = functionIds(platform.stateless);
  const found = resourcesOf(platform.stateless, 'AWS::Lambda::Function');
  functions = new Map([...ids].map(([name, id]) => [name, Properties.parse(found.get(id)?.Properties)]));
});

describe('the functions', () => {
  test('are exactly those of contracts/environment.ts, and the stack brings no other', () => {
    expect([...functions.keys()].toSorted()).toEqual([...allFunctions].toSorted());
    expect(resourcesOf(platform.stateless, 'AWS::Lambda::Function').size).toBe(allFunctions.length);
  });

  test.each(allFunctions)('%s runs on Node 24 with bounded time and memory, traced', (name) => {
    expect(functions.get(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1024,
      TracingConfig: { Mode: 'Active' },
    });
    expect(functions.get(name)?.Timeout).toBeLessThanOrEqual(300);
  });

  test('of the API answer before the gateway gives up after 30 seconds', () => {
    for (const name of functionNames.api) expect(functions.get(name)?.Timeout).toBeLessThan(30);
  });

  test('have a role each, which nobody else has', () => {
    const roles = [...functions.values()].map(({ Role }) => referenced(Role));
    expect(new Set(roles).size).toBe(allFunctions.length);
  });

  test('have a bundle each', () => {
    expect(new Set([...functions.values()].map(({ Code }) => Code.S3Key)).size).toBe(allFunctions.length);
  });

  test('log to a group of their own, kept for a year', () => {
    const groups = resourcesOf(platform.stateless, 'AWS::Logs::LogGroup');
    const used = [...functions.values()].map(({ LoggingConfig }) => referenced(LoggingConfig.LogGroup));
    expect(new Set(used).size).toBe(allFunctions.length);
    for (const id of used) expect(property(groups.get(id), 'RetentionInDays')).toBe(365);
  });

  test.each(allFunctions)(
    '%s is given the variables of contracts/environment.ts that it needs, and no other',
    (name) => {
      const controlsReviews = name === 'relay' || name === 'sweep';
      const machines = [
        'CLASSIFIED_REVIEW_ARN',
        'POLICY_SIMULATION_ARN',
        'REFERRAL_ARN',
        'REFERRAL_PUSH_ARN',
        'FEED_COMPARISON_ARN',
      ];
      const own = Object.keys(environmentVariables).filter((key) => {
        if (name === 'chain-audit') return key === 'AUDIT_TABLE';
        if (key === 'FEEDS_BUCKET')
          return name === 'feeds' || [...functionNames.feed, ...functionNames.scan].some((each) => each === name);
        if (key === 'DAILY_SCAN_ARN') return name === 'begin-daily-scan';
        return (!machines.includes(key) || controlsReviews) && (key !== 'RETENTION_DAYS' || name === 'keys');
      });
      const technical = ['NODE_OPTIONS', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME'];
      expect(Object.keys(functions.get(name)?.Environment.Variables ?? {}).toSorted()).toEqual(
        [...own, ...technical].toSorted(),
      );
    },
  );

  test('are retried within bounds: those of a schedule asynchronously, the others by callers who wait for the answer', () => {
    const configurations = [...resourcesOf(platform.stateless, 'AWS::Lambda::EventInvokeConfig').values()];
    const scheduled = configurations.map(({ Properties: { FunctionName } }) => referenced(FunctionName));
    expect(scheduled.toSorted()).toEqual(functionNames.schedule.map((name) => ids.get(name)).toSorted());
    for (const { Properties: each } of configurations)
      expect(each).toMatchObject({
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: 3600,
        DestinationConfig: { OnFailure: { Destination: something } },
      });
  });

  test('run on x86_64 where the configuration says so', () => {
    const found = resourcesOf(synthesize({ architecture: 'x86_64' }).stateless, 'AWS::Lambda::Function');
    for (const resource of found.values()) expect(property(resource, 'Architectures')).toEqual(['x86_64']);
  });
});
