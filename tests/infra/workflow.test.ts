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
let machine: z.infer<typeof Machine>;

beforeAll(() => {
  platform = synthesize();
  const found = [...resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine').values()];
  machine = Machine.parse(found[0]?.Properties);
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

test('what is deployed is the file as it stands, and every placeholder of it is filled in, with no other', () => {
  const text = readFileSync(join(root, 'state-machines', 'classified-review.asl.json'), 'utf8');
  expect(machine.DefinitionString).toBe(text);
  const placeholders = [...text.matchAll(/\$\{(\w+)\}/gu)].map(([, name]) => String(name));
  expect(Object.keys(machine.DefinitionSubstitutions).toSorted()).toEqual([...new Set(placeholders)].toSorted());
});

test('reviews are followed in logs and traces that hold no data of the review', () => {
  expect(machine).toMatchObject({
    StateMachineType: 'STANDARD',
    LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
    TracingConfiguration: { Enabled: true },
  });
});
