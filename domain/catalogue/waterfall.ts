import type { LocalDate } from '../dates.ts';
import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import { Fen } from '../money.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { shareRoundedDown } from '../policy/shares.ts';
import type { CatalogueItem, WaterfallRule } from './catalogue.ts';
import type { DecidedTiers } from './item-states.ts';
import { type ItemDecision, itemsOf } from './items.ts';
import { type PersonTier, personTierOf } from './tiers.ts';

/** One payer of a medical bill: what share of what is left, above what, and up to what, in whole fen. */
export interface WaterfallStep {
  readonly code: string;
  readonly rate: number;
  readonly deductible: Fen;
  readonly cap: Fen | null;
}

/** What one payer saw, paid and left. */
export interface WaterfallPart {
  readonly code: string;
  readonly seen: Fen;
  readonly amount: Fen;
  readonly left: Fen;
}

const partOf = ({ rate, deductible, cap }: WaterfallStep, seen: number): number => {
  const share = shareRoundedDown(Math.max(0, seen - deductible), rate);
  return cap === null ? share : Math.min(share, cap);
};

/**
 * Pours a bill down the steps: each sees what the one before has left (domain.md 7, row 11). Whole fen, rounded down at each step,
 * so the parts together are never more than the bill; and as no rate is above 1, a greater bill never gets less from them.
 */
export const pour = (steps: readonly WaterfallStep[], bill: Fen): { parts: readonly WaterfallPart[]; left: Fen } => {
  const parts: WaterfallPart[] = [];
  let left: number = bill;
  for (const step of steps) {
    const amount = partOf(step, left);
    parts.push({
      code: step.code,
      seen: Fen.parse(left),
      amount: Fen.parse(amount),
      left: Fen.parse(left - amount),
    });
    left -= amount;
  }
  return { parts, left: Fen.parse(left) };
};

/** The best rate that any of a person's tiers has. */
const rateFor = ({ rates }: WaterfallRule, tier: PersonTier): number =>
  Math.max(
    tier === 'NONE' ? 0 : (rates[tier] ?? 0),
    rates.ANYONE ?? 0,
    // An item that opens to someone of a tier without a rate is open by the watch for a return to poverty.
    tier !== 'NONE' && rates[tier] !== undefined ? 0 : (rates.POVERTY_RETURN_MONITORING ?? 0),
  );

/** The steps in force, in their order, as they came out for one person. */
const stepsFor = (decisions: readonly ItemDecision[], personId: PersonId) =>
  decisions
    .filter((decision) => decision.personId === personId && ruleOf(decision.item) !== null)
    .toSorted((one, other) => (ruleOf(one.item)?.step ?? 0) - (ruleOf(other.item)?.step ?? 0));

const ruleOf = ({ amount }: CatalogueItem): WaterfallRule | null => (amount.rule === 'waterfall' ? amount : null);

/**
 * Who pays what of a bill. `unknown` names the first step of which nobody can say whether it pays: every later one depends on what
 * it leaves, so nothing after it is worked out.
 */
export type MedicalWaterfall =
  | { readonly status: 'known'; readonly parts: readonly WaterfallPart[]; readonly left: Fen }
  | { readonly status: 'unknown'; readonly at: ItemDecision; readonly parts: readonly WaterfallPart[] };

/**
 * Pours a person's medical bill of one event, in whole fen, down the steps of the catalogue that open for him or her: insurance,
 * critical illness, medical aid, temporary aid, charity. `household`, `policy` and `date` are those of the evaluation. Throws a
 * RangeError for someone who is no member.
 */
export const medicalWaterfall = (
  evaluation: DecidedTiers,
  household: Household,
  policy: PolicyPack,
  date: LocalDate,
  { personId, bill }: { readonly personId: PersonId; readonly bill: Fen },
): MedicalWaterfall => {
  if (!household.members.some((member) => member.personId === personId)) {
    throw new RangeError(`${personId} is no member of ${household.householdId}`);
  }
  const own = evaluation.memberTiers.find((member) => member.personId === personId)?.tier ?? 'NONE';
  const tier = personTierOf(own, evaluation.householdTier);
  const decisions = stepsFor(itemsOf(evaluation, household, policy, date), personId);
  const unknown = decisions.findIndex(({ result }) => result === 'unknown');
  const settled = unknown < 0 ? decisions : decisions.slice(0, unknown);
  const steps = settled
    .filter(({ result }) => result === 'opens')
    .flatMap(({ code, item }) => {
      const rule = ruleOf(item);
      if (rule === null) return [];
      return [{ code, rate: rateFor(rule, tier), deductible: rule.deductible, cap: rule.cap }];
    });
  const { parts, left } = pour(steps, bill);
  const at = decisions[unknown];
  return at === undefined ? { status: 'known', parts, left } : { status: 'unknown', at, parts };
};
