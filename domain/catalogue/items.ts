import type { LocalDate } from '../dates.ts';
import { planFor } from '../eligibility/plan.ts';
import { causeOf } from '../eligibility/situation.ts';
import type { HouseholdTier } from '../eligibility/tiers.ts';
import type { Household } from '../households/household.ts';
import type { PersonId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { CatalogueItem, Department, ItemPeriod } from './catalogue.ts';
import { catalogueOn, type ItemDeadline, type ItemInForce } from './catalogue-on.ts';
import type { Condition } from './condition.ts';
import { type AmountIs, amountOf } from './item-amounts.ts';
import {
  bitsOf,
  type DecidedTiers,
  type ItemResult,
  type ItemStates,
  isCovered,
  isOpenIn,
  itemStates,
  resultIn,
  standingState,
  turnTo,
} from './item-states.ts';
import { conditionCauses } from './run-condition.ts';
import type { PersonTier } from './tiers.ts';
import type { Cause } from './variable.ts';
import { conditionVariables, causesOf as variableCauses } from './variables.ts';

/** An item that opens, and for whom: `personId` is null when it is the household's. */
export interface OpenItem {
  readonly code: string;
  readonly personId: PersonId | null;
  /** In whole fen for `period`; null when it is no money, or its figure is not known here. */
  readonly amount: Fen | null;
  readonly amountIs: AmountIs;
  readonly period: ItemPeriod;
}

/** Why an item opens or not. */
export type ItemReason =
  | { readonly kind: 'opens' }
  /** It is not for people of this tier. */
  | { readonly kind: 'tier'; readonly tier: HouseholdTier | PersonTier }
  /** Part of its condition fails; `failed` is that part, with its text in `source`. */
  | { readonly kind: 'condition'; readonly failed: Condition }
  /** The evaluation decides it, and gave nothing. */
  | { readonly kind: 'nothing-determined' }
  | { readonly kind: 'excluded'; readonly by: CatalogueItem }
  /** `causes` are written `<problem> <name> [of <person>]`; `undecided tier` when no tier could be decided. */
  | { readonly kind: 'unknown'; readonly causes: readonly string[] }
  /** Whether another item opens, to which it would have to yield, is unknown. */
  | { readonly kind: 'unknown-exclusion'; readonly by: CatalogueItem };

/** One item of the catalogue for one subject: whether it opens, with what, by whom and until when, and why or why not. */
export interface ItemDecision extends OpenItem {
  readonly item: CatalogueItem;
  readonly department: Department;
  readonly deadline: ItemDeadline;
  readonly result: ItemResult;
  readonly reason: ItemReason;
  /** Whom it is for: the person, or the members who have a part in the household's item. */
  readonly persons: readonly PersonId[];
}

const subjectsOf = ({ width }: ItemStates, { isForPersons }: ItemInForce): readonly number[] =>
  isForPersons ? Array.from({ length: width - 1 }, (_, index) => index + 1) : [0];

const personOf = ({ context }: ItemStates, subject: number): PersonId | null =>
  subject === 0 ? null : (context.present[subject - 1]?.personId ?? null);

const openItem = (states: ItemStates, entry: ItemInForce, subject: number): OpenItem => {
  const personId = personOf(states, subject);
  const { amount, amountIs } = amountOf(entry.item, states, personId);
  return { code: entry.item.code, personId, amount, amountIs, period: entry.item.period };
};

/**
 * The items that open for a household as it was evaluated, with their amounts, in the order of the catalogue. The fast path of
 * `itemsOf`: it opens the same, and explains nothing. `household`, `policy` and `date` are those of the evaluation.
 */
export const openItems = (
  evaluation: DecidedTiers,
  household: Household,
  policy: PolicyPack,
  date: LocalDate,
): readonly OpenItem[] => {
  if (date < policy.coversFrom) return [];
  const states = itemStates(catalogueOn(planFor(policy, date)), evaluation, household);
  const opened: OpenItem[] = [];
  for (let place = 0; place < states.on.items.length; place += 1) {
    const entry = states.on.items[place];
    if (entry === undefined) continue;
    const last = entry.isForPersons ? states.width - 1 : 0;
    for (let subject = entry.isForPersons ? 1 : 0; subject <= last; subject += 1) {
      if (isOpenIn(states, place, subject)) opened.push(openItem(states, entry, subject));
    }
  }
  return opened;
};

const written = ({ problem, name, personId }: Cause): string => causeOf(problem, name, personId ?? undefined);

const coverageCauses = ({ context }: ItemStates, covered: boolean | undefined): readonly Cause[] => {
  if (covered === true) return [];
  if (!context.decided) return variableCauses(conditionVariables['household.tier'], context);
  return variableCauses(conditionVariables['household.povertyReturn'], context);
};

const tierOf = ({ context }: ItemStates, subject: number): HouseholdTier | PersonTier =>
  subject === 0 ? context.householdTier : context.memberTier;

const keepingOut = (states: ItemStates, place: number, subject: number, known: true | undefined) => {
  const found = states.on.exclusions.find(
    (exclusion) => exclusion.yields === place && standingState(states, exclusion, subject) === known,
  );
  return found === undefined ? undefined : states.on.items[found.stands]?.item;
};

const whyNotOpen = (states: ItemStates, entry: ItemInForce, subject: number): ItemReason => {
  const covered = isCovered(states, entry, bitsOf(states, subject));
  if (covered === false) return { kind: 'tier', tier: tierOf(states, subject) };
  const failed = entry.conjuncts.find(({ run }) => run(states.context) === false);
  return failed === undefined ? { kind: 'nothing-determined' } : { kind: 'condition', failed: failed.part };
};

const whyUnknown = (states: ItemStates, place: number, entry: ItemInForce, subject: number): ItemReason => {
  const covered = isCovered(states, entry, bitsOf(states, subject));
  const causes = [...coverageCauses(states, covered), ...conditionCauses(entry.condition, states.context)].map(written);
  if (causes.length > 0) return { kind: 'unknown', causes: [...new Set(causes)] };
  const by = keepingOut(states, place, subject, undefined);
  return by === undefined ? { kind: 'unknown', causes: [] } : { kind: 'unknown-exclusion', by };
};

const reasonFor = (states: ItemStates, place: number, entry: ItemInForce, subject: number): ItemReason => {
  turnTo(states, subject);
  const result = resultIn(states, place, subject);
  switch (result) {
    case 'opens':
      return { kind: 'opens' };
    case 'not-open':
      return whyNotOpen(states, entry, subject);
    case 'unknown':
      return whyUnknown(states, place, entry, subject);
    default: {
      const by = keepingOut(states, place, subject, true);
      if (by === undefined) throw new Error(`${entry.item.code} is kept out, and nothing stands over it`);
      return { kind: 'excluded', by };
    }
  }
};

/** The members who have a part in an item: the person, or of a household's those to whom it does not have to yield. */
const personsOf = (states: ItemStates, place: number, entry: ItemInForce, subject: number): readonly PersonId[] => {
  const { present } = states.context;
  if (subject > 0) return present.slice(subject - 1, subject).map(({ personId }) => personId);
  return present
    .filter((_, index) => !entry.isShared || resultIn(states, place, index + 1) !== 'excluded')
    .map(({ personId }) => personId);
};

/**
 * Every item of the catalogue in force on a date, for the household or for each of its members: whether it opens, and why not.
 * Pure, total and deterministic. While an evaluation cannot decide, only items for anyone open; nothing that is unknown ever
 * does. Before the pack's first day there are no items. `household`, `policy` and `date` are those of the evaluation.
 */
export const itemsOf = (
  evaluation: DecidedTiers,
  household: Household,
  policy: PolicyPack,
  date: LocalDate,
): readonly ItemDecision[] => {
  if (date < policy.coversFrom) return [];
  const states = itemStates(catalogueOn(planFor(policy, date)), evaluation, household);
  return states.on.items.flatMap((entry, place) =>
    subjectsOf(states, entry).map((subject) => {
      const result = resultIn(states, place, subject);
      const { item, department, deadline } = entry;
      const amount = result === 'opens' ? {} : ({ amount: null, amountIs: 'none' } as const);
      return {
        ...openItem(states, entry, subject),
        ...amount,
        item,
        department,
        deadline,
        result,
        reason: reasonFor(states, place, entry, subject),
        persons: personsOf(states, place, entry, subject),
      };
    }),
  );
};
