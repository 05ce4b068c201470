import type { Evaluation, TestLine } from '../../domain/eligibility/evaluation.ts';
import { reasons } from '../../domain/eligibility/explain.ts';
import type { PolicyCase } from './case-file.ts';
import { memberId } from './case-household.ts';

/** What a case expects of a test, found by its code and, where it says so, by its member: "extreme-hardship.income of 2". */
const linesCalled = ({ tests }: Evaluation, name: string): readonly TestLine[] => {
  const [code, member] = name.split(' of ');
  const subject = member === undefined ? null : memberId(Number(member));
  return tests.filter((line) => line.code === code && (subject === null || line.subject === subject));
};

const differs = (what: string, expected: unknown, found: unknown): string[] =>
  JSON.stringify(expected) === JSON.stringify(found)
    ? []
    : [`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];

const monthlyOf = ({ entitlements }: Evaluation): number =>
  entitlements.reduce((total, { amount, period }) => total + (period === 'month' ? amount : 0), 0);

const testDifferences = (evaluation: Evaluation, { because }: PolicyCase['expect']): string[] =>
  Object.entries(because).flatMap(([name, expected]) => {
    const found = [...new Set(linesCalled(evaluation, name).map(({ result }) => result))];
    return differs(name, [expected], found);
  });

const paid = (evaluation: Evaluation, { pays }: PolicyCase['expect']): string[] => {
  if (pays === undefined) return [];
  const expected = pays.map(({ item, member, monthly }) => [item, member ? memberId(member) : null, monthly]);
  const found = evaluation.entitlements.map(({ item, personId, amount }) => [item, personId, amount]);
  return differs('pays', expected.toSorted(), found.toSorted());
};

/**
 * Where a decision differs from what a case expects of its outcome: status, tier, members' tiers, money, and the results of the
 * tests it names. Empty when they agree.
 */
export const outcomeDifferences = (written: PolicyCase, evaluation: Evaluation): readonly string[] => {
  const { expect } = written;
  const tiers = evaluation.memberTiers.map(({ tier }) => tier);
  return [
    ...differs('status', expect.status, evaluation.status),
    ...differs('tier', expect.tier, evaluation.householdTier),
    ...differs('monthly, in fen', expect.monthly, monthlyOf(evaluation)),
    ...(expect.members === undefined ? [] : differs('members', expect.members, tiers)),
    ...(expect['poverty-return'] === undefined
      ? []
      : differs('poverty-return', expect['poverty-return'], evaluation.povertyReturnMonitoring)),
    ...paid(evaluation, expect),
    ...testDifferences(evaluation, expect),
  ];
};

const inWrittenUnit = (line: TestLine): number | null => {
  if (line.distance === null) return null;
  return line.unit.startsWith('fen') ? line.distance / 100 : line.distance;
};

const distanceDifferences = (written: PolicyCase, evaluation: Evaluation): string[] =>
  Object.entries(written.expect.distance).flatMap(([name, expected]) => {
    const found = [...new Set(linesCalled(evaluation, name).map(inWrittenUnit))];
    return differs(`distance of ${name}`, [expected], found);
  });

const sentenceDifferences = (written: PolicyCase, evaluation: Evaluation): string[] =>
  (['zh', 'en'] as const).flatMap((language) => {
    const told = reasons(evaluation, language);
    const has = (fragment: string): boolean => told.some((sentence) => sentence.includes(fragment));
    const missing = (written.expect.says?.[language] ?? []).filter((fragment) => !has(fragment));
    const unwanted = (written.expect['never-says']?.[language] ?? []).filter(has);
    return [
      ...missing.map((fragment) => `${language} does not say "${fragment}" but: ${told.join(' ')}`),
      ...unwanted.map((fragment) => `${language} says "${fragment}"`),
    ];
  });

/** Every way in which a decision and its reasons differ from what a case expects; empty when they agree. */
export const differencesFrom = (written: PolicyCase, evaluation: Evaluation): readonly string[] => [
  ...outcomeDifferences(written, evaluation),
  ...distanceDifferences(written, evaluation),
  ...sentenceDifferences(written, evaluation),
];
