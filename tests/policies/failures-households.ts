import fc from 'fast-check';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import { householdTiers } from '../../domain/eligibility/tiers.ts';
import { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import type { Household, HouseholdMember } from '../../domain/households/household.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { completeHouseholds } from '../unit/domain/eligibility/households.arbitrary.ts';
import { date, decide, householdOf, type MemberOptions } from '../unit/domain/household-builder.ts';
import { withStandards } from './changed-packs.ts';

/** The standards of these tests, so that a county's new figure changes none of them. */
export const standards = { urban: 62_800, rural: 49_600 };
export const pack = withStandards(shanxiPack, { 14: standards });
export const decided = (household: Household): Evaluation => decide(household, pack);
export const rank = ({ householdTier }: Evaluation): number => householdTiers.indexOf(householdTier);

export const alone = (income: number, facts: Record<string, unknown> = {}): Household =>
  householdOf([{ facts: { 'income.wages': income } }], { facts });
export const couple = (income: number, second: MemberOptions = {}, facts: Record<string, unknown> = {}): Household =>
  householdOf([{ facts: { 'income.wages': income } }, { facts: { 'income.other': 0 }, ...second }], { facts });
export const oldPerson: MemberOptions = {
  birthDate: date('1950-01-01'),
  facts: { 'income.other': 0, 'supporters.capable': 0, 'self-care.failed': 0 },
};

/** The household with one more report, newer than any it has unless said otherwise. */
export const reported = (
  household: Household,
  subject: string,
  kind: FactKind,
  value: unknown,
  { asOf = '2026-11-01', dataset = 'declaration' }: { asOf?: string; dataset?: Fact['dataset'] } = {},
): Household => ({
  ...household,
  facts: [
    ...household.facts,
    Fact.parse({
      kind,
      subject,
      value,
      unit: factKinds[kind].unit,
      dataset,
      asOf,
      recordedAt: `${asOf}T00:00:00.000Z`,
    }),
  ],
});

export const numberIn = (household: Household, subject: string, kind: FactKind): number => {
  const value = household.facts.find((fact) => fact.kind === kind && fact.subject === subject)?.value;
  return typeof value === 'number' ? value : 0;
};

/** The household with one of its members changed. */
export const changed = (
  household: Household,
  member: HouseholdMember,
  change: Partial<HouseholdMember>,
): Household => ({
  ...household,
  members: household.members.map((each) => (each.personId === member.personId ? { ...each, ...change } : each)),
});

/** A generated household together with one of its members. */
export const withMember = completeHouseholds.chain((household) =>
  fc.constantFrom(...household.members).map((member) => ({ household, member })),
);

/** A household with one member earning a fen more in a year. */
export const aFenRicher = (household: Household, { personId }: HouseholdMember): Household =>
  reported(household, personId, 'income.wages', numberIn(household, personId, 'income.wages') + 1);
