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

test('the Audit table can be added to and is changed by nobody, and read by those alone whose work it is', () => {
  const onAudit = [...statements].flatMap(([role, granted]) =>
    granted
      .filter(({ Resource }) => JSON.stringify(Resource).includes('TablesAudit'))
      .flatMap(({ Action }) => Action.map((action) => ({ role, action }))),
  );
  const holders = (wanted: string) =>
    new Set(onAudit.filter(({ action }) => action === wanted).map(({ role }) => role));
  for (const change of ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'Scan']) {
    expect([...holders(`dynamodb:${change}`)]).toEqual([]);
  }
  expect(holders('dynamodb:PutItem').size).toBeGreaterThan(0);
  expect([...holders('dynamodb:Query')].toSorted()).toEqual(
    ['audit', 'chain-audit', 'households', 'sweep'].map(roleOf).toSorted(),
  );
});

test('nobody may delete a table or change one', () => {
  const forbidden = /^dynamodb:(?:DeleteTable|UpdateTable|CreateTable|BatchWriteItem)/u;
  expect(all.flatMap(({ Action }) => Action).filter((action) => forbidden.test(action))).toEqual([]);
});

test('the whole Roster is read by the functions that count it for a policy or renew its keys, and the Audit table by nobody', () => {
  const scanners = Object.values(functionNames)
    .flat()
    .filter((name) => actionsOf(name).includes('dynamodb:Scan'));
  expect(scanners.toSorted()).toEqual(['begin-policy-run', 'count-segment', 'keys']);
  const scans = all.filter(({ Action }) => Action.includes('dynamodb:Scan'));
  for (const { Resource } of scans) expect(JSON.stringify(Resource)).toMatch(/TablesRoster/u);
});

test.each(Object.values(functionNames).flat())(
  '%s may start, answer or stop reviews only if that is its work',
  (name) => {
    const expected =
      name === 'relay' || name === 'sweep'
        ? ['states:SendTaskFailure', 'states:SendTaskSuccess', 'states:StartExecution', 'states:StopExecution']
        : [];
    const granted = new Set(actionsOf(name).filter((action) => action.startsWith('states:')));
    expect([...granted].toSorted()).toEqual(expected);
  },
);

test('the stream of the Roster is read by the relay alone', () => {
  const readers = Object.values(functionNames)
    .flat()
    .filter((name) => actionsOf(name).includes('dynamodb:GetRecords'));
  expect(readers).toEqual(['relay']);
});

test('policy runs are started, and neither stopped nor answered', () => {
  const onPolicy = all.filter(({ Resource }) => JSON.stringify(Resource).includes('PolicySimulation'));
  const granted = onPolicy.flatMap(({ Action }) => Action).filter((action) => action.startsWith('states:'));
  expect(new Set(granted)).toEqual(new Set(['states:StartExecution']));
});

test.each([
  ['ClassifiedReview', functionNames.workflow],
  ['PolicySimulation', functionNames.policy],
])('the state machine %s may call its own functions and no other', (construct, names) => {
  const found = [...resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine')];
  const machine = found.find(([id]) => id.startsWith(construct))?.[1];
  const role = referenced(machine?.Properties['RoleArn']);
  const invoked = (statements.get(role) ?? [])
    .filter(({ Action }) => Action.includes('lambda:InvokeFunction'))
    .flatMap(({ Resource }) => Resource.map(referenced));
  const ids = functionIds(platform.stateless);
  expect(invoked.toSorted()).toEqual(names.map((name) => String(ids.get(name))).toSorted());
});
