import { catalogueOn } from '../../domain/catalogue/catalogue-on.ts';
import { itemsOf, type OpenItem } from '../../domain/catalogue/items.ts';
import { traceOf } from '../../domain/determinations/trace.ts';
import type { Decision } from '../../domain/eligibility/decide.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Plan } from '../../domain/eligibility/plan.ts';
import { type Situation, situationOf } from '../../domain/eligibility/situation.ts';
import { householdTiers } from '../../domain/eligibility/tiers.ts';
import type { Household } from '../../domain/households/household.ts';
import { type Random, randomFrom } from '../../synthetic/random.ts';
import { changedHousehold } from './changed-household.ts';
import type { Case } from './generated-household.ts';
import { isTierSure, tierFaultsOf } from './one-tier.ts';
import type { Paths } from './paths.ts';
import { isSame } from './same.ts';
import { worsenings } from './worsenings.ts';

/** What holds for every household, by name. */
export const propertyNames = [
  'total',
  'deterministic',
  'one tier',
  'bulk path agrees',
  'replay agrees',
  'more hardship never lowers',
  'exclusive items never both',
  'smallest change is true',
] as const;
export type PropertyName = (typeof propertyNames)[number];

/** Everything a property may look at: what was made of one household, once. */
export interface Made {
  readonly made: Case;
  readonly paths: Paths;
  readonly evaluation: Evaluation;
  /** The trace as JSON text, by way of the object. */
  readonly text: Buffer;
  /** Null before the pack begins. */
  readonly plan: Plan | null;
  /** Null where nothing can be tested. */
  readonly situation: Situation | null;
  /** What was counted on the way, beside violations. */
  readonly count: (what: string) => void;
}

/** What is wrong, one text for each violation; empty when the property holds. Texts name no one. */
type Property = (made: Made) => readonly string[];

const shuffled = <Item>(items: readonly Item[], random: Random): Item[] => {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const place = random.integer(0, last);
    const item = all[last];
    const other = all[place];
    if (item !== undefined && other !== undefined) [all[last], all[place]] = [other, item];
  }
  return all;
};

/** The same household from other objects, its facts in another order. */
const copyOf = (household: Household, random: Random): Household => ({
  ...household,
  members: household.members.map((member) => ({ ...member })),
  facts: shuffled(household.facts, random).map((fact) => ({ ...fact })),
});

const isTotal: Property = ({ made: { household }, evaluation }) => {
  const { memberTiers, tests, status, entitlements, perCapitaMonthlyIncome } = evaluation;
  const unexplained = tests.filter(({ result, cause }) => (result === 'unknown') !== (cause !== null));
  const faults: string[] = [];
  if (memberTiers.length !== household.members.length) faults.push(`${memberTiers.length} member tiers`);
  if (tests.length === 0) faults.push('no test at all');
  for (const { code } of unexplained) faults.push(`${code} is unknown without a cause, or has a cause and is known`);
  if (status === 'cannot-decide' && !tests.some(({ result }) => result === 'unknown'))
    faults.push('nothing is unknown');
  const numbers = [perCapitaMonthlyIncome ?? 0, ...entitlements.map(({ amount }) => amount)];
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) faults.push(`amounts ${numbers.join()}`);
  return faults;
};

/** By the bulk path, which is quicker and held against the other one below. */
const isDeterministic: Property = ({ made: { household, policy, date, seed, index }, paths, text, plan }) => {
  const copy = copyOf(household, randomFrom(`${seed}/${index}/order`));
  const again =
    plan === null
      ? Buffer.from(JSON.stringify(traceOf(paths.evaluate(copy, policy, date))))
      : paths.traceBytes(copy, plan);
  return text.equals(again) ? [] : ['the same facts in another order come to another trace'];
};

const bulkAgrees: Property = ({ made: { household }, paths, text, plan }) => {
  if (plan === null) return [];
  const bytes = paths.traceBytes(household, plan);
  const place = text.compare(bytes) === 0 ? -1 : text.findIndex((byte, index) => byte !== bytes[index]);
  return place === -1 && bytes.length === text.length
    ? []
    : [`${bytes.length} bytes instead of ${text.length}, other from byte ${place} on`];
};

const replayAgrees: Property = ({ made: { household }, paths, evaluation, plan, count }) => {
  if (plan === null) return [];
  const bytes = paths.compactBytes(household, plan);
  if (household.members.length <= 8 && bytes.length > 512) count('compact forms above 512 bytes, up to 8 members');
  const { householdId, members } = household;
  const whose = { householdId, personIds: members.map(({ personId }) => personId) };
  const again = paths.replay(bytes, whose, paths.packOf);
  return isSame(again, evaluation) ? [] : ['the compact form comes to another evaluation'];
};

const rank = ({ tier }: Decision): number => householdTiers.indexOf(tier);
const total = ({ entitlements }: Decision): number => entitlements.reduce((sum, { amount }) => sum + amount, 0);

