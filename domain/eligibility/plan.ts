import { dayNumber, type LocalDate } from '../dates.ts';
import { type FactKind, factKindNames } from '../facts/fact-kinds.ts';
import type { Household } from '../households/household.ts';
import type { DivisionCode } from '../people/divisions.ts';
import { parameterOn, propertyLimitOn, type StandardInForce, standardOn } from '../policy/look-up.ts';
import { type DatedValue, type ParameterKey, type ParameterValue, parameterKeys } from '../policy/parameters.ts';
import {
  type AssetKind,
  assetKinds,
  type PolicyPack,
  type PropertyLimit,
  type PropertyTier,
} from '../policy/policy-pack.ts';

/** A parameter in force on the plan's day, with its date, basis and citation. */
type Settings = { readonly [Key in ParameterKey]: DatedValue<ParameterValue<Key>> };

/** One kind of asset that a tier limits. */
export interface AssetLimit {
  readonly tier: PropertyTier;
  readonly asset: AssetKind;
  readonly dated: DatedValue<PropertyLimit>;
}

/** The standards of the place where a household's case is decided. */
export interface Place {
  readonly standard: StandardInForce;
  readonly urbanStandard: StandardInForce;
}

/**
 * A pack on one day: every parameter looked up once, so that deciding a household looks up nothing. Made once for a pack and a
 * day, however many households are decided.
 */
export interface Plan {
  readonly policy: PolicyPack;
  readonly date: LocalDate;
  readonly day: number;
  readonly settings: Settings;
  readonly limits: Readonly<Record<PropertyTier, readonly AssetLimit[]>>;
  /** Days after which a fact is too old, by slot (see facts/readings.ts); infinite for what does not age. */
  readonly staleAfter: readonly number[];
  /** The standards of a division and settlement; null where the pack has none. */
  readonly placeOf: (division: DivisionCode, settlement: Household['settlement']) => Place | null;
}

/** A parameter in force. A parsed pack has each of them from `coversFrom` on, so absence is a fault of the program. */
const settingsOf = (policy: PolicyPack, date: LocalDate): Settings => {
  const found: Record<string, unknown> = {};
  for (const key of parameterKeys) {
    const value = parameterOn(policy, key, date);
    if (value === null) throw new RangeError(`the pack ${policy.version} has no ${key} on ${date}`);
    found[key] = value;
  }
  // Complete by the loop above, which TypeScript cannot follow from the keys to their own types.
  if (!isComplete(found)) throw new RangeError(`the pack ${policy.version} is not complete on ${date}`);
  return found;
};
const isComplete = (found: object): found is Settings => Object.keys(found).length === parameterKeys.length;

const limitsOf = (policy: PolicyPack, tier: PropertyTier, date: LocalDate): readonly AssetLimit[] =>
  assetKinds.flatMap((asset) => {
    const dated = propertyLimitOn(policy, tier, asset, date);
    return dated === null ? [] : [{ tier, asset, dated }];
  });

/** What has happened on a day does not age. */
const timeless: readonly FactKind[] = ['exit.on', 'employment.started-on'];

const staleAfterOf = (settings: Settings, kind: FactKind): number => {
  if (timeless.includes(kind)) return Number.POSITIVE_INFINITY;
  if (kind.startsWith('income.') || kind === 'allowance.paid') return settings['stale.income_days'].value;
  if (kind.startsWith('asset.')) return settings['stale.asset_days'].value;
  if (kind.startsWith('expenditure.') || kind.startsWith('hospital.')) return settings['stale.expenditure_days'].value;
  if (kind === 'study.stage') return settings['stale.study_days'].value;
  return settings['stale.condition_days'].value;
};

const placesOf = (policy: PolicyPack, date: LocalDate): Plan['placeOf'] => {
  const places = { urban: new Map<DivisionCode, Place | null>(), rural: new Map<DivisionCode, Place | null>() };
  return (division, settlement) => {
    const known = places[settlement].get(division);
    if (known !== undefined) return known;
    const standard = standardOn(policy, division, settlement, date);
    const urbanStandard = standardOn(policy, division, 'urban', date);
    const place = standard === null || urbanStandard === null ? null : { standard, urbanStandard };
    places[settlement].set(division, place);
    return place;
  };
};

const makePlan = (policy: PolicyPack, date: LocalDate): Plan => {
  const settings = settingsOf(policy, date);
  return {
    policy,
    date,
    day: dayNumber(date),
    settings,
    limits: {
      EXTREME_HARDSHIP: limitsOf(policy, 'EXTREME_HARDSHIP', date),
      MINIMUM_LIVING_ALLOWANCE: limitsOf(policy, 'MINIMUM_LIVING_ALLOWANCE', date),
      MARGINAL: limitsOf(policy, 'MARGINAL', date),
      RIGID_EXPENDITURE: limitsOf(policy, 'RIGID_EXPENDITURE', date),
    },
    staleAfter: factKindNames.map((kind) => staleAfterOf(settings, kind)),
    placeOf: placesOf(policy, date),
  };
};

const plans = new WeakMap<PolicyPack, Map<LocalDate, Plan>>();
/** Days of which plans are kept for one pack: reviews are decided on today, replays on any day there was. */
const keptDays = 64;

/** The plan of a pack for a day on or after `coversFrom`; the same object for the same pack and day. */
export const planFor = (policy: PolicyPack, date: LocalDate): Plan => {
  const ofPack = plans.get(policy) ?? new Map<LocalDate, Plan>();
  const known = ofPack.get(date);
  if (known !== undefined) return known;
  const plan = makePlan(policy, date);
  if (ofPack.size >= keptDays) ofPack.clear();
  ofPack.set(date, plan);
  plans.set(policy, ofPack);
  return plan;
};

/**
 * What is made of a plan, made once for each. The plan asked for last is at hand: whole-roster runs have but one, and a look into a
 * weak map for every household costs a twentieth of its decision.
 */
export const oncePerPlan = <Made extends object>(make: (plan: Plan) => Made): ((plan: Plan) => Made) => {
  const all = new WeakMap<Plan, Made>();
  let last: Plan | null = null;
  let ofLast: Made | undefined;
  return (plan) => {
    if (plan === last && ofLast !== undefined) return ofLast;
    const made = all.get(plan) ?? make(plan);
    all.set(plan, made);
    last = plan;
    ofLast = made;
    return made;
  };
};
