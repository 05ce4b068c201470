import type { PovertyReturnKind } from '../facts/choices.ts';
import type { PersonId } from '../ids.ts';
import { dividedDown } from '../policy/shares.ts';
import {
  type AllowanceShares,
  allowanceAmount,
  extremeHardshipSupport,
  householdAllowance,
  singleEntryAllowances,
} from './entitlements.ts';
import type { Entitlement, Evaluation } from './evaluation.ts';
import { type ExtremeHardship, extremeHardship } from './extreme-hardship.ts';
import type { Finding } from './finding.ts';
import { type Income, incomeOf } from './income.ts';
import { marginal } from './marginal.ts';
import { type Allowance, minimumLivingAllowance } from './minimum-living-allowance.ts';
import { otherLowIncome } from './other-low-income.ts';
import { povertyReturn } from './poverty-return.ts';
import { propertyOf } from './property.ts';
import { rigidExpenditure } from './rigid-expenditure.ts';
import { type OwnEntry, singlePersonEntry } from './single-person-entry.ts';
import type { Counted, Situation } from './situation.ts';
import { and, type Verdict } from './three-valued.ts';
import { type HouseholdTier, householdTiers, type MemberTier } from './tiers.ts';
import { type WorkRefusals, workRefusals } from './work-refusal.ts';

/** A decision with what it rests on, before anyone reads it: the lean form from which the trace is made. */
export interface Decision {
  readonly situation: Situation;
  readonly status: Evaluation['status'];
  readonly tier: HouseholdTier;
  /** One for each member of the household, in its order. */
  readonly memberTiers: readonly MemberTier[];
  readonly povertyReturn: PovertyReturnKind | null;
  /** In fen a month; null when some income is unknown. */
  readonly perCapitaMonthlyIncome: number | null;
  readonly entitlements: readonly Entitlement[];
  /** Every test of every tier in statutory order, also those below the tier that was found. */
  readonly findings: readonly Finding[];
}

/** What all tests found, before a tier is chosen. */
interface Found {
  readonly situation: Situation;
  readonly income: Income;
  readonly hardship: ExtremeHardship;
  readonly allowance: Allowance;
  readonly entry: readonly OwnEntry[];
  readonly refusals: WorkRefusals;
  /** In the order of `householdTiers`, without the last: NONE has no tests. */
  readonly verdicts: readonly Verdict[];
}

/** The members whose income is tested for the household's tiers, and who are its heads. */
const testedMembers = ({ plan, counted }: Situation, { members }: ExtremeHardship): readonly Counted[] => {
  if (plan.settings['members.extreme_hardship_counted'].value) return counted;
  const others = members.filter(({ verdict }) => verdict !== 'pass').map((member) => member.counted);
  return others.length > 0 ? others : counted;
};

const shareOf = ({ hardship, entry, allowance, refusals }: Found): AllowanceShares => ({
  paid: hardship.members.filter(({ verdict }) => verdict !== 'pass').length,
  refusing: refusals.refusing,
  entrants: entry.filter(({ verdict }) => verdict === 'pass').length,
  grace: allowance.grace?.amount ?? 0,
});

/** Whether members of whom something is unknown could change who receives what in this tier. */
const sharesAreOpen = (found: Found, tier: HouseholdTier): boolean => {
  const openEntrants = found.entry.filter(({ verdict }) => verdict === 'unknown').length;
  if (tier === 'MARGINAL') return openEntrants > 0;
  if (tier !== 'MINIMUM_LIVING_ALLOWANCE') return false;
  const { situation, income, allowance, refusals } = found;
  if (allowance.grace?.found.result === 'unknown') return true;
  if (openEntrants === 0 && refusals.open === 0) return false;
  const sure = shareOf(found);
  const amount = allowanceAmount(situation, income, sure);
  const others = [
    { ...sure, entrants: sure.entrants + openEntrants },
    { ...sure, refusing: sure.refusing + refusals.open },
  ];
  return others.some((shares) => allowanceAmount(situation, income, shares) !== amount);
};

