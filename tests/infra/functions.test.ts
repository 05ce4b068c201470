import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bytesOfEntry } from '../../adapters/feeds/key-ledger.ts';
import { environmentVariables, functionNames } from '../../contracts/environment.ts';
import { largestFeed } from '../../domain/feeds/feed.ts';
import type { FeedColumn, FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
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
  EphemeralStorage: z.strictObject({ Size: z.int() }).optional(),
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
      TracingConfig: { Mode: 'Active' },
    });
    // What looks at a whole file in one call has a whole processor and the longest time there is.
    const { most, memory } = name === 'begin-comparison' ? { most: 900, memory: 1_769 } : { most: 300, memory: 1_024 };
    expect(functions.get(name)).toMatchObject({ MemorySize: memory });
    expect(functions.get(name)?.Timeout).toBeLessThanOrEqual(most);
  });

  test('that looks at a whole file has room for the keys of the largest, whichever dataset has the shortest rows', () => {
    /** The fewest bytes of a cell that is in order: a date is at least 20260101, of the others one byte can be enough. */
    const shortest: Partial<Record<FeedColumn['type'], number>> = { 'resident-id': 18, 'date': 8 };
    const rowOf = ({ columns }: FeedDefinition): number => {
      const cells = columns.filter(({ required }) => required).map(({ type }) => shortest[type] ?? 1);
      // A comma or the end of the line behind each.
      return cells.reduce((sum, bytes) => sum + bytes + 1, 0);
    };
    const rows = largestFeed / Math.min(...shanxiPack.feeds.map(rowOf));
    const megabytes = functions.get('begin-comparison')?.EphemeralStorage?.Size ?? 512;
    expect(megabytes * 1024 * 1024).toBeGreaterThan(rows * bytesOfEntry);
    // A feed of two gigabytes is what is asked for.
    expect(largestFeed).toBeGreaterThanOrEqual(2 * 1024 ** 3);
    for (const [name, { EphemeralStorage }] of functions)
      expect(EphemeralStorage === undefined).toBe(name !== 'begin-comparison');
  });

  test('that look at files have their own time only: the machine gives up none of their calls before', () => {
    const machines = [...resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine').values()];
    const [definition] = machines
      .map(({ Properties: { DefinitionString } }) => String(DefinitionString))
      .filter((text) => text.includes('BeginComparisonArn'));
    expect(definition).not.toContain('TimeoutSeconds');
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
