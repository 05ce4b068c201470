import { z } from 'zod';
import type { LocalDate } from '../domain/dates.ts';
import type { Evaluation } from '../domain/eligibility/evaluation.ts';
import type { Fact } from '../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../domain/facts/fact-kinds.ts';
import { Household } from '../domain/households/household.ts';
import { Fen } from '../domain/money.ts';
import { type AssetKind, assetKinds } from '../domain/policy/policy-pack.ts';
import { counties, townshipsOf } from '../policies/divisions/divisions.ts';
import { generateHouseholds } from '../synthetic/households.ts';

/** A household with a count of nothing for each kind of asset nobody has said anything about, so that a test of it is decided. */
const withAllAssets = (household: Household): Household => {
  const known = household.facts.find(({ kind }) => kind === 'asset.vehicles');
  if (known === undefined) return household;
  const missing = assetKinds.filter((asset) => !household.facts.some(({ kind }) => kind === asset));
  const none = (kind: AssetKind): Fact => ({ ...known, kind, unit: factKinds[kind].unit, value: Fen.parse(0) });
  return {
    ...household,
    facts: [...household.facts, ...missing.filter((kind) => kind !== 'asset.financial').map(none)],
  };
};

/** Some counties of the province, so that standards differ; each gives the same households every time. */
const countiesAsked = 12;

/**
 * Households of the synthetic counties, in the province's mix of sorts and sizes, whose facts are complete: no test of theirs is
 * unknown and no supporter has to be inferred. The peers have two-valued logic, and giving them three would slow them down.
 */
export const completeHouseholds = (
  count: number,
  date: LocalDate,
  evaluation: (household: Household) => Evaluation,
): readonly Household[] => {
  const all = counties().filter(({ code }) => townshipsOf(code).length > 0);
  const asked = Math.min(countiesAsked, Math.max(1, Math.floor(count / 50)));
  const each = Math.ceil((count * 1.1) / asked) + 5;
  const step = Math.floor(all.length / asked);
  const found: Household[] = [];
  for (let index = 0; index < asked; index += 1) {
    const county = all[index * step];
    if (county === undefined) break;
    for (const { roster } of generateHouseholds({ seed: 'bench', count: each, county: county.code, date })) {
      const household = withAllAssets(roster.household);
      if (isWithinPeers(household) && isComplete(evaluation(household))) found.push(household);
    }
  }
  if (found.length < count) throw new RangeError(`only ${found.length} of ${count} households have complete facts`);
  // Objects of one make, as they are when they come from the store or a file, whoever decides them.
  return z.array(Household).parse(JSON.parse(JSON.stringify(found.slice(0, count))));
};

/** Facts of what is asked only now and then, which the peers' rules leave out: the fewer rules, the quicker they are. */
const beyondPeers: readonly FactKind[] = [
  'income.basic-pension',
  'work.refusals',
  'employment.started-on',
  'allowance.paid',
  'monitoring.poverty-return',
];
const isWithinPeers = ({ facts }: Household): boolean => facts.every(({ kind }) => !beyondPeers.includes(kind));

const isComplete = ({ status, tests }: Evaluation): boolean =>
  status === 'decided' &&
  // A household whose only member has died is settled by one line, before any tier is tested.
  tests.length > 1 &&
  tests.every(({ result, inputs }) => result !== 'unknown' && inputs.every(({ name }) => name !== 'supporter.at_home'));
