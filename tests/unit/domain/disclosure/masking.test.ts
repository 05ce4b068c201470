import { expect, test } from 'vitest';
import { callerRoles } from '../../../../domain/access/roles.ts';
import { accessRecordReaders, householdSight } from '../../../../domain/disclosure/household-rules.ts';
import { identityFieldsFor, identityRules } from '../../../../domain/disclosure/identity-rules.ts';
import { maskedIdentity, maskedResidentId } from '../../../../domain/disclosure/masking.ts';
import { newestFacts } from '../../../../domain/disclosure/newest-facts.ts';
import { identityPurposes, lookupPurposes, purposeCodes, purposes } from '../../../../domain/disclosure/purposes.ts';
import type { Fact } from '../../../../domain/facts/fact.ts';
import { residentId } from '../../../support/people.ts';

test('a resident ID shows its first six characters and its last', () => {
  const id = residentId('1958-03-12', 17);
  const masked = maskedResidentId(id);
  expect(masked).toBe(`149901***********${id.slice(-1)}`);
  expect(masked).toHaveLength(18);
  expect(masked.slice(6, 17)).toBe('*'.repeat(11));
});

test('what is no resident ID of 18 shows nothing at all', () => {
  for (const text of ['', '149901580312001', '1499015803120011499015803120011']) {
    expect(maskedResidentId(text)).toBe('*'.repeat(18));
  }
});

test.each([
  ['张三', '张*'],
  ['欧阳测试', '欧***'],
  ['李', '李*'],
  ['𠮷田', '𠮷*'],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskedIdentity({ personId: 'per_0' as never, name, residentId: null })).toEqual({
    name: shown,
    residentId: null,
  });
});

test('every purpose has its words in both languages, and is one of officers or one of agencies or goes with a role', () => {
  for (const { zh, en } of Object.values(purposes)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(en).toMatch(/[a-z]/u);
  }
  const used = new Set([
    ...identityPurposes,
    ...lookupPurposes,
    ...Object.values(householdSight).map(({ purpose }) => purpose),
    ...Object.values(accessRecordReaders),
  ]);
  expect([...used].toSorted()).toEqual([...purposeCodes].toSorted());
});

/** The table, told once more by hand: who may open how many fields for what. A field that is added here needs a reason. */
test('who may unmask what for which purpose is exactly this', () => {
  const cells = callerRoles.flatMap((role) =>
    identityPurposes.map((purpose) =>
      [role, purpose, identityFieldsFor(role, purpose)?.join(' ') ?? 'nothing'].join(': '),
    ),
  );
  expect(cells.filter((cell) => !cell.endsWith('nothing'))).toEqual([
    'township-worker: field-visit: name residentId birthDate phone',
    'township-worker: identity-check: name residentId birthDate',
    'township-worker: objection: name',
    'county-worker: field-visit: name residentId birthDate phone',
    'county-worker: identity-check: name residentId birthDate',
    'county-worker: payment: name residentId account',
    'county-worker: objection: name',
    'approver: identity-check: name residentId birthDate',
    'approver: objection: name',
    'provincial: objection: name residentId',
    'auditor: audit: name residentId',
  ]);
  expect(Object.keys(identityRules).toSorted()).toEqual([...callerRoles].toSorted());
});

test('facts are seen by those who assess and confirm only', () => {
  const seeing = callerRoles.filter((role) => householdSight[role]?.facts === true);
  expect(seeing).toEqual(['township-worker', 'county-worker', 'approver']);
  expect(callerRoles.filter((role) => householdSight[role] === undefined)).toEqual([
    'administrator',
    'agency',
    'public',
  ]);
});

test('of two facts of one kind about one subject the newest as-of counts, and of those the one recorded last', () => {
  const fact = (asOf: string, recordedAt: string, value: number, subject = 'per_1') =>
    ({ kind: 'income.wages', subject, value, asOf, recordedAt }) as unknown as Fact;
  const facts = [
    fact('2026-01-02', '2026-01-05', 1),
    fact('2026-01-01', '2026-01-09', 2),
    fact('2026-01-02', '2026-01-06', 3),
    fact('2026-01-01', '2026-01-01', 4, 'per_2'),
  ];
  expect(newestFacts(facts).map(({ value }) => value)).toEqual([3, 4]);
});
