import type { LocalDate } from '../dates.ts';
import type { Household } from '../households/household.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { decide } from './decide.ts';
import type { Evaluation, TestLine } from './evaluation.ts';
import { lineOf } from './lines.ts';
import { planFor } from './plan.ts';
import { causeOf, situationOf } from './situation.ts';

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
  povertyReturnMonitoring: null,
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
  const situation = situationOf(household, planFor(policy, date));
  if (situation === null) return undecidable(household, policy, date, 'standard');
  if (situation.counted.length === 0) {
    const line = { code: 'household.members', citation: 'D57 article 7', result: 'fail', cause: null } as const;
    return settledBy(household, policy, date, 'decided', line);
  }
  const decision = decide(situation);
  return {
    policyVersion: policy.version,
    date,
    householdId: household.householdId,
    status: decision.status,
    householdTier: decision.tier,
    memberTiers: household.members.map(({ personId }, index) => ({
      personId,
      tier: decision.memberTiers[index] ?? 'NONE',
    })),
    povertyReturnMonitoring: decision.povertyReturn,
    perCapitaMonthlyIncome: decision.perCapitaMonthlyIncome,
    entitlements: decision.entitlements,
    tests: decision.findings.map((finding) => lineOf(situation, finding)),
  };
};
