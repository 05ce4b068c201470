import { slotOf } from '../facts/readings.ts';
import { type AssetKind, assetKinds, type PropertyTier } from '../policy/policy-pack.ts';
import type { TestInput } from './evaluation.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { derivedInput, policyInput, thresholdOf } from './lines.ts';
import type { AssetLimit } from './plan.ts';
import { causeOf, homeReading, numberOf, type Situation } from './situation.ts';

/** How tests of each tier are called in a trace. */
const prefixes: Readonly<Record<PropertyTier, string>> = {
  EXTREME_HARDSHIP: 'extreme-hardship',
  MINIMUM_LIVING_ALLOWANCE: 'mla',
  MARGINAL: 'marginal',
  RIGID_EXPENDITURE: 'rigid',
};

const isUrbanMetric = ({ dated }: AssetLimit): boolean => dated.value.metric === 'months-of-urban-standard-per-head';

/** A limit in the unit of the asset: pieces, or fen for the whole household. */
const limitIn = (limit: AssetLimit, { place, counted }: Situation): number => {
  const { metric, limit: written } = limit.dated.value;
  if (metric === 'count') return written;
  const { value } = isUrbanMetric(limit) ? place.urbanStandard : place.standard;
  return written * value * counted.length;
};

/** What a limit in months of a standard was made from; nothing for a limit in pieces. */
const madeFrom = (limit: AssetLimit, { place, counted, household }: Situation): readonly TestInput[] => {
  if (limit.dated.value.metric === 'count') return [];
  const standard = isUrbanMetric(limit) ? place.urbanStandard : place.standard;
  const settlement = isUrbanMetric(limit) ? 'urban' : household.settlement;
  const months = { value: limit.dated.value.limit, unit: 'months', validFrom: standard.validFrom };
  return [
    derivedInput('members.counted', counted.length, 'persons'),
    policyInput(`mla.standard.${settlement}`, standard),
    policyInput('property.months_of_standard', months),
  ];
};

const testOf = (tier: PropertyTier, asset: AssetKind): TestKind => {
  const unit = asset === 'asset.financial' ? 'fen' : 'pieces';
  return {
    code: `${prefixes[tier]}.property.${asset.slice('asset.'.length)}`,
    tier,
    unit,
    turns: { name: asset, passes: 'below' },
    describe: (situation, { limit: value }) => {
      const limit = situation.plan.limits[tier].find((each) => each.asset === asset);
      if (limit === undefined || value === null) throw new RangeError(`${asset} has no limit in ${tier}`);
      return {
        comparison: limit.dated.value.comparison,
        citation: limit.dated.citation,
        threshold: thresholdOf(`property.${tier}.${asset}`, limit.dated, value, unit),
        also: madeFrom(limit, situation),
      };
    },
  };
};

/** A test and the slot of the fact it looks at. */
interface AssetTest {
  readonly test: TestKind;
  readonly slot: number;
}
const testsOf = (tier: PropertyTier): ReadonlyMap<AssetKind, AssetTest> =>
  new Map(assetKinds.map((asset) => [asset, { test: testOf(tier, asset), slot: slotOf(asset) }]));
const tests: Readonly<Record<PropertyTier, ReadonlyMap<AssetKind, AssetTest>>> = {
  EXTREME_HARDSHIP: testsOf('EXTREME_HARDSHIP'),
  MINIMUM_LIVING_ALLOWANCE: testsOf('MINIMUM_LIVING_ALLOWANCE'),
  MARGINAL: testsOf('MARGINAL'),
  RIGID_EXPENDITURE: testsOf('RIGID_EXPENDITURE'),
};

const assetTest = (situation: Situation, limit: AssetLimit): Finding => {
  const { tier, asset, dated } = limit;
  const own = tests[tier].get(asset);
  if (own === undefined) throw new RangeError(`there is no test of ${asset} in ${tier}`);
  const { test, slot } = own;
  const value = limitIn(limit, situation);
  const read = homeReading(situation, slot);
  if (!read.known) {
    return unmeasured(test, null, 'unknown', { limit: value, causes: [causeOf(read.problem, asset)] });
  }
  const owned = numberOf(read);
  const isStrict = dated.value.comparison === '<';
  const passes = isStrict ? owned < value : owned <= value;
  return measured(test, null, passes, {
    value: owned,
    limit: value,
    turning: isStrict ? value : value + 1,
    facts: [read],
  });
};

/** The property tests of a tier, one for each kind of asset the pack limits, whole amounts compared (D57 article 14, local limits). */
export const propertyTests = (situation: Situation, tier: PropertyTier): readonly Finding[] => {
  const found: Finding[] = [];
  for (const limit of situation.plan.limits[tier]) found.push(assetTest(situation, limit));
  return found;
};
