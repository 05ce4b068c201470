import { z } from 'zod';
import { HouseholdTier, MemberTier } from '../../domain/eligibility/tiers.ts';
import type { Household } from '../../domain/households/household.ts';
import { propertyTiers } from '../../domain/policy/policy-pack.ts';
import { dividedDown } from '../../domain/policy/shares.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import type { PeerTests } from './conditions.ts';
import { type Prepared, type PreparedMember, preparationOf, type Telling } from './preparation.ts';
import type { Terms } from './terms.ts';

/** What an engine answers: for each test, in the order of the tests, whether it holds. */
export interface Answers {
  readonly household: readonly boolean[];
  /** For each counted member. */
  readonly members: readonly (readonly boolean[])[];
}

const Value = z.union([z.number(), z.string(), z.boolean()]);

/** One test of a peer's decision, with the facts it used. */
const DecisionLine = z.strictObject({
  code: z.string(),
  subject: z.string(),
  measured: z.union([z.number(), z.string()]).nullable(),
  threshold: z.number().nullable(),
  result: z.enum(['pass', 'fail', 'not-applicable']),
  facts: z
    .array(z.strictObject({ name: z.string(), value: Value, source: z.string(), asOf: z.string() }).readonly())
    .readonly(),
});
export type DecisionLine = z.infer<typeof DecisionLine>;

/** A peer's decision: what its JSON text holds. */
export const PeerDecision = z.strictObject({
  policyVersion: z.string(),
  date: z.string(),
  householdId: z.string(),
  status: z.literal('decided'),
  householdTier: HouseholdTier,
  memberTiers: z.array(z.strictObject({ personId: z.string(), tier: MemberTier })).readonly(),
  perCapitaMonthlyIncome: z.number(),
  /** Of all entitlements together, in fen a month. */
  amount: z.number(),
  tests: z.array(DecisionLine).readonly(),
});
export type PeerDecision = z.infer<typeof PeerDecision>;

/** Puts results, amounts and the trace together around an engine. Every peer pays for it alike. */
export interface Host {
  readonly prepare: (household: Household) => Prepared;
  readonly decisionOf: (prepared: Prepared, answers: Answers) => PeerDecision;
}

/** Places of the member tests in their list. */
const [workCapacity, ownIncome, supporters, entry] = [0, 1, 2, 3];

const lineOf = (code: string, subject: string, telling: Telling, result: DecisionLine['result']): DecisionLine => {
  const { measured, threshold, facts, roundedUp } = telling;
  const contradicts = roundedUp !== undefined && result === 'fail' && Number(measured) < Number(threshold);
  return { code, subject, measured: contradicts ? roundedUp : measured, threshold, result, facts };
};

const said = (holds: boolean | undefined): 'pass' | 'fail' => (holds === true ? 'pass' : 'fail');

type Grade = 'full' | 'partial' | 'total-loss';

/** What the answers say of one member. */
interface Judged {
  readonly inHardship: boolean;
  readonly enters: boolean;
  readonly grade: Grade | null;
}

const judge = (amounts: Amounts, { selfCare }: PreparedMember, own: readonly boolean[], property: boolean): Judged => {
  const inHardship = property && own[workCapacity] === true && own[ownIncome] === true && own[supporters] === true;
  return {
    inHardship,
    enters: !inHardship && own[entry] === true,
    grade: inHardship && selfCare !== null ? amounts.gradeOf(selfCare.failed) : null,
  };
};

/** Where the tests of each tier lie in the list of the household's tests. */
interface Places {
  readonly codes: readonly string[];
  readonly memberCodes: readonly string[];
  readonly hardship: number;
  readonly ends: readonly (readonly [HouseholdTier, number, number])[];
}

const placesOf = (terms: Terms, tests: PeerTests): Places => {
  const [hardship = 0, allowance = 0, marginal = 0, rigid = 0] = propertyTiers.map(
    (tier) => terms.property(tier).length,
  );
  const afterAllowance = hardship + 1 + allowance;
  const afterMarginal = afterAllowance + 1 + marginal;
  const afterRigid = afterMarginal + 1 + rigid + 1;
  return {
    codes: tests.household.map(({ code }) => code),
    memberCodes: tests.member.map(({ code }) => code),
    hardship,
    ends: [
      ['MINIMUM_LIVING_ALLOWANCE', hardship, afterAllowance],
      ['MARGINAL', afterAllowance, afterMarginal],
      ['RIGID_EXPENDITURE', afterMarginal, afterRigid],
      ['OTHER_LOW_INCOME', afterRigid, afterRigid + 1],
    ],
  };
};

