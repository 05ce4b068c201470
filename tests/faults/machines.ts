import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineModel } from '../../local/template/platform-model.ts';

const account = 'us-east-1:123456789012';
const machineArn = (name: string): string => `arn:aws:states:${account}:stateMachine:${name}`;

/** By these the relay and the sweep know the state machines. */
export const machineArns = {
  classifiedReview: machineArn('classified-review'),
  policySimulation: machineArn('policy-simulation'),
  referral: machineArn('referral'),
  referralPush: machineArn('referral-push'),
  feedComparison: machineArn('feed-comparison'),
} as const;

const kebab = (name: string): string => name.replaceAll(/(?<!^)([A-Z])/gu, '-$1').toLowerCase();

/** The state machines as a deployment fills them in: each function under the name of its folder. */
export const machineModels = (): readonly MachineModel[] =>
  Object.values(machineArns).map((arn) => {
    const name = arn.split(':').at(-1) ?? '';
    const file = join(import.meta.dirname, '../../state-machines', `${name}.asl.json`);
    const filled = readFileSync(file, 'utf8')
      .replaceAll('${Partition}', 'aws')
      .replaceAll(/\$\{(\w+)Arn\}/gu, (_, given: string) => `arn:aws:lambda:${account}:function:${kebab(given)}`);
    return { name, arn, definition: JSON.parse(filled) as unknown };
  });
