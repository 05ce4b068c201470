import { limitGuards } from './limit-guards.ts';

const store = ['tests/integration/store/commands.test.ts', 'tests/integration/store/concurrency.test.ts'];
const auditChain = ['tests/integration/audit/chain.test.ts', 'tests/integration/audit/sweep-audit.test.ts'];
const useCase = (name: string): string => `tests/integration/use-cases/${name}.test.ts`;

/** One thing that keeps records right, how to take it out of the source, and the tests that must turn red without it. */
export interface Guard {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly written: string;
  readonly without: string;
  readonly tests: readonly string[];
}

const scope = (what: string, file: string, written: string, without: string, tests: readonly string[]): Guard => ({
  name: `division scope: ${what}`,
  file,
  written,
  without,
  tests,
});

/** Version, idempotency, lifecycle, scope and four eyes: the division scope in each place where it is kept, and a few more that nobody should miss. */
export const guards: readonly Guard[] = [
  ...limitGuards,
  {
    name: 'version condition',
    file: 'adapters/dynamodb/commit.ts',
    written: "'#version = :version',",
    // Always true, and it still uses what the request declares.
    without: "'(#version = :version OR attribute_exists(pk))',",
    tests: store,
  },
  {
    name: 'version condition, seen by the use cases alone',
    file: 'adapters/dynamodb/commit.ts',
    written: "'#version = :version',",
    without: "'(#version = :version OR attribute_exists(pk))',",
    tests: [useCase('papers-and-withdrawal'), useCase('tasks'), useCase('sweep')],
  },
  {
    name: 'idempotency record',
    file: 'adapters/dynamodb/commit.ts',
    written: '    ...idempotencyItems(tables, newest, change),\n',
    without: '',
    tests: [...store, useCase('intake')],
  },
  {
    name: 'idempotency record, seen by the use cases alone',
    file: 'adapters/dynamodb/commit.ts',
    written: '    ...idempotencyItems(tables, newest, change),\n',
    without: '',
    tests: [useCase('intake')],
  },
  {
    name: 'lifecycle condition',
    file: 'adapters/dynamodb/commit.ts',
    written: "`#state IN (${states.join(', ')})`",
    without: "`(#state IN (${states.join(', ')}) OR attribute_exists(pk))`",
    tests: store,
  },
  {
    name: 'lifecycle of an application, before it is written',
    file: 'functions/applications/withdraw-application.ts',
    written: '!applicationLifecycle.withdraw.from.includes(application.state)',
    without: 'application.state.length === 0',
    tests: [useCase('papers-and-withdrawal')],
  },
  scope(
    'tasks',
    'functions/tasks/read-task.ts',
    'task !== undefined && isWithin(task.division, principal.division) ? task : undefined',
    'task',
    [useCase('tasks')],
  ),
  scope(
    'applications',
    'functions/applications/read-application.ts',
    'application === undefined || !isWithin(application.division, principal.division)',
    'application === undefined',
    [useCase('intake')],
  ),
  scope(
    'new applications',
    'functions/applications/check-application.ts',
    'isWithin(place, principal.division)',
    'place.length > principal.division.length - 100',
    [useCase('intake')],
  ),
  scope(
    'reviews',
    'functions/reviews/read-review.ts',
    'review === undefined || !isWithin(review.division, principal.division)',
    'review === undefined',
    [useCase('determinations')],
  ),
  scope(
    'determinations',
    'functions/reviews/read-determination.ts',
    'determination !== undefined && isWithin(determination.division, principal.division)',
    'determination !== undefined',
    [useCase('determinations')],
  ),
  scope('the county of a work list', 'functions/tasks/list-tasks.ts', 'if (!overlaps)', 'if (county.length === 0)', [
    useCase('tasks'),
  ]),
  scope(
    'the township of a work list',
    'functions/tasks/list-tasks.ts',
    'principal.division.length > 6 ? principal.division : county',
    'county',
    [useCase('tasks')],
  ),
  scope('the key of a work list', 'adapters/dynamodb/keys.ts', '`TASKS#${county}`', '`TASKS#${county.slice(0, 2)}`', [
    useCase('tasks'),
  ]),
  {
    name: 'four-eyes check',
    file: 'functions/tasks/complete-task.ts',
    written: 'review === undefined || review.assessors.includes(principal.subject)',
    without: 'review === undefined',
    tests: [useCase('tasks')],
  },
  {
    name: 'four-eyes check over all rounds',
    file: 'functions/evaluate-tiers/evaluate-tiers.ts',
    written: '...review.assessors, task.completion.by',
    without: 'task.completion.by',
    tests: [useCase('tasks')],
  },
  {
    name: 'claim on a person',
    file: 'adapters/dynamodb/commit.ts',
    written: '...key, personId, householdId, applicationId }, ...condition }',
    without: '...key, personId, householdId, applicationId } }',
    tests: [useCase('intake')],
  },
  {
    name: 'envelope bound to its record',
    file: 'adapters/dynamodb/rows.ts',
    written: '`${key.pk}|${purpose}`',
    without: '`|${purpose}`',
    tests: ['tests/integration/store/envelopes.test.ts'],
  },
  {
    name: 'closing what a failed step left open',
    file: 'functions/open-task/open-task.ts',
    written: ', ...(await abandonedWork(dependencies, review))',
    without: '',
    tests: [useCase('failed-steps')],
  },
  {
    name: 'activation bound to the simulation that was looked at',
    file: 'functions/policies/activate-policy.ts',
    written: 'body.simulationHash !== simulation.hash',
    without: 'body.simulationHash.length === 0',
    tests: [useCase('policy-refusals')],
  },
  {
    name: 'activation refused when the roster has moved',
    file: 'domain/policy-versions/result.ts',
    written: 'tenThousandths > allowed;',
    without: 'tenThousandths > allowed + 1_000_000;',
    tests: [useCase('policy-refusals')],
  },
  {
    name: 'who drafted a version may not activate it',
    file: 'functions/policies/activate-policy.ts',
    written: 'principal.subject === version.createdBy',
    without: 'version.createdBy.length === 0',
    tests: [useCase('policy-refusals')],
  },
  {
    name: 'what a policy would take waits for the county',
    file: 'domain/policy-versions/change-determination.ts',
    written: 'begins || isAdverse(standing, next)',
    without: 'begins',
    tests: [useCase('policy-activation')],
  },
  {
    name: 'one version in force, whoever concludes first',
    file: 'functions/conclude-policy-run/conclude-policy-run.ts',
    written: ' || newest !== basedOn',
    without: '',
    tests: [useCase('policy-activation')],
  },
  {
    name: 'an audit block is put where none is',
    file: 'adapters/dynamodb/audit-chain.ts',
    written: "ConditionExpression: 'attribute_not_exists(pk)'",
    without: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)'",
    tests: auditChain,
  },
  {
    name: 'an audit entry that is chained is left alone',
    file: 'functions/chain-audit/chainer.ts',
    written: '!known.entries.has(sk)',
    without: '(known.last?.at ?? "") !== now()',
    tests: auditChain,
  },
  {
    name: 'a late audit block is marked',
    file: 'functions/chain-audit/chainer.ts',
    written: 'if (closing !== undefined) return true;',
    without: 'if (closing === undefined) return false;',
    tests: auditChain,
  },
  scope(
    'audit entries',
    'functions/audit/list-entries.ts',
    '!isWithin(chain.division, principal.division)',
    'chain.division.length === 0',
    ['tests/integration/audit/audit-api.test.ts'],
  ),
  scope(
    'activation of a policy',
    'functions/policies/activate-policy.ts',
    '!isWithin(inForce.region, principal.division)',
    'inForce.region.length === 0',
    [useCase('policy-refusals')],
  ),
  scope(
    'the named list of a simulation',
    'functions/policies/read-runs.ts',
    'isWithin(county, principal.division) &&',
    'principal.division.length > 0 &&',
    [useCase('policy-simulation')],
  ),
];
