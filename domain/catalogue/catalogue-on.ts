import type { LocalDate } from '../dates.ts';
import type { Basis, Clock } from '../deadlines/clock.ts';
import { isListed } from '../eligibility/conditions.ts';
import { oncePerPlan, type Plan } from '../eligibility/plan.ts';
import { clockOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import {
  type CatalogueItem,
  type Department,
  type Exclusion,
  exclusionIdentity,
  versionsInForce,
} from './catalogue.ts';
import { type Condition, parseCondition, variablesIn } from './condition.ts';
import type { ConditionSettings } from './condition-context.ts';
import { inOrderOfStanding } from './exclusions.ts';
import { compileCondition, conjunctsOf, type Run } from './run-condition.ts';
import { coveredTiers, type PersonTier } from './tiers.ts';

/** How long an item may take, with what that rests on. */
export interface ItemDeadline {
  readonly amount: number;
  readonly unit: Clock['unit'];
  readonly basis: Basis;
  readonly citation: string;
}

/** An item in force, with its condition made into a function. */
export interface ItemInForce {
  readonly item: CatalogueItem;
  readonly department: Department;
  readonly deadline: ItemDeadline;
  readonly condition: Condition;
  readonly run: Run;
  /** The tiers it is for as bits; see `tierBit`. */
  readonly tiers: number;
  readonly isForPersons: boolean;
  /** Decided, with its amount, by the evaluation. */
  readonly isDetermined: boolean;
  /** The parts that all have to hold, each with its own function: what is told apart when the condition fails. */
  readonly conjuncts: readonly { readonly part: Condition; readonly run: Run }[];
  /** A household's item that some members may have to do without, because they have another. */
  readonly isShared: boolean;
}

/** An exclusion in force, by the places of its items in the list. */
export interface ExclusionInForce {
  readonly stands: number;
  readonly yields: number;
  readonly scope: Exclusion['scope'];
}

/** Everything a pack says about assistance on one date, ready to be asked for many households. */
export interface CatalogueOn {
  readonly plan: Plan;
  readonly items: readonly ItemInForce[];
  /** In an order in which they can be applied one after the other. */
  readonly exclusions: readonly ExclusionInForce[];
  readonly settings: ConditionSettings;
}

const bits: ReadonlyMap<string, number> = new Map(coveredTiers.map((tier, place) => [tier, 1 << place]));

/** The bit of a tier; none for no tier. */
export const tierBit = (tier: PersonTier | (typeof coveredTiers)[number]): number => bits.get(tier) ?? 0;

/** Every tier there is: what an item for anyone covers. */
export const anyTier = -1;

const bitsOf = ({ tiers }: CatalogueItem): number =>
  tiers === 'anyone' ? anyTier : tiers.reduce((all, tier) => all | tierBit(tier), 0);

const departmentOn = (policy: PolicyPack, code: string, date: LocalDate): Department => {
  const found = versionsInForce(policy.departments, (department) => department.code, date).find(
    (department) => department.code === code,
  );
  if (found === undefined) throw new RangeError(`the pack ${policy.version} has no department ${code} on ${date}`);
  return found;
};

const deadlineOn = (policy: PolicyPack, { deadline }: CatalogueItem, date: LocalDate): ItemDeadline => {
  const { amount, unit, basis, citation } = 'clock' in deadline ? clockOn(policy, deadline.clock, date) : deadline;
  return { amount, unit, basis, citation };
};

type Compiled = Pick<ItemInForce, 'condition' | 'run' | 'conjuncts'>;

const compile = ({ code, condition, subject }: CatalogueItem): Compiled => {
  const parsed = parseCondition(condition, subject);
  if (!parsed.ok) throw new RangeError(`the condition of ${code} is not one: ${parsed.faults[0]?.message ?? ''}`);
  const conjuncts = conjunctsOf(parsed.condition).map((part) => ({ part, run: compileCondition(part) }));
  return { condition: parsed.condition, run: compileCondition(parsed.condition), conjuncts };
};

const functions = new WeakMap<CatalogueItem, Compiled>();

/** The condition of a version of an item as a function: the same on every day it is in force. */
const compiled = (item: CatalogueItem): Compiled => {
  const known = functions.get(item) ?? compile(item);
  functions.set(item, known);
  return known;
};

const isAboutEvent = (item: CatalogueItem): boolean =>
  variablesIn(compiled(item).condition).some(({ name }) => name.startsWith('event.'));

/**
 * The exclusions that bear on what opens. Two items for one event bear on each other only where both ask for the event: otherwise
 * nobody knows here that it is the same, and the chain of assistance holds them apart when they are granted.
 */
const exclusionsOn = (versions: readonly Exclusion[], items: readonly CatalogueItem[]): readonly ExclusionInForce[] =>
  inOrderOfStanding(versions).flatMap(({ stands, yields, scope }) => {
    const [first, second] = [stands, yields].map((code) => items.findIndex((item) => item.code === code));
    if (first === undefined || second === undefined || first < 0 || second < 0) return [];
    const both = [items[first], items[second]];
    const oneEvent = both.every((item) => item !== undefined && isAboutEvent(item));
    return scope === 'event' && !oneEvent ? [] : [{ stands: first, yields: second, scope }];
  });

const conditionSettings = (plan: Plan): ConditionSettings => {
  const { settings } = plan;
  const disabling = settings['extreme-hardship.disabilities'].value;
  return {
    on: plan,
    undeclaredSpendingIsNone: settings['facts.undeclared_spending'].value === 'none',
    worksFrom: settings['extreme-hardship.minor_below'].value,
    worksBelow: settings['extreme-hardship.age_from'].value,
    preventsWork: (disability) => isListed(disability, disabling),
  };
};

/** What a pack says about assistance on a day, prepared once for its plan: a run over the roster asks for one, many times. */
export const catalogueOn = oncePerPlan((plan): CatalogueOn => {
  const { policy, date } = plan;
  const items = versionsInForce(policy.catalogue, ({ code }) => code, date);
  const exclusions = exclusionsOn(versionsInForce(policy.exclusions, exclusionIdentity, date), items);
  const ofPersons = exclusions.filter(({ scope }) => scope === 'person');
  return {
    plan,
    settings: conditionSettings(plan),
    exclusions,
    items: items.map((item, place) => ({
      item,
      department: departmentOn(policy, item.leadDepartment, date),
      deadline: deadlineOn(policy, item, date),
      ...compiled(item),
      tiers: bitsOf(item),
      isForPersons: item.subject === 'person',
      isDetermined: item.amount.rule === 'determined',
      isShared: ofPersons.some(({ stands, yields }) => stands === place || yields === place),
    })),
  };
});
