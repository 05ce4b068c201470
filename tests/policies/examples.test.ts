import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SubmitApplicationBody } from '../../contracts/api/applications.ts';
import { type Instant, Instant as InstantSchema, LocalDate } from '../../domain/dates.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import { reasons } from '../../domain/eligibility/explain.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { factKinds } from '../../domain/facts/fact-kinds.ts';
import type { Household } from '../../domain/households/household.ts';
import { isWellFormedAccount } from '../../domain/payments/account.ts';
import { parseResidentId } from '../../domain/people/resident-id.ts';
import { assembleApplication } from '../../functions/applications/assemble-application.ts';
import { findDivision } from '../../policies/divisions/divisions.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';

const folder = resolve(import.meta.dirname, '..', '..', 'examples', 'applications');
const today = LocalDate.parse('2026-03-02');
const at: Instant = InstantSchema.parse('2026-03-02T01:00:00.000Z');

const read = (file: string): SubmitApplicationBody =>
  SubmitApplicationBody.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));

/** The household as a submission of the file would store it, and what it lacks. */
const submitted = (file: string) => {
  const body = read(file);
  const residentIds = body.members.map(({ residentId }) => {
    const parsed = parseResidentId(residentId, today);
    if (!parsed.ok) throw new Error(`${file}: ${parsed.fault}`);
    return parsed.value;
  });
  let count = 0;
  const newId = (): string => {
    count += 1;
    return String(count).padStart(32, '0');
  };
  const known = { people: body.members.map(() => undefined), household: undefined };
  const parts = {
    newId,
    body,
    residentIds,
    known,
    division: body.residenceDivision,
    submittedBy: 'examples',
    agency: null,
  };
  const { household, answer } = assembleApplication(parts, at);
  return { household: household.household, missing: answer.missingPapers, members: answer.members };
};

const evaluated = (file: string): Evaluation => evaluate(submitted(file).household, shanxiPack, today);

const assessed = (household: Household, kind: keyof typeof factKinds, value: number): Household => ({
  ...household,
  facts: [
    ...household.facts,
    Fact.parse({
      kind,
      subject: household.members[0]?.personId,
      value,
      unit: factKinds[kind].unit,
      dataset: 'field-assessment',
      asOf: today,
      recordedAt: at,
    }),
  ],
});

describe('the example applications', () => {
  it('are five, each of one township that exists', () => {
    const files = readdirSync(folder);
    expect(files).toHaveLength(5);
    for (const file of files) {
      const { registeredDivision, residenceDivision } = read(file);
      expect(findDivision(registeredDivision)).toMatchObject({ name: '台城镇', level: 'township' });
      expect(residenceDivision).toBe(registeredDivision);
    }
  });

  it('name nobody who lives: every resident ID is of the block 1499', () => {
    const ids = readdirSync(folder).flatMap((file) => read(file).members.map(({ residentId }) => residentId));
    expect(ids.filter((id) => !id.startsWith('1499'))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give accounts that could exist, each its own, or none', () => {
    const numbers = readdirSync(folder).flatMap((file) => read(file).account?.number ?? []);
    expect(numbers.map(isWellFormedAccount)).toEqual([true, true]);
    expect(new Set(numbers).size).toBe(2);
  });

  it.each([
    ['a-rural-couple.json', 'MINIMUM_LIVING_ALLOWANCE', 49_200],
    ['b-disabled-daughter.json', 'MARGINAL', 37_680],
    ['c-car-and-savings.json', 'NONE', 0],
    ['e-hospital-costs.json', 'RIGID_EXPENDITURE', 0],
  ])('%s is decided as %s, with %i fen a month', (file, tier, fen) => {
    const evaluation = evaluated(file);
    expect(evaluation).toMatchObject({ status: 'decided', householdTier: tier });
    expect(evaluation.entitlements.reduce((sum, { amount }) => sum + amount, 0)).toBe(fen);
  });

  it('lets the disabled daughter alone enter the allowance', () => {
    expect(evaluated('b-disabled-daughter.json').memberTiers.map(({ tier }) => tier)).toEqual([
      'AS_HOUSEHOLD',
      'AS_HOUSEHOLD',
      'SINGLE_PERSON_ENTRY',
    ]);
  });

  it('tells the refused family what would change the result', () => {
    expect(reasons(evaluated('c-car-and-savings.json'), 'en').join(' ')).toMatch(
      /If financial assets were at most 45216 yuan and motor vehicles were at most 0, the result would be minimum living allowance/u,
    );
  });

  it('leaves the old man undecided until the visit has rated how he looks after himself', () => {
    const { household } = submitted('d-old-and-alone.json');
    expect(evaluate(household, shanxiPack, today)).toMatchObject({ status: 'cannot-decide', entitlements: [] });
    const after = evaluate(assessed(household, 'self-care.failed', 2), shanxiPack, today);
    expect(after).toMatchObject({ status: 'decided', householdTier: 'EXTREME_HARDSHIP' });
    expect(after.entitlements.map(({ amount }) => amount)).toEqual([64_480, 30_000]);
  });

  it('is short of papers in one file only, and of four at once', () => {
    const missing = Object.fromEntries(
      readdirSync(folder).map((file) => [file, submitted(file).missing.map(({ kind }) => kind)]),
    );
    expect(missing).toEqual({
      'a-rural-couple.json': [],
      'b-disabled-daughter.json': ['household-register', 'income-proof', 'consent', 'disability-certificate'],
      'c-car-and-savings.json': [],
      'd-old-and-alone.json': [],
      'e-hospital-costs.json': [],
    });
  });
});
