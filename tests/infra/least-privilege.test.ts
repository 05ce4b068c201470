import { beforeAll, expect, test } from 'vitest';
import {
  auditPartition,
  chainPartition,
  latePartition,
  openingPartition,
  rollUpPartition,
} from '../../adapters/dynamodb/keys.ts';
import { functionNames, objectPrefixes } from '../../contracts/environment.ts';
import { LocalDate } from '../../domain/dates.ts';
import {
  indexKey,
  indexPartKey,
  pieceKey,
  rejectPartKey,
  rejectsKey,
  unpackedKey,
  uploadKey,
} from '../../domain/feeds/object-keys.ts';
import { FeedId } from '../../domain/ids.ts';
import { alikeKey } from '../../domain/missed-needs/scan-of.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import {
  allFunctions,
  functionIds,
  knowsItsTableOnly,
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

const onAuditOf = (name: string): readonly Statement[] =>
  (statements.get(roleOf(name)) ?? []).filter(({ Resource }) => /TablesAudit\w+Arn/u.test(JSON.stringify(Resource)));
const keysOf = { entries: ['14*', 'PERSON#*'], records: ['PERSON#*'], chain: ['CHAIN*'] };
/** What a function may do under which keys of the Audit table. */
const auditGrants = (name: string): ReadonlySet<string> =>
  new Set(
    onAuditOf(name)
      .filter(({ Action }) => !Action.some((action) => /Stream|Records|Shard/u.test(action)))
      .flatMap(({ Action, Condition }) => {
        const keys = JSON.stringify(Condition);
        const under = Object.entries(keysOf).find(([, leading]) => keys.includes(JSON.stringify(leading)))?.[0];
        expect(under).toBeDefined();
        return Action.map((action) => `${action.replace('dynamodb:', '')} ${under}`);
      }),
  );

test.each(Object.values(functionNames).flat())(
  '%s has of the Audit table what is its work, under the keys that are',
  (name) => {
    const append = ['PutItem entries'];
    const readChain = ['GetItem chain', 'Query chain'];
    const expected: Readonly<Record<string, readonly string[]>> = {
      'chain-audit': [...readChain, 'PutItem chain'],
      'sweep': [...append, ...readChain, 'PutItem chain', 'Query entries'],
      'audit': [...append, ...readChain, 'Query entries'],
      'households': [...append, 'Query records'],
    };
    expect(auditGrants(name)).toEqual(new Set(expected[name] ?? append));
  },
);

test('the keys that are granted are those that are written', () => {
  const chain = { division: DivisionCode.parse('140121'), day: UtcDay.parse('2026-03-02') };
  expect(auditPartition(chain.division)).toMatch(/^14/u);
  const written = [chainPartition(chain), openingPartition(chain.division), latePartition(chain.day), rollUpPartition];
  for (const key of written) expect(key).toMatch(/^CHAIN/u);
});

test('nobody may change or remove what is in the Audit table, whatever a role is granted', () => {
  const [table] = [...resourcesOf(platform.stateful, 'AWS::DynamoDB::Table')].filter(([id]) => id.includes('Audit'));
  expect(table?.[1].Properties['ResourcePolicy']).toMatchObject({
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['BatchWriteItem', 'DeleteItem', 'PartiQLDelete', 'PartiQLUpdate', 'UpdateItem'].map(
            (action) => `dynamodb:${action}`,
          ),
        },
      ],
    },
  });
});

test('nobody may delete a table or change one', () => {
  const forbidden = /^dynamodb:(?:DeleteTable|UpdateTable|CreateTable|BatchWriteItem)/u;
  expect(all.flatMap(({ Action }) => Action).filter((action) => forbidden.test(action))).toEqual([]);
});

test('the whole Roster is read by the functions that count it for a policy, look for who fell between, gather who is on it or renew its keys, and the Audit table by nobody', () => {
  const scanners = Object.values(functionNames)
    .flat()
    .filter((name) => actionsOf(name).includes('dynamodb:Scan'));
  expect(scanners.toSorted()).toEqual([
    'begin-daily-scan',
    'begin-policy-run',
    'count-segment',
    'index-people',
    'keys',
    'scan-segment',
  ]);
  const scans = all.filter(({ Action }) => Action.includes('dynamodb:Scan'));
  for (const { Resource } of scans) expect(JSON.stringify(Resource)).toMatch(/TablesRoster/u);
});

test.each(Object.values(functionNames).flat())(
  '%s may start, answer or stop reviews only if that is its work',
  (name) => {
    const controls = [
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
      'states:StartExecution',
      'states:StopExecution',
    ];
    const starts = name === 'begin-daily-scan' ? ['states:StartExecution'] : [];
    const expected = name === 'relay' || name === 'sweep' ? controls : starts;
    const granted = new Set(actionsOf(name).filter((action) => action.startsWith('states:')));
    expect([...granted].toSorted()).toEqual(expected);
  },
);

test('the stream of the Roster is read by the relay alone, and that of the Audit table by its chain', () => {
  const readersOf = (table: string) =>
    Object.values(functionNames)
      .flat()
      .filter((name) =>
        (statements.get(roleOf(name)) ?? []).some(
          ({ Action, Resource }) =>
            Action.includes('dynamodb:GetRecords') && JSON.stringify(Resource).includes(`Tables${table}`),
        ),
      );
  expect(readersOf('Roster')).toEqual(['relay']);
  expect(readersOf('Audit')).toEqual(['chain-audit']);
});

