import { limitGuards } from './limit-guards.ts';

const store = ['tests/integration/store/commands.test.ts', 'tests/integration/store/concurrency.test.ts'];
const auditChain = ['tests/integration/audit/chain.test.ts', 'tests/integration/audit/sweep-audit.test.ts'];
const useCase = (name: string): string => `tests/integration/use-cases/${name}.test.ts`;
const unit = (name: string): string => `tests/unit/${name}.test.ts`;

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
    'task !== undefined && mayReach(principal, task) ? task : undefined',
    'task',
    [useCase('tasks')],
  ),
  scope(
    'applications',
    'functions/applications/read-application.ts',
    'application === undefined || !mayReach(principal, application)',
    'application === undefined',
    [useCase('intake')],
  ),
  scope(
    'new applications',
    'functions/applications/check-application.ts',
    'worksIn(principal, place)',
    'place.length > principal.division.length - 100',
    [useCase('intake')],
  ),
  scope(
    'reviews',
    'functions/reviews/read-review.ts',
    'review === undefined || !mayReach(principal, review)',
    'review === undefined',
    [useCase('determinations')],
  ),
  scope(
    'determinations',
    'functions/reviews/read-determination.ts',
    'determination !== undefined && mayReach(principal, determination)',
    'determination !== undefined',
    [useCase('determinations')],
  ),
  scope(
    'the county of a work list',
    'domain/access/reach.ts',
    'return places.find((place) => isWithin(place, county));',
    'return places.find((place) => isWithin(place, county)) ?? county;',
    [useCase('tasks')],
  ),
  scope(
    'the township of a work list',
    'domain/access/reach.ts',
    'places.some((place) => isWithin(county, place))',
    'places.some((place) => isWithin(county, place) || isWithin(place, county))',
    [useCase('tasks')],
  ),
  scope(
    'what other agencies handed in',
    'domain/access/reach.ts',
    'caller.agency !== null && record.agency === caller.agency',
    'caller.agency !== null',
    [useCase('agency-scope'), unit('access/reach')],
  ),
  {
    name: 'the table of permissions, asked at the edge',
    file: 'adapters/http/admission.ts',
    written: 'permission.callers[principal.role] === undefined',
    without: 'permission.does.length === 0',
    tests: [unit('http/caller')],
  },
  {
    name: 'fields that a role may not see',
    file: 'adapters/http/visible-fields.ts',
    written: 'seen.has(field)',
    without: 'seen.has(field) || field.length > 0',
    tests: [unit('access/permissions')],
  },
  {
    name: 'break-glass access for reads only',
    file: 'adapters/http/admission.ts',
    written: "does === 'read' && ",
    without: 'does.length > 0 && ',
    tests: [unit('http/break-glass-header')],
  },
  {
    name: 'break-glass access noted before it is answered',
    file: 'adapters/http/perform.ts',
    written: 'await breakGlass?.noteRead(operation.operation, record ?? null);',
    without: 'if (record === null) await breakGlass?.noteRead(operation.operation, record);',
    tests: [unit('http/break-glass-header')],
  },
  {
    name: 'break-glass access of whoever opened it',
    file: 'domain/access/break-glass.ts',
    written: 'grant === undefined || grant.subject !== subject',
    without: 'grant === undefined || subject.length === 0',
    tests: [useCase('break-glass')],
  },
  {
    name: 'the time of break-glass access',
    file: 'domain/access/break-glass.ts',
    written: " && now < grant.endsAt ? 'usable'",
    without: " && now.length > 0 ? 'usable'",
    tests: [useCase('break-glass')],
  },
  {
    name: 'the name of the key of a token',
    file: 'local/gateway/authorizer.ts',
    written: 'isTimely && protectedHeader.kid === key.publicJwk.kid ? payload',
    without: 'isTimely && protectedHeader.alg.length > 0 ? payload',
    tests: [unit('local/authorizer')],
  },
  {
    name: 'the address people return to',
    file: 'local/oidc/authorization-request.ts',
    written: '!application.redirectUris.includes(redirectUri)',
    without: '!application.redirectUris.some((uri) => redirectUri.startsWith(uri.slice(0, 9)))',
    tests: [unit('local/issuer')],
  },
  {
    name: 'the verifier of a code',
    file: 'local/oidc/codes.ts',
    written: ' === request.challenge;',
    without: ' !== undefined;',
    tests: [unit('local/issuer')],
  },
  scope('the key of a work list', 'adapters/dynamodb/keys.ts', '`TASKS#${county}`', '`TASKS#${county.slice(0, 2)}`', [
    useCase('tasks'),
  ]),
  {
    name: 'four-eyes check',
    file: 'domain/access/separation-of-duty.ts',
    written: 'done.duty === pair.done && done.subject === subject',
    without: 'done.duty === pair.done && subject.length === 0',
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
    written: 'if (conflict !== undefined) return refuse(conflict.problem);',
    without: "if (conflict?.next === 'hand-in') return refuse(conflict.problem);",
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
    '!worksIn(principal, inForce.region)',
    'inForce.region.length === 0',
    [useCase('policy-refusals')],
  ),
  scope(
    'the named list of a simulation',
    'functions/policies/read-runs.ts',
    'worksIn(principal, county) &&',
    'principal.division.length > 0 &&',
    [useCase('policy-simulation')],
  ),
];
