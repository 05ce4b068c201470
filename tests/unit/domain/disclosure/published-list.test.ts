import { describe, expect, test } from 'vitest';
import { versionsInForce } from '../../../../domain/catalogue/catalogue.ts';
import { LocalDate } from '../../../../domain/dates.ts';
import { fieldsAllowed, fieldsAsked, rowNeedsConsent } from '../../../../domain/disclosure/disclosure-row.ts';
import {
  fieldsOfAnyItem,
  lookupFields,
  lookupFieldWords,
  needsConsent,
} from '../../../../domain/disclosure/lookup-fields.ts';
import { faultText } from '../../../../domain/policy/pack-fault.ts';
import { checkPack } from '../../../../domain/policy/policy-pack.ts';
import { knownDivision } from '../../../../policies/divisions/divisions.ts';
import { shanxiPack, shanxiPackData } from '../../../../policies/shanxi/pack.ts';

const today = LocalDate.parse('2026-03-02');
const items = versionsInForce(shanxiPack.catalogue, ({ code }) => code, today);
const row = (changes: object) => ({
  code: 'medical.chronic-aid',
  validFrom: '2030-01-01',
  department: 'healthcare-security',
  fields: ['item.result'],
  basis: 'assumption',
  citation: 'a row of a test',
  ...changes,
});
const faultsWith = (...rows: readonly object[]): string[] =>
  checkPack({ ...shanxiPackData, disclosures: [...shanxiPackData.disclosures, ...rows] }, knownDivision).map(faultText);
const at = `disclosures.${shanxiPackData.disclosures.length}`;

describe('a row of the published list is refused when the pack loads', () => {
  test.each([
    ['for an item nobody knows', { code: 'no.such-item' }, `${at}.code: there is no item no.such-item`],
    [
      'for a department that does not lead the item',
      { department: 'education' },
      `${at}.department: education does not lead medical.chronic-aid`,
    ],
    [
      'with a field the item does not ask for',
      { fields: ['person.disability.category'] },
      `${at}.fields.0: medical.chronic-aid does not ask for person.disability.category`,
    ],
    ['with a field twice', { fields: ['item.result', 'item.result'] }, `${at}.fields.1: item.result is listed twice`],
    [
      'with a field that does not exist',
      { fields: ['person.name'] },
      `${at}.fields.0: no field of a look-up has this name`,
    ],
    ['without a field', { fields: [] }, `${at}.fields: no field at all`],
    ['without a citation', { citation: '' }, `${at}.citation: a citation is missing`],
    [
      'that does not begin after the one before',
      { validFrom: '2021-07-01' },
      `${at}.validFrom: medical.chronic-aid: dates must rise`,
    ],
  ])('%s', (_what, changes, expected) => {
    const faults = faultsWith(row(changes));
    expect(faults).toEqual([expect.stringContaining(expected)]);
  });

  test('and one without a fault is taken', () => {
    expect(faultsWith(row({ fields: ['item.result', 'person.chronicIllness'] }))).toEqual([]);
  });
});

describe('the list of Shanxi', () => {
  test('has one row for every item, for the department that leads it', () => {
    expect(shanxiPack.disclosures.map(({ code, department }) => `${code} ${department}`).toSorted()).toEqual(
      items.map(({ code, leadDepartment }) => `${code} ${leadDepartment}`).toSorted(),
    );
  });

  test('gives nobody more than the item’s own condition asks, beside the five fields of any item', () => {
    for (const disclosure of shanxiPack.disclosures) {
      const item = items.find(({ code }) => code === disclosure.code);
      const allowed = item === undefined ? [] : fieldsAllowed(item);
      expect(disclosure.fields.filter((field) => !allowed.includes(field))).toEqual([]);
    }
    expect(fieldsOfAnyItem).toHaveLength(5);
  });

  test('gives no amount of money and no diagnosis to anyone', () => {
    const given = new Set(shanxiPack.disclosures.flatMap(({ fields }) => fields));
    const never = lookupFields.filter((field) => /spending|Illness/u.test(field));
    expect(never).toHaveLength(5);
    expect(never.filter((field) => given.has(field))).toEqual([]);
  });
});

describe('consent', () => {
  test('is needed for exactly what comes of a check of means or is about health', () => {
    expect(lookupFields.filter(needsConsent)).toEqual([
      'household.dwellings',
      'household.spending.medical',
      'household.spending.education',
      'household.spending.rehabilitation',
      'person.ableToWork',
      'person.disability.certified',
      'person.disability.category',
      'person.disability.level',
      'person.majorIllness',
      'person.chronicIllness',
      'person.selfCareFailed',
    ]);
  });

  test('is needed for a result that was worked out from such a fact, though the fact itself is not told', () => {
    const item = items.find(({ code }) => code === 'charity.red-cross');
    const disclosure = shanxiPack.disclosures.find(({ code }) => code === 'charity.red-cross');
    if (item === undefined || disclosure === undefined) throw new Error('the item is gone');
    expect(disclosure.fields).toEqual(['item.result']);
    expect(fieldsAsked(item)).toEqual(['person.majorIllness']);
    expect(rowNeedsConsent(disclosure, item)).toBe(true);
    expect(rowNeedsConsent({ ...disclosure, fields: ['person.tier'] }, item)).toBe(false);
  });
});

test('every field has a name in both languages', () => {
  for (const field of lookupFields) {
    expect(lookupFieldWords(field).zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(lookupFieldWords(field).en).toMatch(/[a-z]/u);
  }
});