test('who chains the audit has no part in the Roster and does not know the identity secret', () => {
  const granted = statements.get(roleOf('chain-audit')) ?? [];
  expect(JSON.stringify(granted)).not.toMatch(/TablesRoster|IdentitySecret/u);
});

test('data keys are made and unwrapped by every function that opens envelopes, and by no other', () => {
  const onKeys = all.flatMap(({ Action }) => Action).filter((action) => action.startsWith('kms:'));
  expect(new Set(onKeys)).toEqual(new Set(['kms:GenerateDataKey', 'kms:Decrypt']));
  for (const name of Object.values(functionNames).flat()) {
    expect(actionsOf(name).includes('kms:Decrypt')).toBe(!knowsItsTableOnly(name));
  }
});

test('daily scans are started by the function of their schedule alone, and neither stopped nor answered', () => {
  const starters = Object.values(functionNames)
    .flat()
    .filter((name) => JSON.stringify(statements.get(roleOf(name)) ?? []).includes('DailyScan'));
  expect(starters).toEqual(['begin-daily-scan']);
});

/** What a function may do with which kind of object. */
const objectGrants = (name: string): readonly string[] =>
  (statements.get(roleOf(name)) ?? [])
    .filter(({ Action }) => Action.some((action) => action.startsWith('s3:')))
    .flatMap(({ Action, Resource }) => {
      const kinds = Object.entries(objectPrefixes)
        .filter(([, prefix]) => JSON.stringify(Resource).includes(`/${prefix}*`))
        .map(([kind]) => kind);
      const granted = kinds.length === 0 ? ['anything'] : kinds;
      return Action.flatMap((action) => granted.map((kind) => `${action.replace('s3:', '')} ${kind}`));
    })
    .toSorted();

test.each(allFunctions)('%s has of the objects what is its work, by kind', (name) => {
  const writing = ['PutObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'];
  const of = (kind: string, ...actions: string[]): string[] => actions.map((action) => `${action} ${kind}`);
  /** Whether an object is there. */
  const look = 'ListBucket anything';
  const expected: Readonly<Record<string, readonly string[]>> = {
    'feeds': [...of('uploads', ...writing, 'GetObject'), ...of('rejects', 'GetObject'), look],
    'begin-comparison': [...of('uploads', ...writing, 'GetObject'), look],
    'index-people': [...of('people', ...writing, 'GetObject'), look],
    'compare-piece': [...of('uploads', 'GetObject'), ...of('people', 'GetObject'), ...of('rejects', ...writing), look],
    'scan-segment': of('alike', ...writing),
    'compare-people': [...of('alike', 'GetObject'), look],
    'end-comparison': [...of('uploads', 'GetObject'), ...of('rejects', ...writing, 'GetObject'), look],
  };
  expect(objectGrants(name)).toEqual((expected[name] ?? []).toSorted());
});

test('keys of objects begin with the kinds that are granted', () => {
  const feedId = FeedId.parse(`fed_${'0'.repeat(32)}`);
  const run = { feedId, run: 'commit' } as const;
  for (const key of [uploadKey(feedId), unpackedKey(feedId), pieceKey(feedId, 0)])
    expect(key.startsWith(objectPrefixes.uploads)).toBe(true);
  for (const key of [indexKey('0'), indexPartKey('0', '1')]) expect(key.startsWith(objectPrefixes.people)).toBe(true);
  for (const key of [rejectPartKey(run, 0, 0), rejectsKey(run)])
    expect(key.startsWith(objectPrefixes.rejects)).toBe(true);
  expect(alikeKey(LocalDate.parse('2026-04-11'), '0').startsWith(objectPrefixes.alike)).toBe(true);
});

test('policy runs are started, and neither stopped nor answered', () => {
  const onPolicy = all.filter(({ Resource }) => JSON.stringify(Resource).includes('PolicySimulation'));
  const granted = onPolicy.flatMap(({ Action }) => Action).filter((action) => action.startsWith('states:'));
  expect(new Set(granted)).toEqual(new Set(['states:StartExecution']));
});

test.each([
  ['ClassifiedReview', functionNames.workflow],
  ['PolicySimulation', functionNames.policy],
  ['Referral', functionNames.referral],
  ['PushToDepartment', functionNames.push],
  ['DailyScan', functionNames.scan],
  ['FeedComparison', functionNames.feed],
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

test('a machine whose map is distributed may start, follow, stop and redrive the executions of its own, and nothing else of Step Functions', () => {
  const machines = [...resourcesOf(platform.stateless, 'AWS::StepFunctions::StateMachine')];
  const distributed = machines.filter(([, { Properties }]) =>
    String(Properties['DefinitionString']).includes('"DISTRIBUTED"'),
  );
  expect(distributed).not.toEqual([]);
  for (const [id, { Properties }] of machines) {
    const granted = (statements.get(referenced(Properties['RoleArn'])) ?? []).filter(({ Action }) =>
      Action.some((action) => action.startsWith('states:')),
    );
    const actions = ['DescribeExecution', 'RedriveExecution', 'StartExecution', 'StopExecution'];
    const expected = distributed.some(([each]) => each === id) ? actions.map((action) => `states:${action}`) : [];
    expect(granted.flatMap(({ Action }) => Action).toSorted()).toEqual(expected);
    for (const { Resource } of granted) expect(JSON.stringify(Resource)).toContain(id);
    // Executions of a map run are named machine/label:name, those that somebody starts machine:name.
    const redriven = granted.filter(({ Action }) => Action.includes('states:RedriveExecution'));
    for (const { Resource } of redriven) expect(JSON.stringify(Resource)).toMatch(/"\/\*:\*"\]\]\}\]$/u);
  }
});
