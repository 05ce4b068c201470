import type { LocalDate } from '../dates.ts';
import type { Digest } from '../dependencies.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import type { Evaluation, TestLine } from '../eligibility/evaluation.ts';
import type { Household } from '../households/household.ts';
import type { Fen } from '../money.ts';
import { countyOf, type DivisionCode } from '../people/divisions.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { monthlyAmountOf } from '../reviews/form-opinion.ts';
import type { ChangeKind, ChangeLine, ChangeReason } from './change-line.ts';
import type { Counted, CountedTier } from './tally.ts';

/** Tests that differ are named, at most this many: enough to explain, few enough to keep a list of a county short. */
const mostReasons = 8;

/** Both packs, and the one date on which both are applied. */
export interface Comparison {
  base: PolicyPack;
  draft: PolicyPack;
  date: LocalDate;
}

/** The county a household is counted in: that of its registered residence. */
export const countyOfHousehold = ({ registeredDivision }: Household): DivisionCode =>
  registeredDivision.length < 6 ? registeredDivision : countyOf(registeredDivision);

/**
 * Decides a household by both packs on the same date and says what differs. Of equal inputs the answer is equal; a household that
 * cannot be decided by one of them gets a line of its own kind, so that it is neither lost nor taken for a refusal.
 */
export const compare = (
  digest: Digest,
  household: Household,
  version: number,
  { base, draft, date }: Comparison,
): Counted => {
  const before = evaluate(household, base, date);
  const after = evaluate(household, draft, date);
  return {
    county: countyOfHousehold(household),
    before: standingOf(before),
    after: standingOf(after),
    line: lineOf(household, before, after),
    mark: digest(`${household.householdId}|${version}`).slice(0, 16),
  };
};

interface Standing {
  tier: CountedTier;
  amount: Fen | null;
}

const standingOf = ({ status, householdTier, entitlements }: Evaluation): Standing =>
  status === 'cannot-decide'
    ? { tier: 'CANNOT_DECIDE', amount: null }
    : { tier: householdTier, amount: monthlyAmountOf(entitlements) };

const hasSomething = ({ householdTier, memberTiers, entitlements }: Evaluation): boolean =>
  householdTier !== 'NONE' || memberTiers.some(({ tier }) => tier !== 'NONE') || entitlements.length > 0;

/** Who receives what, as a text; citations may change without anything changing for the household. */
const grantText = ({ entitlements }: Evaluation): string =>
  JSON.stringify(entitlements.map(({ item, personId, amount, period }) => [item, personId, amount, period]));

const kindOf = (before: Evaluation, after: Evaluation): ChangeKind | null => {
  if (before.status === 'cannot-decide' || after.status === 'cannot-decide') return 'undecided';
  if (hasSomething(before) !== hasSomething(after)) return hasSomething(after) ? 'enters' : 'leaves';
  const tiers = ({ householdTier, memberTiers }: Evaluation): string => JSON.stringify([householdTier, memberTiers]);
  if (tiers(before) !== tiers(after)) return 'tier';
  return grantText(before) === grantText(after) ? null : 'amount';
};

const lineOf = (household: Household, before: Evaluation, after: Evaluation): ChangeLine | null => {
  const kind = kindOf(before, after);
  if (kind === null) return null;
  const decided = (evaluation: Evaluation) => (evaluation.status === 'decided' ? evaluation : null);
  const was = decided(before);
  const will = decided(after);
  return {
    householdId: household.householdId,
    county: countyOfHousehold(household),
    kind,
    tierBefore: was?.householdTier ?? null,
    tierAfter: will?.householdTier ?? null,
    amountBefore: was === null ? null : monthlyAmountOf(was.entitlements),
    amountAfter: will === null ? null : monthlyAmountOf(will.entitlements),
    reasons: reasonsOf(before, after),
  };
};

const keyOf = ({ code, tier, subject }: TestLine): string => `${code}|${tier}|${subject}`;

/**
 * The tests that came out differently; where none did, those that measured against another threshold; where a household cannot be
 * decided either way, the tests nobody can answer. Each code once.
 */
const reasonsOf = (before: Evaluation, after: Evaluation): ChangeReason[] => {
  const were = new Map(before.tests.map((test) => [keyOf(test), test]));
  const pairs = after.tests.map((test): ChangeReason => reasonOf(test.code, were.get(keyOf(test)), test));
  const there = new Set(after.tests.map(keyOf));
  const gone = before.tests
    .filter((test) => !there.has(keyOf(test)))
    .map((test) => reasonOf(test.code, test, undefined));
  const all = [...pairs, ...gone];
  const flipped = all.filter((reason) => reason.before !== reason.after);
  const moved = all.filter((reason) => reason.thresholdBefore !== reason.thresholdAfter);
  const open = all.filter((reason) => reason.after === 'unknown');
  const chosen = [flipped, moved, open].find((reasons) => reasons.length > 0) ?? [];
  return [...new Map(chosen.map((reason) => [reason.code, reason])).values()].slice(0, mostReasons);
};

const reasonOf = (code: string, before: TestLine | undefined, after: TestLine | undefined): ChangeReason => ({
  code,
  before: before?.result ?? 'absent',
  after: after?.result ?? 'absent',
  thresholdBefore: before?.threshold?.value ?? null,
  thresholdAfter: after?.threshold?.value ?? null,
});
