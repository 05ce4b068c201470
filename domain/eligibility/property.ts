import { propertyLimitOn } from '../policy/look-up.ts';
import { type AssetKind, assetKinds, type PropertyLimit, type PropertyTier } from '../policy/policy-pack.ts';
import type { TestInput, TestLine } from './evaluation.ts';
import {
  causeOf,
  derivedInput,
  inputOf,
  numberOf,
  policyInput,
  reading,
  type Situation,
  thresholdOf,
} from './situation.ts';

/** How tests of each tier are called in a trace. */
const codes: Readonly<Record<PropertyTier, string>> = {
  EXTREME_HARDSHIP: 'extreme-hardship',
  MINIMUM_LIVING_ALLOWANCE: 'mla',
  MARGINAL: 'marginal',
  RIGID_EXPENDITURE: 'rigid',
};

/** A limit in the unit of the asset: pieces, or fen for the whole household. */
const limitOf = (situation: Situation, limit: PropertyLimit): { value: number; inputs: TestInput[] } => {
  if (limit.metric === 'count') return { value: limit.limit, inputs: [] };
  const urban = limit.metric === 'months-of-urban-standard-per-head';
  const standard = urban ? situation.urbanStandard : situation.standard;
  const heads = situation.counted.length;
  return {
    value: limit.limit * standard.value * heads,
    inputs: [
      derivedInput('members.counted', heads, 'persons'),
      policyInput(
        `mla.standard.${urban ? 'urban' : situation.household.settlement}`,
        standard.value,
        standard.unit,
        standard.validFrom,
      ),
      policyInput('property.months_of_standard', limit.limit, 'months', standard.validFrom),
    ],
  };
};

const assetTest = (situation: Situation, tier: PropertyTier, asset: AssetKind): TestLine => {
  const dated = propertyLimitOn(situation.policy, tier, asset, situation.date);
  if (dated === null) throw new RangeError(`the pack ${situation.policy.version} has no limit of ${asset} for ${tier}`);
  const { comparison } = dated.value;
  const { value, inputs } = limitOf(situation, dated.value);
  const read = reading(situation, situation.household.householdId, asset);
  const unit = asset === 'asset.financial' ? 'fen' : 'pieces';
  const line = {
    code: `${codes[tier]}.property.${asset.slice('asset.'.length)}`,
    tier,
    subject: situation.household.householdId,
    comparison,
    unit,
    threshold: thresholdOf(`property.${tier}.${asset}`, dated, value, unit),
    citation: dated.citation,
  };
  if (!read.known) {
    const cause = causeOf(read.problem, asset);
    return { ...line, measured: null, inputs, result: 'unknown', distance: null, wouldChange: null, cause };
  }
  const measured = numberOf(read);
  const within = comparison === '<' ? measured < value : measured <= value;
  const turning = comparison === '<' ? value : value + 1;
  return {
    ...line,
    measured,
    inputs: [inputOf(read), ...inputs],
    result: within ? 'pass' : 'fail',
    distance: value - measured,
    wouldChange: within ? { name: asset, atLeast: turning } : { name: asset, below: turning },
    cause: null,
  };
};

/** The property tests of a tier, one line for each kind of asset, whole amounts compared (D57 article 14, local limits). */
export const propertyTests = (situation: Situation, tier: PropertyTier): readonly TestLine[] =>
  assetKinds.map((asset) => assetTest(situation, tier, asset));
