import { type Instant, LocalDate } from '../../../domain/dates.ts';
import { evaluate } from '../../../domain/eligibility/evaluate.ts';
import type { Evaluation, TestLine } from '../../../domain/eligibility/evaluation.ts';
import { type FactKind, factKinds } from '../../../domain/facts/fact-kinds.ts';
import { Household, type HouseholdMember } from '../../../domain/households/household.ts';
import { HouseholdId, PersonId } from '../../../domain/ids.ts';
import type { PolicyPack } from '../../../domain/policy/policy-pack.ts';
import { parsePolicyPack } from '../../../domain/policy/policy-pack.ts';
import { shanxiPack, shanxiPackData } from '../../../policies/shanxi/pack.ts';

export const today = LocalDate.parse('2026-11-24');
export const date = (text: string): LocalDate => LocalDate.parse(text);
export const yuan = (amount: number): number => Math.round(amount * 100);
export const householdId = HouseholdId.parse(`hh_${'0'.repeat(32)}`);
export const person = (number: number): PersonId => PersonId.parse(`per_${String(number).padStart(32, '0')}`);

type Values = Partial<Record<FactKind, unknown>>;
export interface MemberOptions extends Partial<Omit<HouseholdMember, 'personId'>> {
  facts?: Values;
  asOf?: string;
}
export interface HouseholdOptions {
  settlement?: 'urban' | 'rural';
  division?: string;
  facts?: Values;
  asOf?: string;
}

const factsAbout = (subject: string, values: Values, asOf: string): unknown[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([kind, value]) => ({
      kind,
      subject,
      value,
      unit: factKinds[kind as FactKind].unit,
      dataset: 'declaration',
      asOf,
      recordedAt: `${asOf}T00:00:00.000Z`,
    }));

/** Property within every limit: one dwelling and nothing else. */
export const modestProperty: Values = {
  'asset.financial': 0,
  'asset.dwellings': 1,
  'asset.vehicles': 0,
  'asset.businesses': 0,
  'asset.non-residential': 0,
};

/** A household as it comes from the store: parsed, with modest property unless told otherwise (`undefined` leaves a fact out). */
export const householdOf = (members: readonly MemberOptions[], options: HouseholdOptions = {}): Household => {
  const asOf = options.asOf ?? '2026-10-01';
  const division = options.division ?? '140105001';
  return Household.parse({
    householdId,
    registeredDivision: division,
    residenceDivision: division,
    settlement: options.settlement ?? 'rural',
    members: members.map(({ facts: _facts, asOf: _asOf, ...member }, index) => ({
      personId: person(index + 1),
      relation: index === 0 ? 'applicant' : 'spouse',
      birthDate: '1980-01-01',
      sex: 'female',
      fullTimeStudent: false,
      notCounted: null,
      tier: 'NONE',
      deceasedOn: null,
      ...member,
    })),
    facts: [
      ...members.flatMap((member, index) => factsAbout(person(index + 1), member.facts ?? {}, member.asOf ?? asOf)),
      ...factsAbout(householdId, { ...modestProperty, ...options.facts }, asOf),
    ],
    tier: 'NONE',
  });
};

export const decide = (household: Household, pack: PolicyPack = shanxiPack, on: LocalDate = today): Evaluation =>
  evaluate(household, pack, on);

export const lineOf = (evaluation: Evaluation, code: string, subject?: string): TestLine => {
  const line = evaluation.tests.find(
    (test) => test.code === code && (subject === undefined || test.subject === subject),
  );
  if (line === undefined) throw new Error(`no test line ${code}`);
  return line;
};

export const monthlyTotal = ({ entitlements }: Evaluation): number =>
  entitlements.reduce((total, { amount }) => total + amount, 0);

type PackData = typeof shanxiPackData;

/** The Shanxi pack with some parameters changed in value. */
export const packWith = (changes: Partial<Record<keyof PackData['parameters'], unknown>>): PolicyPack => {
  const parameters = structuredClone(shanxiPackData.parameters) as Record<string, { value: unknown }[]>;
  for (const [key, value] of Object.entries(changes)) {
    parameters[key] = (parameters[key] ?? []).map((dated) => ({ ...dated, value }));
  }
  return parsePolicyPack({ ...shanxiPackData, version: 'shanxi-changed', parameters }, () => true);
};

export const instant = (text: string): Instant => text as Instant;
