import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { publishedResponse, visibleTo } from '../../../adapters/http/visible-fields.ts';
import { isPublic, permissionOf } from '../../../contracts/access.ts';
import { type OperationId, routes } from '../../../contracts/api/routes.ts';
import { answers, fieldsSeenBy } from '../../../domain/access/field-groups.ts';
import { callersOf, permissions } from '../../../domain/access/permissions.ts';
import { type Actor, callerRoles } from '../../../domain/access/roles.ts';
import { alertLifecycle } from '../../../domain/lifecycles/alert.ts';
import { applicationLifecycle } from '../../../domain/lifecycles/application.ts';
import { assistanceEntryLifecycle } from '../../../domain/lifecycles/assistance-entry.ts';
import { breakGlassLifecycle } from '../../../domain/lifecycles/break-glass.ts';
import { emergencyAidLifecycle } from '../../../domain/lifecycles/emergency-aid.ts';
import { feedLifecycle } from '../../../domain/lifecycles/feed.ts';
import { grievanceLifecycle } from '../../../domain/lifecycles/grievance.ts';
import { noticeLifecycle } from '../../../domain/lifecycles/notice.ts';
import { paymentRunLifecycle } from '../../../domain/lifecycles/payment-run.ts';
import { policyVersionLifecycle } from '../../../domain/lifecycles/policy-version.ts';
import { reportLifecycle } from '../../../domain/lifecycles/report.ts';
import { taskLifecycle } from '../../../domain/lifecycles/task.ts';
import { withAccessTables } from '../../../functions/access-table.ts';
import { allOperations } from '../../../functions/api-document.ts';

const operationIds = Object.keys(routes) as OperationId[];

describe('the table of permissions', () => {
  test('has a line for each route, and no other', () => {
    expect(Object.keys(permissions).toSorted()).toEqual(operationIds.toSorted());
  });

  test.each(operationIds)('%s is for the public exactly if its route takes no token', (operation) => {
    const roles = callersOf(permissionOf(operation));
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.includes('public')).toBe(isPublic(operation));
    if (isPublic(operation)) expect(roles).toEqual(['public']);
  });

  test.each(operationIds)('%s is a read exactly if its method is GET', (operation) => {
    expect(permissionOf(operation).does).toBe(routes[operation].method === 'GET' ? 'read' : 'write');
  });

  test.each(operationIds)('%s opens to an agency what is its own, and to nobody else by that scope', (operation) => {
    for (const [role, scope] of Object.entries(permissionOf(operation).callers)) {
      const ofAgencies = [
        'own-agency',
        'own-items',
        'own-entries',
        'own-department',
        'own-datasets',
        'own-subscription',
      ];
      expect(role === 'agency').toBe(ofAgencies.includes(scope));
    }
  });

  const callersIn = (by: readonly Actor[]) => callerRoles.filter((role) => by.includes(role)).toSorted();
  test.each([
    ['supplementApplication', applicationLifecycle.supplement.by],
    ['withdrawApplication', applicationLifecycle.withdraw.by],
    ['objectToNotice', noticeLifecycle.object.by],
    ['extendTask', taskLifecycle.extend.by],
    ['withdrawPolicy', policyVersionLifecycle.withdraw.by],
    ['recordDelivery', assistanceEntryLifecycle.deliver.by],
    ['endAssistance', assistanceEntryLifecycle.end.by],
    ['endBreakGlass', breakGlassLifecycle.end.by],
    ['payEmergencyAid', emergencyAidLifecycle.pay.by],
    ['supplyEmergencyPapers', emergencyAidLifecycle['supply-papers'].by],
    ['closeEmergencyAid', emergencyAidLifecycle.close.by],
    ['closeEmergencyAid', emergencyAidLifecycle.withdraw.by],
    ['disposeAlert', alertLifecycle.dispose.by],
    ['acceptGrievance', grievanceLifecycle.accept.by],
    ['acceptGrievance', grievanceLifecycle.refuse.by],
    ['decideGrievance', grievanceLifecycle.uphold.by],
    ['decideGrievance', grievanceLifecycle.reject.by],
    ['withdrawGrievance', grievanceLifecycle.withdraw.by],
    ['followUpReport', reportLifecycle['follow-up'].by],
    ['endReport', reportLifecycle['find-known'].by],
    ['endReport', reportLifecycle['not-find'].by],
    ['applyFromReport', reportLifecycle['take-application'].by],
    ['releasePaymentRun', paymentRunLifecycle.release.by],
    ['checkFeed', feedLifecycle.check.by],
    ['commitFeed', feedLifecycle.commit.by],
    ['discardFeed', feedLifecycle.discard.by],
  ] as const)('%s is for whom the lifecycle lets make the move', (operation, by) => {
    expect(callersOf(permissions[operation]).toSorted()).toEqual(callersIn(by));
  });

  test('is what docs/access.md says; `npm run openapi` writes it anew', () => {
    const document = readFileSync(new URL('../../../docs/access.md', import.meta.url), 'utf8');
    expect(withAccessTables(document)).toBe(document);
  });
});

const withGroups = allOperations().flatMap(({ operation, response }) => {
  const { answer } = permissionOf(operation);
  return answer === undefined ? [] : [{ operation, response, answer }];
});

describe('the fields of an answer', () => {
  test('are restricted somewhere', () => {
    expect(withGroups.map(({ operation }) => operation)).toContain('readApplication');
  });

  test.each(withGroups)('of $operation are each in exactly one group', ({ response, answer }) => {
    const { shape } = z.instanceof(z.ZodObject).parse(response);
    const grouped = Object.values(answers[answer]).flatMap(({ fields }) => [...fields]);
    expect(grouped.toSorted()).toEqual(Object.keys(shape).toSorted());
  });

  test('of an application are, for an agency, what it handed in and where it stands', () => {
    expect([...fieldsSeenBy('application', 'agency')].toSorted()).toEqual(
      [
        'acceptedOn',
        'applicationId',
        'consentToNextTier',
        'members',
        'missingPapers',
        'state',
        'submittedAt',
      ].toSorted(),
    );
    const body = { applicationId: 'a', state: 'accepted', reviewId: 'r', papers: [], invented: 1 };
    expect(visibleTo('readApplication', 'agency', body)).toEqual({ applicationId: 'a', state: 'accepted' });
    expect(visibleTo('readApplication', 'approver', body)).toEqual({
      ...{ applicationId: 'a', state: 'accepted', reviewId: 'r', papers: [] },
    });
  });

  test('of a task are, for an auditor, not the people', () => {
    const body = { taskId: 't', members: [{ maskedName: '张*' }] };
    expect(visibleTo('readTask', 'auditor', body)).toEqual({ taskId: 't' });
    expect(visibleTo('readTask', 'approver', body)).toEqual(body);
  });

  test('of an answer that everybody sees whole are left as they are', () => {
    expect(visibleTo('readReview', 'auditor', { any: 1 })).toEqual({ any: 1 });
  });

  test.each(withGroups)('of $operation that not every caller sees are optional in the API document', (it) => {
    const published = z.instanceof(z.ZodObject).parse(publishedResponse(it)).shape;
    const roles = callersOf(permissionOf(it.operation));
    for (const [field, schema] of Object.entries(published)) {
      const isForAll = roles.every((role) => fieldsSeenBy(it.answer, role).has(field));
      expect(z.instanceof(z.ZodType).parse(schema).safeParse(undefined).success, field).toBe(!isForAll);
    }
  });
});
