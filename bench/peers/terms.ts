import type { LocalDate } from '../../domain/dates.ts';
import type { Household } from '../../domain/households/household.ts';
import { parameterOn, propertyLimitOn, standardOn } from '../../domain/policy/look-up.ts';
import type { ParameterKey, ParameterValue } from '../../domain/policy/parameters.ts';
import { type AssetKind, assetKinds, type PolicyPack, type PropertyTier } from '../../domain/policy/policy-pack.ts';

/** One property limit as the pack has it: in pieces, or in months of a standard a head. */
export interface PropertyTerm {
  readonly asset: AssetKind;
  readonly comparison: '<' | '<=';
  readonly limit: number;
  readonly standard: 'none' | 'own' | 'urban';
}

/** The allowance standards of a place in fen a month. */
interface Standards {
  readonly own: number;
  readonly urban: number;
}

/** Everything the peers take from a pack for one day: the same thresholds Hearth uses. */
export interface Terms {
  readonly version: string;
  readonly date: LocalDate;
  readonly value: <Key extends ParameterKey>(key: Key) => ParameterValue<Key>;
  readonly property: (tier: PropertyTier) => readonly PropertyTerm[];
  readonly standards: (household: Household) => Standards;
}

const standardBy = {
  'count': 'none',
  'months-of-own-standard-per-head': 'own',
  'months-of-urban-standard-per-head': 'urban',
} as const;

/** What the peers' rules take for granted. A pack that says otherwise needs other peers, so it is refused. */
const takenForGranted = [
  ['standard.place', 'registered'],
  ['members.extreme_hardship_counted', true],
  ['extreme-hardship.income_of', 'own'],
  ['extreme-hardship.income_comparison', '<'],
  ['mla.income_comparison', '<'],
  ['mla.floor_at_single_entry', true],
  ['marginal.income_comparison', '<'],
  ['single-entry.major_illness', true],
  ['rigid.rural_ceiling', 'rural'],
  ['rigid.income_comparison', '<'],
  ['rigid.ratio_comparison', '>'],
  ['rigid.exempt_in_denominator', false],
  ['watchlist.is_tier', true],
  ['facts.undeclared_spending', 'none'],
] as const satisfies readonly (readonly [ParameterKey, string | boolean])[];

/** Looks standards up once for each division and settlement, as anyone would who has to do it a million times. */
const standardsOf = (policy: PolicyPack, date: LocalDate): Terms['standards'] => {
  const known = new Map<string, Standards>();
  return ({ registeredDivision, settlement }) => {
    const key = settlement + registeredDivision;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = standardOn(policy, registeredDivision, settlement, date);
    const urban = standardOn(policy, registeredDivision, 'urban', date);
    if (own === null || urban === null) throw new RangeError(`no standard for ${registeredDivision}`);
    const standards = { own: own.value, urban: urban.value };
    known.set(key, standards);
    return standards;
  };
};

/** Reads a pack for the peers. Throws a RangeError when the pack makes a choice that the peers' rules are not written for. */
export const termsOf = (policy: PolicyPack, date: LocalDate): Terms => {
  const value: Terms['value'] = (key) => {
    const found = parameterOn(policy, key, date);
    if (found === null) throw new RangeError(`the pack has no ${key} on ${date}`);
    return found.value;
  };
  for (const [key, granted] of takenForGranted) {
    const said = value(key);
    if (said !== granted) throw new RangeError(`the peers take ${key} to be ${granted}, the pack says ${said}`);
  }
  return {
    version: policy.version,
    date,
    value,
    standards: standardsOf(policy, date),
    property: (tier) =>
      assetKinds.flatMap((asset) => {
        const limit = propertyLimitOn(policy, tier, asset, date)?.value;
        if (limit === undefined) return [];
        return [{ asset, comparison: limit.comparison, limit: limit.limit, standard: standardBy[limit.metric] }];
      }),
  };
};