const hardshipNeverLowers: Property = ({ made: { seed, index }, paths, situation, count }) => {
  if (situation === null) return [];
  const before = paths.decide(situation);
  if (before.status !== 'decided') return [];
  const random = randomFrom(`${seed}/${index}/worse`);
  return worsenings.flatMap(({ name, worse, keepsTier }) => {
    const household = worse(situation, random);
    const worsened = household === null ? null : situationOf(household, situation.plan);
    if (worsened === null) return [];
    const after = paths.decide(worsened);
    // Worse off, a household can be asked what nobody asked before: that is no refusal, and no answer to compare.
    if (after.status !== 'decided') return [];
    count(`worse: ${name}`);
    if (rank(after) < rank(before)) count(`worse, and higher: ${name}`);
    const faults: string[] = [];
    if (keepsTier(before.tier) && rank(after) > rank(before)) faults.push(`${name}: ${before.tier} to ${after.tier}`);
    if (total(after) < total(before)) faults.push(`${name}: ${total(before)} to ${total(after)} fen a month`);
    return faults;
  });
};

const personsServed = (items: readonly OpenItem[], { made, evaluation }: Made, code: string): readonly string[] => {
  const own = items.filter((item) => item.code === code);
  if (own.every(({ personId }) => personId !== null)) return own.map(({ personId }) => String(personId));
  const { household, policy, date } = made;
  return itemsOf(evaluation, household, policy, date)
    .filter((item) => item.code === code && item.result === 'opens')
    .flatMap(({ persons }) => persons);
};

const exclusivesApart: Property = (all) => {
  const { made, paths, evaluation, plan } = all;
  const { household, policy, date } = made;
  const items = paths.openItems(evaluation, household, policy, date);
  if (plan === null) return items.length === 0 ? [] : ['items open before the pack begins'];
  const codes = new Set(items.map(({ code }) => code));
  const on = catalogueOn(plan);
  return on.exclusions.flatMap(({ stands, yields, scope }) => {
    const [one = '', other = ''] = [stands, yields].map((place) => on.items[place]?.item.code);
    if (!codes.has(one) || !codes.has(other)) return [];
    const told = `${one} and ${other} are both open`;
    if (scope !== 'person') return [told];
    const served = new Set(personsServed(items, all, one));
    return personsServed(items, all, other).some((personId) => served.has(personId)) ? [`${told} for one person`] : [];
  });
};

const changeIsTrue: Property = ({ made: { policy, date }, paths, evaluation, situation, count }) => {
  if (situation === null || evaluation.status !== 'decided') return [];
  const found = paths.smallestChange(evaluation);
  if (found === null) return [];
  count(`smallest change: ${found.tier}`);
  const after = paths.evaluate(changedHousehold(situation, found), policy, date);
  if (after.householdTier === found.tier && (after.status === 'decided' || isTierSure(after))) return [];
  const named = found.changes.map(({ wouldChange }) => wouldChange?.name).join(' and ');
  return [`${named}: ${found.tier} was promised, ${after.status} ${after.householdTier} came of it`];
};

const properties: Readonly<Record<PropertyName, Property>> = {
  'total': isTotal,
  'deterministic': isDeterministic,
  'one tier': ({ evaluation }) => tierFaultsOf(evaluation),
  'bulk path agrees': bulkAgrees,
  'replay agrees': replayAgrees,
  'more hardship never lowers': hardshipNeverLowers,
  'exclusive items never both': exclusivesApart,
  'smallest change is true': changeIsTrue,
};

/** A property that a household breaks. */
export interface Violation {
  readonly property: PropertyName;
  readonly what: string;
}

const thrown = (error: unknown): string =>
  `it threw ${error instanceof Error ? `${error.name}: ${error.message}` : ''}`;

const makeAll = (made: Case, paths: Paths, count: Made['count']): Made => {
  const { household, policy, date } = made;
  const evaluation = paths.evaluate(household, policy, date);
  const plan = date < policy.coversFrom ? null : paths.planFor(policy, date);
  const situation = plan === null ? null : situationOf(household, plan);
  return {
    made,
    paths,
    evaluation,
    text: Buffer.from(JSON.stringify(traceOf(evaluation))),
    plan,
    situation: situation !== null && situation.counted.length > 0 ? situation : null,
    count,
  };
};

const inSpiteOf = (name: PropertyName, made: Made): readonly string[] => {
  try {
    return properties[name](made);
  } catch (error) {
    return [thrown(error)];
  }
};

/** Checks every property of one household. Nothing is thrown: what the rules throw is a violation like any other. */
export const violationsOf = (
  made: Case,
  paths: Paths,
  seen: { readonly made?: (made: Made) => void; readonly count: Made['count'] },
): readonly Violation[] => {
  let all: Made;
  try {
    all = makeAll(made, paths, seen.count);
  } catch (error) {
    return [{ property: 'total', what: thrown(error) }];
  }
  seen.made?.(all);
  return propertyNames.flatMap((property) => inSpiteOf(property, all).map((what) => ({ property, what })));
};
