import type { Trace } from '../../domain/determinations/trace.ts';
import type { HouseholdTier, MemberTier } from '../../domain/eligibility/tiers.ts';
import type { Household } from '../../domain/households/household.ts';
import { dividedDown } from '../../domain/policy/shares.ts';
import { type Amounts, amountsOf, type Judged } from './amounts.ts';
import type { PeerTests } from './conditions.ts';
import type { ToldFact } from './known.ts';
import { linesOf, type ToldTest } from './lines.ts';
import type { MemberLines } from './member-preparation.ts';
import { type Answers, memberPlaces, type Places, placesOf } from './places.ts';
import { type Prepared, preparationOf } from './preparation.ts';
import type { Terms } from './terms.ts';

/** The document every peer writes: Hearth's full trace, of a decision in which nothing is unknown. */
export interface PeerDecision extends Omit<Trace, 'tests' | 'facts'> {
  readonly tests: readonly ToldTest[];
  readonly facts: readonly ToldFact[];
}

/** Puts results, amounts and the trace together around an engine. Every peer pays for it alike. */
export interface Host {
  readonly prepare: (household: Household) => Prepared;
  /** The same document, field for field, as Hearth's full trace. */
  readonly decisionOf: (prepared: Prepared, answers: Answers) => PeerDecision;
}

const allHold = (answers: readonly boolean[], from: number, to: number): boolean => {
  for (let index = from; index < to; index += 1) if (answers[index] !== true) return false;
  return true;
};

const judge = (
  amounts: Amounts,
  { member, selfCare }: MemberLines,
  own: readonly boolean[],
  property: boolean,
): Judged => {
  const { workCapacity, income, supporters, entry } = memberPlaces;
  const inHardship = property && own[workCapacity] === true && own[income] === true && own[supporters] === true;
  return {
    personId: member.personId,
    inHardship,
    enters: !inHardship && own[entry] === true,
    grade: inHardship && selfCare !== null ? amounts.gradeOf(selfCare.failed) : null,
  };
};

const tierOf = ({ tiers }: Places, answers: readonly boolean[], judged: readonly Judged[]): HouseholdTier => {
  if (judged.every(({ inHardship }) => inHardship)) return 'EXTREME_HARDSHIP';
  for (const [tier, from, to] of tiers) if (allHold(answers, from, to)) return tier;
  return 'NONE';
};

const memberTierOf = (tier: HouseholdTier, { inHardship, enters }: Judged): MemberTier => {
  if (inHardship) return 'EXTREME_HARDSHIP';
  if (tier === 'MARGINAL' && enters) return 'SINGLE_PERSON_ENTRY';
  return tier === 'NONE' ? 'NONE' : 'AS_HOUSEHOLD';
};

/** Makes the code around the engines for one pack on one day. */
export const hostOf = (terms: Terms, tests: PeerTests): Host => {
  const places = placesOf(terms, tests);
  const amounts = amountsOf(terms);
  const decisionOf = (prepared: Prepared, answers: Answers): PeerDecision => {
    const { household, members, income, standard } = prepared;
    const property = allHold(answers.household, 0, places.afterHardship);
    const judged = members.map((member, index) => judge(amounts, member, answers.members[index] ?? [], property));
    const tier = tierOf(places, answers.household, judged);
    const memberTiers: { personId: Judged['personId']; tier: MemberTier }[] = [];
    let next = 0;
    for (const { personId } of household.members) {
      const own = judged[next]?.personId === personId ? judged[next] : undefined;
      if (own !== undefined) next += 1;
      memberTiers.push({ personId, tier: own === undefined ? 'NONE' : memberTierOf(tier, own) });
    }
    const { tests: lines, facts } = linesOf(places, amounts, prepared, answers, judged);
    return {
      policyVersion: terms.version,
      date: terms.date,
      householdId: household.householdId,
      status: 'decided',
      householdTier: tier,
      memberTiers,
      povertyReturnMonitoring: null,
      perCapitaMonthlyIncome: dividedDown(income, 12 * members.length),
      entitlements: amounts.entitlementsOf(tier, standard, income, judged),
      tests: lines,
      facts,
    };
  };
  return { prepare: preparationOf(terms), decisionOf };
};
