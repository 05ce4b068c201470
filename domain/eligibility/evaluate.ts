import type { LocalDate } from '../dates.ts';
import type { Household, HouseholdMember } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { dividedDown } from '../policy/shares.ts';
import { extremeHardshipSupport, householdAllowance, singleEntryAllowances } from './entitlements.ts';
import type { Entitlement, Evaluation, TestLine } from './evaluation.ts';
import { type ExtremeHardship, extremeHardship } from './extreme-hardship.ts';
import { type Income, incomeOfAll } from './income.ts';
import { marginal } from './marginal.ts';
import { minimumLivingAllowance } from './minimum-living-allowance.ts';
import { otherLowIncome } from './other-low-income.ts';
import { rigidExpenditure } from './rigid-expenditure.ts';
import { type SinglePersonEntry, singlePersonEntry } from './single-person-entry.ts';
import { causeOf, type Situation, setting, situationOf } from './situation.ts';
import { allPass, type Verdict } from './three-valued.ts';
import type { HouseholdTier, MemberTier } from './tiers.ts';

/** What all tests found, before a tier is chosen. */
interface Findings {
  readonly situation: Situation;
  readonly income: Income;
  readonly extremeHardship: ExtremeHardship;
  readonly entry: SinglePersonEntry;
  readonly verdicts: readonly (readonly [HouseholdTier, Verdict])[];
  readonly tests: readonly TestLine[];
}

/** The members whose income is tested for the household's tiers, and who are its heads. */
const testedMembers = (situation: Situation, { persons }: ExtremeHardship): readonly HouseholdMember[] => {
  if (setting(situation, 'members.extreme_hardship_counted').value) return situation.counted;
  const others = situation.counted.filter(({ personId }) => persons.get(personId) !== 'pass');
  return others.length > 0 ? others : situation.counted;
};

const findingsOf = (situation: Situation): Findings => {
  const hardship = extremeHardship(situation);
  const income = incomeOfAll(situation, testedMembers(situation, hardship));
  const allowance = minimumLivingAllowance(situation, income);
  const margin = marginal(situation, income);
  const entry = singlePersonEntry(situation, hardship.persons);
  const rigid = rigidExpenditure(situation, income);
  const other = [otherLowIncome(situation)];
  return {
    situation,
    income,
    extremeHardship: hardship,
    entry,
    verdicts: [
      ['EXTREME_HARDSHIP', hardship.household],
      ['MINIMUM_LIVING_ALLOWANCE', allPass(allowance)],
      ['MARGINAL', allPass(margin)],
      ['RIGID_EXPENDITURE', allPass(rigid)],
      ['OTHER_LOW_INCOME', allPass(other)],
    ],
    tests: [...hardship.lines, ...allowance, ...margin, ...entry.lines, ...rigid, ...other],
  };
};

const personsWith = (persons: ReadonlyMap<PersonId, Verdict>, verdict: Verdict): readonly PersonId[] =>
  [...persons].filter(([, found]) => found === verdict).map(([personId]) => personId);

/** The first tier that holds; NONE when none does. */
const tierOf = ({ verdicts }: Findings): HouseholdTier =>
  verdicts.find(([, verdict]) => verdict === 'pass')?.[0] ?? 'NONE';

const allowanceFor = (findings: Findings, entrants: readonly PersonId[]): readonly Entitlement[] => {
  const { situation, income, extremeHardship: hardship } = findings;
  const paid = situation.counted.filter(({ personId }) => hardship.persons.get(personId) !== 'pass').length;
  return householdAllowance(situation, income, paid, entrants.length);
};

const amountOf = (entitlements: readonly Entitlement[]): number =>
  entitlements.reduce((total, { amount }) => total + amount, 0);

/** Whether members whose condition is unknown could change who receives what in this tier. */
const entryMatters = (findings: Findings, tier: HouseholdTier): boolean => {
  const open = personsWith(findings.entry.persons, 'unknown');
  if (open.length === 0) return false;
  if (tier === 'MARGINAL') return true;
  if (tier !== 'MINIMUM_LIVING_ALLOWANCE') return false;
  const sure = personsWith(findings.entry.persons, 'pass');
  return amountOf(allowanceFor(findings, sure)) !== amountOf(allowanceFor(findings, [...sure, ...open]));
};

/**
 * Whether something unknown could change the result: a tier above the one found, a member's own extreme hardship, the grade of
 * care of someone in it, or an entrant's condition.
 */
