import { dayNumber } from '../../domain/dates.ts';
import type { FactKind } from '../../domain/facts/fact-kinds.ts';
import type { Household } from '../../domain/households/household.ts';
import type { AssetKind, PropertyTier } from '../../domain/policy/policy-pack.ts';
import { shareRoundedDown, shareRoundedUp } from '../../domain/policy/shares.ts';
import {
  type FactsOfSubject,
  type FlatFacts,
  noFacts,
  numberIn,
  type Telling,
  type UsedFact,
  used,
  yearsBetween,
} from './known.ts';
import type { PropertyTerm, Terms } from './terms.ts';
import { limitNameOf, nameOf } from './tests.ts';
import { atMostLimit, perHead, withoutTurning } from './told.ts';

/** The household's own tests as flat facts, with what the trace will say. */
export interface HomeLines {
  readonly flat: FlatFacts;
  /** In the order of the tests of the household. */
  readonly tellings: readonly Telling[];
}

/** What is known of the household when its own tests are prepared. */
export interface Home {
  readonly facts: FactsOfSubject;
  readonly heads: number;
  readonly settlement: Household['settlement'];
  readonly standards: ReturnType<Terms['standards']>;
  readonly income: number;
  readonly incomeFacts: readonly UsedFact[];
}

interface NamedTerm extends PropertyTerm {
  readonly name: string;
  readonly limitName: string;
}
type Flat = Record<string, number>;
type UsedAssets = Map<AssetKind, readonly UsedFact[]>;

/** More years than any limit: what an absent exit is compared as. */
const neverLeft = 1_000;

const needed = (value: number | null, what: string): number => {
  if (value === null) throw new RangeError(`the peers need ${what}, and the pack leaves it open`);
  return value;
};

/** What is read from the pack once and not for every household. */
const settle = (terms: Terms) => {
  const { value } = terms;
  const property = (tier: PropertyTier): readonly NamedTerm[] =>
    terms.property(tier).map((term) => ({ ...term, name: nameOf(term.asset), limitName: limitNameOf(tier, term) }));
  return {
    date: terms.date,
    day: dayNumber(terms.date),
    hardship: property('EXTREME_HARDSHIP'),
    allowance: property('MINIMUM_LIVING_ALLOWANCE'),
    marginal: property('MARGINAL'),
    rigid: property('RIGID_EXPENDITURE'),
    multiple: value('marginal.multiple'),
    ceiling: {
      urban: needed(value('rigid.ceiling.urban'), 'an urban ceiling'),
      rural: needed(value('rigid.ceiling.rural'), 'a rural ceiling'),
    },
    ratio: needed(value('rigid.ratio'), 'a ratio'),
    spendingCounted: value('rigid.spending_counted'),
    exitYears: value('watchlist.exit_years'),
  };
};
type Settled = ReturnType<typeof settle>;

const propertyLine = (home: Home, term: NamedTerm, flat: Flat, assets: UsedAssets, day: number): Telling => {
  const { facts, heads, standards } = home;
  const fact = facts[term.asset];
  if (fact === undefined) throw new RangeError(`the peers decide only on complete facts, and ${term.asset} is missing`);
  const measured = numberIn(fact);
  let told = assets.get(term.asset);
  if (told === undefined) {
    told = [used(fact, undefined, day)];
    assets.set(term.asset, told);
    flat[term.name] = measured;
  }
  if (term.standard === 'none') return telling(measured, term.limit, term, told);
  const limit = term.limit * standards[term.standard] * heads;
  flat[term.limitName] = limit;
  return telling(measured, limit, term, told);
};

const telling = (measured: number, limit: number, { comparison }: NamedTerm, facts: readonly UsedFact[]): Telling => {
  const line = atMostLimit(measured, limit, facts);
  return comparison === '<' ? { ...line, turning: limit } : line;
};

const ratioLine = ({ spendingCounted, ratio, day }: Settled, home: Home, flat: Flat): Telling => {
  const spent: UsedFact[] = [];
  let spending = 0;
  const add = (kind: FactKind): void => {
    const fact = home.facts[kind];
    if (fact === undefined) return;
    spending += numberIn(fact);
    spent.push(used(fact, undefined, day));
  };
  for (const kind of spendingCounted) add(kind);
  const limit = shareRoundedDown(home.income, ratio);
  flat['spending'] = spending;
  flat['limit_rigid_ratio'] = limit;
  return atMostLimit(spending, limit, spent.length === 0 ? home.incomeFacts : [...spent, ...home.incomeFacts]);
};

const exitLine = ({ date, day, exitYears }: Settled, { facts }: Home, flat: Flat): Telling => {
  const { 'exit.on': exit } = facts;
  const years = typeof exit?.value === 'string' ? yearsBetween(exit.value, date) : null;
  flat['exit_years'] = years ?? neverLeft;
  if (exit === undefined || years === null) return withoutTurning(null, exitYears, noFacts);
  return { ...withoutTurning(years, exitYears, [used(exit, undefined, day)]), distance: exitYears - years };
};

/** Prepares the tests of the household itself. */
export const homePreparation = (terms: Terms): ((home: Home) => HomeLines) => {
  const settled = settle(terms);
  const { day, hardship, allowance, marginal, rigid, multiple, ceiling } = settled;
  return (home) => {
    const { heads, standards, income, incomeFacts, settlement } = home;
    const yearly = standards.own * 12 * heads;
    const flat: Flat = {
      income,
      limit_mla_income: yearly,
      limit_marginal_income: shareRoundedUp(yearly, multiple),
      limit_rigid_income: ceiling[settlement] * heads,
    };
    const assets: UsedAssets = new Map();
    const tellings: Telling[] = [];
    const add = (limits: readonly NamedTerm[]): void => {
      for (const term of limits) tellings.push(propertyLine(home, term, flat, assets, day));
    };
    add(hardship);
    tellings.push(perHead(income, 12 * heads, standards.own, incomeFacts));
    add(allowance);
    tellings.push(perHead(income, 12 * heads, shareRoundedUp(standards.own, multiple), incomeFacts));
    add(marginal);
    tellings.push(perHead(income, heads, ceiling[settlement], incomeFacts));
    add(rigid);
    tellings.push(ratioLine(settled, home, flat), exitLine(settled, home, flat));
    return { flat, tellings };
  };
};