const allHold = (answers: readonly boolean[], from: number, to: number): boolean => {
  for (let index = from; index < to; index += 1) if (answers[index] !== true) return false;
  return true;
};

const tierOf = ({ ends }: Places, answers: readonly boolean[], judged: readonly Judged[]): HouseholdTier => {
  if (judged.every(({ inHardship }) => inHardship)) return 'EXTREME_HARDSHIP';
  for (const [tier, from, to] of ends) if (allHold(answers, from, to)) return tier;
  return 'NONE';
};

const memberTierOf = (tier: HouseholdTier, { inHardship, enters }: Judged): MemberTier => {
  if (inHardship) return 'EXTREME_HARDSHIP';
  if (tier === 'MARGINAL' && enters) return 'SINGLE_PERSON_ENTRY';
  return tier === 'NONE' ? 'NONE' : 'AS_HOUSEHOLD';
};

const selfCareLine = (
  { totalFrom }: Amounts,
  { member, selfCare }: PreparedMember,
  { grade }: Judged,
): DecisionLine => ({
  code: 'extreme-hardship.self-care',
  subject: member.personId,
  measured: grade,
  threshold: totalFrom,
  result: 'pass',
  facts: selfCare?.facts ?? [],
});

const linesOf = (
  places: Places,
  amounts: Amounts,
  { household, tellings, members }: Prepared,
  answers: Answers,
  judged: readonly Judged[],
): readonly DecisionLine[] => {
  const lines: DecisionLine[] = [];
  const { codes, memberCodes, hardship } = places;
  const ofMember = (index: number, test: number, result: DecisionLine['result']): void => {
    const prepared = members[index];
    const telling = prepared?.tellings[test];
    if (prepared === undefined || telling === undefined) return;
    const asked =
      result === 'not-applicable' && test === supporters ? { ...telling, measured: null, facts: [] } : telling;
    lines.push(lineOf(memberCodes[test] ?? '', prepared.member.personId, asked, result));
  };
  const ofHousehold = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) {
      const telling = tellings[index];
      if (telling === undefined) continue;
      lines.push(lineOf(codes[index] ?? '', household.householdId, telling, said(answers.household[index])));
    }
  };
  answers.members.forEach((own, index) => {
    ofMember(index, workCapacity, said(own[workCapacity]));
    ofMember(index, ownIncome, said(own[ownIncome]));
    ofMember(index, supporters, own[workCapacity] === true ? said(own[supporters]) : 'not-applicable');
  });
  ofHousehold(0, hardship);
  members.forEach((member, index) => {
    const own = judged[index];
    if (own?.inHardship === true) lines.push(selfCareLine(amounts, member, own));
  });
  const afterMarginal = places.ends[1]?.[2] ?? 0;
  ofHousehold(hardship, afterMarginal);
  answers.members.forEach((own, index) => {
    ofMember(index, entry, judged[index]?.inHardship === true ? 'not-applicable' : said(own[entry]));
  });
  ofHousehold(afterMarginal, codes.length);
  return lines;
};

/** Makes the code around the engines for one pack on one day. */
export const hostOf = (terms: Terms, tests: PeerTests): Host => {
  const places = placesOf(terms, tests);
  const amounts = amountsOf(terms);
  const decisionOf = (prepared: Prepared, answers: Answers): PeerDecision => {
    const { household, members, income, standard } = prepared;
    const property = allHold(answers.household, 0, places.hardship);
    const judged = members.map((member, index) => judge(amounts, member, answers.members[index] ?? [], property));
    const tier = tierOf(places, answers.household, judged);
    return {
      policyVersion: terms.version,
      date: terms.date,
      householdId: household.householdId,
      status: 'decided',
      householdTier: tier,
      memberTiers: household.members.map(({ personId }) => {
        const own = judged[members.findIndex(({ member }) => member.personId === personId)];
        return { personId, tier: own === undefined ? 'NONE' : memberTierOf(tier, own) };
      }),
      perCapitaMonthlyIncome: dividedDown(income, 12 * members.length),
      amount: amounts.inAll(tier, standard, income, judged),
      tests: linesOf(places, amounts, prepared, answers, judged),
    };
  };
  return { prepare: preparationOf(terms), decisionOf };
};