/**
 * Whether something unknown could change the result: a tier above the one found, a member's own extreme hardship, the grade of
 * care of someone in it, or someone's share of the allowance.
 */
const isOpen = (found: Found, findings: readonly Finding[], tier: HouseholdTier): boolean => {
  const { situation, hardship, verdicts } = found;
  const anyBlocks = situation.plan.settings['facts.irrelevant_unknown_blocks'].value;
  if (anyBlocks && findings.some(({ result }) => result === 'unknown')) return true;
  if (verdicts.find((verdict) => verdict !== 'fail') === 'unknown') return true;
  for (const { verdict, selfCare } of hardship.members) {
    if (verdict === 'unknown' || (verdict === 'pass' && selfCare === null)) return true;
  }
  return sharesAreOpen(found, tier);
};

const entitlementsOf = (found: Found, tier: HouseholdTier): readonly Entitlement[] => {
  const { situation, income, hardship, entry } = found;
  const entitlements: Entitlement[] = [];
  for (const { counted, verdict, selfCare } of hardship.members) {
    if (verdict !== 'pass') continue;
    entitlements.push(...extremeHardshipSupport(situation, counted.member.personId, selfCare));
  }
  if (tier === 'MINIMUM_LIVING_ALLOWANCE') {
    entitlements.push(...householdAllowance(situation, income, shareOf(found)));
  }
  if (tier === 'MARGINAL') entitlements.push(...singleEntryAllowances(situation, entrantsOf(entry)));
  return entitlements;
};

const entrantsOf = (entry: readonly OwnEntry[]): readonly PersonId[] =>
  entry.filter(({ verdict }) => verdict === 'pass').map(({ counted }) => counted.member.personId);

const memberTiersOf = ({ situation, hardship, entry }: Found, tier: HouseholdTier): readonly MemberTier[] => {
  const tiers: MemberTier[] = situation.household.members.map(() => 'NONE');
  const own = tier === 'NONE' ? 'NONE' : 'AS_HOUSEHOLD';
  for (const { counted, verdict } of hardship.members) {
    tiers[counted.index] = verdict === 'pass' ? 'EXTREME_HARDSHIP' : own;
  }
  if (tier !== 'MARGINAL') return tiers;
  for (const { counted, verdict } of entry) if (verdict === 'pass') tiers[counted.index] = 'SINGLE_PERSON_ENTRY';
  return tiers;
};

/**
 * Decides a household that has members to count, in a place that has a standard: every tier is tested, in statutory order, and the
 * first that holds is the household's. The rules of `evaluate` and of whole-roster runs are these and no others.
 */
export const decide = (situation: Situation): Decision => {
  const findings: Finding[] = [];
  const property = propertyOf(situation);
  const hardship = extremeHardship(situation, property, findings);
  const income = incomeOf(situation, testedMembers(situation, hardship));
  const allowance = minimumLivingAllowance(situation, income, property, findings);
  const margin = marginal(situation, income, property, findings);
  const entry = singlePersonEntry(situation, hardship.members, findings);
  const rigid = rigidExpenditure(situation, income, property, findings);
  const other = otherLowIncome(situation);
  findings.push(other);
  const refusals = workRefusals(situation, hardship.members, findings);
  const overlay = povertyReturn(situation, findings);
  const verdicts = [hardship.household, allowance.verdict, margin, rigid, and('pass', other.result)];
  const found: Found = { situation, income, hardship, allowance, entry, refusals, verdicts };
  const tier = householdTiers[verdicts.indexOf('pass')] ?? 'NONE';
  const open = isOpen(found, findings, tier);
  return {
    situation,
    status: open ? 'cannot-decide' : 'decided',
    tier,
    memberTiers: memberTiersOf(found, tier),
    povertyReturn: overlay,
    perCapitaMonthlyIncome: income.isOpen ? null : dividedDown(income.known, 12 * income.heads),
    entitlements: open ? [] : entitlementsOf(found, tier),
    findings,
  };
};
