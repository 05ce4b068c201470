import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import aslValidator from 'asl-validator';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { resourcesOf, root, type Synthesized, synthesize } from './synthesize.ts';

const Machine = z.looseObject({
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.unknown()),
  LoggingConfiguration: z.looseObject({ IncludeExecutionData: z.boolean(), Level: z.string() }),
  TracingConfiguration: z.strictObject({ Enabled: z.boolean() }),
  StateMachineType: z.string(),
});

let platform: Synthesized;
let machines: ReadonlyMap<string, z.infer<typeof Machine>>;

beforeAll(() => {
  platform = synthesize();
  const found = resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine');
  machines = new Map([...found].map(([id, { Properties }]) => [id, Machine.parse(Properties)]));
});

const files = readdirSync(join(root, 'state-machines')).filter((file) => file.endsWith('.asl.json'));

test.each(files)('%s is valid Amazon States Language once its placeholders are filled in', (file) => {
  const filled = readFileSync(join(root, 'state-machines', file), 'utf8')
    .replaceAll(/\$\{Partition\}/gu, 'aws')
    .replaceAll(/\$\{(\w+)Arn\}/gu, 'arn:aws:lambda:us-east-1:123456789012:function:$1');
  const definition: unknown = JSON.parse(filled);
  const result = aslValidator(definition, {
    checkPaths: true,
    checkArn: true,
  });
  expect(result.errorsText('\n')).toBe('');
  expect(result.isValid).toBe(true);
});

const deployed = [
  ['classified-review.asl.json', 'ClassifiedReview'],
  ['daily-scan.asl.json', 'DailyScan'],
  ['feed-comparison.asl.json', 'FeedComparison'],
  ['policy-simulation.asl.json', 'PolicySimulation'],
  ['referral-push.asl.json', 'PushToDepartment'],
  ['referral.asl.json', 'Referral'],
] as const;
const machineOf = (construct: string) => [...machines].find(([id]) => id.startsWith(construct))?.[1];

test('every file is deployed', () => {
  expect(files.toSorted()).toEqual(deployed.map(([file]) => file));
  expect(machines.size).toBe(deployed.length);
});

test.each(deployed)(
  'what is deployed is %s as it stands, and every placeholder of it is filled in, with no other',
  (file, construct) => {
    const text = readFileSync(join(root, 'state-machines', file), 'utf8');
    expect(machineOf(construct)?.DefinitionString).toBe(text);
    const placeholders = [...text.matchAll(/\$\{(\w+)\}/gu)].map(([, name]) => String(name));
    const filled = Object.keys(machineOf(construct)?.DefinitionSubstitutions ?? {});
    // The partition is offered to every definition; one that calls its functions by their ARN alone does not use it.
    expect(filled.filter((name) => name !== 'Partition').toSorted()).toEqual(
      [...new Set(placeholders)].filter((name) => name !== 'Partition').toSorted(),
    );
  },
);

test.each(deployed)('%s is followed in logs and traces that hold no data of what it works on', (_file, construct) => {
  expect(machineOf(construct)).toMatchObject({
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
    TracingConfiguration: { Enabled: true },
  });
});
