import { beforeAll, expect, test } from 'vitest';
import { functionNames } from '../../contracts/environment.ts';
import {
  functionIds,
  referenced,
  resourcesOf,
  type Statement,
  type Synthesized,
  statementsOf,
  synthesize,
} from './synthesize.ts';

let platform: Synthesized;
let statements: ReadonlyMap<string, readonly Statement[]>;
let all: readonly Statement[];

beforeAll(() => {
  platform = synthesize();
  statements = statementsOf(platform.stateless);
  all = [...statements.values()].flat();
});

const roleOf = (name: string): string => {
  const id = functionIds(platform.stateless).get(name) ?? '';
  return referenced(resourcesOf(platform.stateless, 'AWS::Lambda::Function').get(id)?.Properties['Role']);
};

const actionsOf = (name: string): readonly string[] =>
  (statements.get(roleOf(name)) ?? []).flatMap(({ Action }) => Action);

test('no action is a wildcard', () => {
  expect(all.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
});

test('no role has a managed policy', () => {
  for (const { Properties } of resourcesOf(platform.stateless, 'AWS::IAM::Role').values()) {
    expect(Properties['ManagedPolicyArns']).toBeUndefined();
  }
});

test('all resources at once are granted only for actions that know no resource', () => {
  const withoutResource = [
    /^xray:Put/u,
    /^states:SendTask(?:Success|Failure)$/u,
    /^xray:GetSampling/u,
    /^logs:.*(?:LogDeliver|ResourcePolic|DescribeLogGroups)/u,
  ];
  const granted = all.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
  expect(granted.filter((action) => !withoutResource.some((pattern) => pattern.test(action)))).toEqual([]);
});

test('the Audit table can be added to, and neither changed nor read, by every function', () => {
  const onAudit = all.filter(({ Resource }) => JSON.stringify(Resource).includes('TablesAudit'));
  expect(onAudit.length).toBeGreaterThan(0);
  expect(new Set(onAudit.flatMap(({ Action }) => Action))).toEqual(new Set(['dynamodb:PutItem']));
});

test('nobody may scan a table, delete one or change one', () => {
  const forbidden = /^dynamodb:(?:Scan|DeleteTable|UpdateTable|CreateTable|BatchWriteItem)/u;
  expect(all.flatMap(({ Action }) => Action).filter((action) => forbidden.test(action))).toEqual([]);
});

test.each(Object.values(functionNames).flat())(
  '%s may start, answer or stop reviews only if that is its work',
  (name) => {
    const expected =
      name === 'relay' || name === 'sweep'
        ? ['states:SendTaskFailure', 'states:SendTaskSuccess', 'states:StartExecution', 'states:StopExecution']
        : [];
    const granted = actionsOf(name).filter((action) => action.startsWith('states:'));
    expect(granted.toSorted()).toEqual(expected);
  },
);

test('the stream of the Roster is read by the relay alone', () => {
  const readers = Object.values(functionNames)
    .flat()
    .filter((name) => actionsOf(name).includes('dynamodb:GetRecords'));
  expect(readers).toEqual(['relay']);
});

test('the state machine may call its own functions and no other', () => {
  const [machine] = [...resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine').values()];
  const role = referenced(machine?.Properties['RoleArn']);
  const invoked = (statements.get(role) ?? [])
    .filter(({ Action }) => Action.includes('lambda:InvokeFunction'))
    .flatMap(({ Resource }) => Resource.map(referenced));
  const ids = functionIds(platform.stateless);
  expect(invoked.toSorted()).toEqual(functionNames.workflow.map((name) => String(ids.get(name))).toSorted());
});
