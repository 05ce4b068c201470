import { alertGuards } from './alert-guards.ts';
import { assistanceGuards } from './assistance-guards.ts';
import { auditGuards } from './audit-guards.ts';
import { disclosureGuards } from './disclosure-guards.ts';
import { doubleGuards } from './double-guards.ts';
import { emergencyGuards } from './emergency-guards.ts';
import { feedGuards } from './feed-guards.ts';
import { feedReadingGuards } from './feed-reading-guards.ts';
import { grievanceGuards } from './grievance-guards.ts';
import { type Guard, scope, unit, useCase } from './guard.ts';
import { householdGuards } from './household-guards.ts';
import { insightGuards } from './insight-guards.ts';
import { limitGuards } from './limit-guards.ts';
import { paymentGuards } from './payment-guards.ts';
import { referralGuards } from './referral-guards.ts';
import { reportGuards } from './report-guards.ts';
import { scanGuards } from './scan-guards.ts';
import { seedGuards } from './seed-guards.ts';
import { webhookGuards } from './webhook-guards.ts';

const store = ['tests/integration/store/commands.test.ts', 'tests/integration/store/concurrency.test.ts'];

/** Version, idempotency, lifecycle, scope and four eyes: the division scope in each place where it is kept, and a few more that nobody should miss. */
export const guards: readonly Guard[] = [
  ...limitGuards,
  ...feedGuards,
  ...feedReadingGuards,
  ...grievanceGuards,
  ...reportGuards,
  ...assistanceGuards,
  ...alertGuards,
  ...seedGuards,
  {
    name: 'version condition',
    file: 'adapters/dynamodb/commit.ts',
    written: "'#version = :version',\n          ...(states",
    // Always true, and it still uses what the request declares.
    without: "'(#version = :version OR attribute_exists(pk))',\n          ...(states",
    tests: store,
  },
  {
    name: 'version condition, seen by the use cases alone',
    file: 'adapters/dynamodb/commit.ts',
    written: "'#version = :version',\n          ...(states",
    without: "'(#version = :version OR attribute_exists(pk))',\n          ...(states",
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
    name: 'a key that stood for another request',
    file: 'functions/answered-before.ts',
    written: "  if (record.requestHash !== fingerprint) return refuse('idempotency-key-reused');\n",
    without: '',
    tests: [useCase('intake'), useCase('subscriptions')],
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
  {
    name: 'an envelope opens in its place alone',
    file: 'adapters/dynamodb/sealing.ts',
    written: '`${pk}|${sk}|${version}|${group}`',
    without: '`${group}`',
    tests: ['tests/integration/store/envelopes.test.ts'],
  },
  {
    name: 'an envelope about health that is missing is missed',
    file: 'adapters/dynamodb/household-row.ts',
    written: 'placed.size + others.length !== total',
    without: 'total < 0',
    tests: ['tests/integration/store/envelopes.test.ts'],
  },
  {
    name: 'the key of a person who is erased is destroyed',
    file: 'adapters/crypto/household-keys.ts',
    written: 'entries: keys.entries.filter((entry) => entry.personId !== personId),',
    without: 'entries: keys.entries,',
    tests: [useCase('erasure')],
  },
  {
    name: 'nobody is erased while aid is granted',
    file: 'domain/households/erasure.ts',
    written: "determination?.outcome === 'granted'",
    without: 'determination?.version === 0',
    tests: [useCase('erasure')],
  },
  {
    name: 're-wrapping undoes nobody’s write',
    file: 'adapters/dynamodb/dynamodb-key-store.ts',
    written: "ConditionExpression: '#keys = :before'",
    without: "ConditionExpression: '#keys = :before OR attribute_exists(pk)'",
    tests: [useCase('key-rotation')],
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
    name: 'a determination recorded in between is no change of facts',
    file: 'functions/record-determination/record-determination.ts',
    written: 'if ((await store.review(reviewId))?.state === reviewLifecycle.conclude.to) return { determinationId };',
    without: '',
    tests: [useCase('determinations')],
  },
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
    file: 'adapters/dynamodb/sealing.ts',
    written: '`${pk}|${sk}|',
    without: '`|${sk}|',
    tests: ['tests/integration/store/envelopes.test.ts'],
  },
  {
    name: 'what was said of a notice before anybody waited',
    file: 'functions/await-notice/await-notice.ts',
    written: '  await announceNoticeAgain(dependencies, noticeId);\n',
    without: '',
    tests: [useCase('notices')],
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
  ...auditGuards,
  ...disclosureGuards,
  ...emergencyGuards,
  ...householdGuards,
  ...insightGuards,
  ...paymentGuards,
  ...referralGuards,
  ...scanGuards,
  ...doubleGuards,
  ...webhookGuards,
];