const isOpen = (findings: Findings, tier: HouseholdTier): boolean => {
  const { extremeHardship: hardship, verdicts, tests, situation } = findings;
  if (setting(situation, 'facts.irrelevant_unknown_blocks').value && tests.some(({ result }) => result === 'unknown')) {
    return true;
  }
  const decisive = verdicts.find(([, verdict]) => verdict !== 'fail');
  if (decisive?.[1] === 'unknown') return true;
  if ([...hardship.persons.values()].includes('unknown')) return true;
  const unrated = personsWith(hardship.persons, 'pass').some((personId) => hardship.selfCare.get(personId) === null);
  return unrated || entryMatters(findings, tier);
};

const entitlementsOf = (findings: Findings, tier: HouseholdTier): readonly Entitlement[] => {
  const { situation, extremeHardship: hardship, entry } = findings;
  const entrants = personsWith(entry.persons, 'pass');
  return [
    ...personsWith(hardship.persons, 'pass').flatMap((personId) =>
      extremeHardshipSupport(situation, personId, hardship.selfCare.get(personId) ?? null),
    ),
    ...(tier === 'MINIMUM_LIVING_ALLOWANCE' ? allowanceFor(findings, entrants) : []),
    ...(tier === 'MARGINAL' ? singleEntryAllowances(situation, entrants) : []),
  ];
};

const memberTierOf = (findings: Findings, tier: HouseholdTier, { personId }: HouseholdMember): MemberTier => {
  const { situation, extremeHardship: hardship, entry } = findings;
  if (!situation.counted.some((member) => member.personId === personId)) return 'NONE';
  if (hardship.persons.get(personId) === 'pass') return 'EXTREME_HARDSHIP';
  if (tier === 'MARGINAL' && entry.persons.get(personId) === 'pass') return 'SINGLE_PERSON_ENTRY';
  return tier === 'NONE' ? 'NONE' : 'AS_HOUSEHOLD';
};

/** An evaluation that one line settles before any tier is tested. */
const settledBy = (
  household: Household,
  policy: PolicyPack,
  date: LocalDate,
  status: Evaluation['status'],
  line: Pick<TestLine, 'code' | 'citation' | 'cause' | 'result'>,
): Evaluation => ({
  policyVersion: policy.version,
  date,
  householdId: household.householdId,
  status,
  householdTier: 'NONE',
  memberTiers: household.members.map(({ personId }) => ({ personId, tier: 'NONE' })),
  perCapitaMonthlyIncome: null,
  entitlements: [],
  tests: [
    {
      ...line,
      tier: 'NONE',
      subject: household.householdId,
      comparison: '>=',
      measured: null,
      unit: 'none',
      inputs: [],
      threshold: null,
      distance: null,
      wouldChange: null,
    },
  ],
});

const undecidable = (household: Household, policy: PolicyPack, date: LocalDate, name: string): Evaluation => {
  const line = {
    code: `policy.${name}`,
    citation: `pack ${policy.version}`,
    result: 'unknown',
    cause: causeOf('not-set', name),
  } as const;
  return settledBy(household, policy, date, 'cannot-decide', line);
};

/**
 * Decides a household's tier and what it opens, on a date, by a pack. Every tier is tested, in statutory order, and the first
 * that holds is the household's; of equal inputs the answer is equal, and every household has one.
 *
 * When something unknown could change the result the status is `cannot-decide`: then no entitlement is given, and
 * `householdTier` is only what could be shown without it. It is never to be read as a refusal.
 */
export const evaluate = (household: Household, policy: PolicyPack, date: LocalDate): Evaluation => {
  if (date < policy.coversFrom) return undecidable(household, policy, date, 'policy');
  const situation = situationOf(household, policy, date);
  if (situation === null) return undecidable(household, policy, date, 'standard');
  if (situation.counted.length === 0) {
    const line = { code: 'household.members', citation: 'D57 article 7', result: 'fail', cause: null } as const;
    return settledBy(household, policy, date, 'decided', line);
  }
  const findings = findingsOf(situation);
  const tier = tierOf(findings);
  const open = isOpen(findings, tier);
  const { known, causes, heads } = findings.income;
  return {
    policyVersion: policy.version,
    date,
    householdId: household.householdId,
    status: open ? 'cannot-decide' : 'decided',
    householdTier: tier,
    memberTiers: household.members.map((member) => ({
      personId: member.personId,
      tier: memberTierOf(findings, tier, member),
    })),
    perCapitaMonthlyIncome: causes.length === 0 ? dividedDown(known, 12 * heads) : null,
    entitlements: open ? [] : entitlementsOf(findings, tier),
    tests: findings.tests,
  };
};
