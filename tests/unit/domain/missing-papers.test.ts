import { describe, expect, it } from 'vitest';
import { missingPapers } from '../../../domain/households/missing-papers.ts';
import { MissingPaper, Paper, paperAbout, paperKinds } from '../../../domain/households/papers.ts';
import { date, type HouseholdOptions, householdOf, type MemberOptions, person, today } from './household-builder.ts';

const missing = (
  members: readonly MemberOptions[],
  options: HouseholdOptions = {},
  onFile: readonly Paper[] = [],
): string[] =>
  missingPapers({ ...householdOf(members, options), date: today }, onFile).map(({ kind, personId }) =>
    personId === null ? kind : `${kind} of ${Number(personId.slice(4))}`,
  );

describe('the one list of what is missing (D57 article 10)', () => {
  it('names the papers every household needs', () => {
    expect(missing([{}])).toStrictEqual([
      'household-register',
      'truth-declaration',
      'identity-document of 1',
      'consent of 1',
    ]);
  });

  it('asks consent of everyone of 18, and of nobody younger', () => {
    const child = (birthDate: string) => missing([{}, { birthDate: date(birthDate) }]);
    expect(child('2008-11-24')).toContain('consent of 2');
    expect(child('2008-11-25')).not.toContain('consent of 2');
    expect(child('2008-11-25')).toContain('identity-document of 2');
  });

  it('asks for proof of an income that is declared, and not of none', () => {
    expect(missing([{ facts: { 'income.wages': 1 } }])).toContain('income-proof of 1');
    expect(missing([{ facts: { 'income.wages': 0 } }])).not.toContain('income-proof of 1');
    expect(missing([{ facts: { 'income.exempt': 500 } }])).not.toContain('income-proof of 1');
  });

  it('asks for certificates of what is declared about a member', () => {
    const facts = { 'disability': { category: 'visual', level: 1 }, 'illness.major': true };
    expect(missing([{}, { facts }])).toEqual(
      expect.arrayContaining(['disability-certificate of 2', 'illness-diagnosis of 2']),
    );
    expect(missing([{ facts: { 'illness.major': false } }])).not.toContain('illness-diagnosis of 1');
    expect(missing([{ fullTimeStudent: true }])).toContain('enrolment-certificate of 1');
  });

  it('asks for receipts of each kind of spending that is declared', () => {
    const spending = { 'expenditure.medical': 1, 'expenditure.education': 2, 'expenditure.rehabilitation': 0 };
    const list = missing([{}], { facts: spending });
    expect(list).toEqual(expect.arrayContaining(['medical-receipts', 'education-receipts']));
    expect(list).not.toContain('rehabilitation-receipts');
  });

  it('asks nothing of the dead, and of those who are not counted only who they are', () => {
    expect(missing([{}, { deceasedOn: date('2026-11-24') }])).not.toContain('identity-document of 2');
    const away = missing([{}, { notCounted: 'imprisoned', facts: { 'income.wages': 5 } }]);
    expect(away.filter((paper) => paper.endsWith('of 2'))).toStrictEqual(['identity-document of 2']);
  });

  it('no longer names what is on file, of the person it is about', () => {
    const paper = (kind: Paper['kind'], number: number | null) =>
      Paper.parse({ kind, personId: number === null ? null : person(number), receivedOn: today });
    const onFile = [paper('household-register', null), paper('identity-document', 2), paper('consent', 1)];
    expect(missing([{}, {}], {}, onFile)).toStrictEqual([
      'truth-declaration',
      'identity-document of 1',
      'consent of 2',
    ]);
    const all = missingPapers({ ...householdOf([{}, {}]), date: today }, []).map((each) => ({
      ...each,
      receivedOn: today,
    }));
    expect(missing([{}, {}], {}, all)).toStrictEqual([]);
  });

  it('names nothing twice, and only kinds that are known, about whom they are about', () => {
    const members = [{ facts: { 'income.wages': 1, 'income.business': 2, 'income.other': 3 } }, {}];
    const list = missingPapers({ ...householdOf(members), date: today }, []);
    expect(new Set(list.map(({ kind, personId }) => `${kind} ${personId}`)).size).toBe(list.length);
    for (const paper of list) {
      expect(MissingPaper.safeParse(paper).success).toBe(true);
      expect(paperAbout[paper.kind]).toBe(paper.personId === null ? 'household' : 'person');
    }
    expect(Object.keys(paperAbout)).toStrictEqual([...paperKinds]);
  });
});
