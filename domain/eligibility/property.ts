import { slotOf } from '../facts/readings.ts';
import type { AssetKind, PropertyTier } from '../policy/policy-pack.ts';
import type { TestInput } from './evaluation.ts';
import { type Finding, measured, type TestKind, unmeasured } from './finding.ts';
import { derivedInput, policyInput, thresholdOf } from './lines.ts';
import { type AssetLimit, oncePerPlan } from './plan.ts';
import { causeOf, homeReading, numberOf, type Situation } from './situation.ts';
import { and, type Verdict } from './three-valued.ts';

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
    slot: slotOf(asset),
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

/** A limit with its test. */
interface AssetTest {
  readonly limit: AssetLimit;
  readonly test: TestKind;
  readonly slot: number;
  readonly isStrict: boolean;
}
/** What tests of counts found, together: the same for every household that owns as many of each. */
interface OfCounts {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}
/** The tests of a tier in their order, those that count pieces at their end. */
interface TierTests {
  readonly first: readonly AssetTest[];
  readonly counting: readonly AssetTest[];
}
type OfEachTier<Of> = Readonly<Record<PropertyTier, Of>>;
/** The property tests of a plan. What its tests of counts found is kept by the counts of a household, made one number. */
interface PropertyRules {
  readonly tests: OfEachTier<TierTests>;
  /** The slots of everything that some tier counts. */
  readonly counted: readonly number[];
  readonly byCounts: (OfEachTier<OfCounts> | undefined)[];
}

const tierTestsOf = (limits: readonly AssetLimit[]): TierTests => {
  const tests = limits.map((limit) => ({
    limit,
    test: testOf(limit.tier, limit.asset),
    slot: slotOf(limit.asset),
    isStrict: limit.dated.value.comparison === '<',
  }));
  const counting = tests.findLastIndex(({ limit }) => limit.dated.value.metric !== 'count') + 1;
  return { first: tests.slice(0, counting), counting: tests.slice(counting) };
};

const ofEachTier = <Of>(make: (tier: PropertyTier) => Of): OfEachTier<Of> => ({
  EXTREME_HARDSHIP: make('EXTREME_HARDSHIP'),
  MINIMUM_LIVING_ALLOWANCE: make('MINIMUM_LIVING_ALLOWANCE'),
  MARGINAL: make('MARGINAL'),
  RIGID_EXPENDITURE: make('RIGID_EXPENDITURE'),
});

/** Counts below this are kept together; hardly anybody in the roster owns as many of anything. */
const few = 8;

const rulesOf = oncePerPlan((plan): PropertyRules => {
  const tests = ofEachTier((tier) => tierTestsOf(plan.limits[tier]));
  const counted = new Set(Object.values(tests).flatMap(({ counting }) => counting.map(({ slot }) => slot)));
  return {
    tests,
    counted: [...counted],
    // Filled at once, not by a function for each place: a plan of another day is made for nearly every old decision.
    byCounts: new Array<OfEachTier<OfCounts> | undefined>(few ** counted.size).fill(undefined),
  };
});

const findingOf = ({ limit, test, slot, isStrict }: AssetTest, situation: Situation): Finding => {
  const value = limitIn(limit, situation);
  const read = homeReading(situation, slot);
  if (!read.known) {
    return unmeasured(test, null, 'unknown', { limit: value, causes: [causeOf(read.problem, limit.asset)] });
  }
  const owned = numberOf(read);
  const passes = isStrict ? owned < value : owned <= value;
  return measured(test, null, passes, { value: owned, limit: value, turning: isStrict ? value : value + 1 });
};

const foundBy = (tests: readonly AssetTest[], situation: Situation): OfCounts => {
  let verdict: Verdict = 'pass';
  const findings: Finding[] = [];
  for (const test of tests) {
    const found = findingOf(test, situation);
    findings.push(found);
    verdict = and(verdict, found.result);
  }
  return { findings, verdict };
};

/** One number for the counts of a household; -1 when one of them is unknown, or is not few. */
const countsOf = (counted: readonly number[], situation: Situation): number => {
  let counts = 0;
  for (const slot of counted) {
    const read = homeReading(situation, slot);
    const owned = read.known ? numberOf(read) : few;
    if (owned >= few) return -1;
    counts = counts * few + owned;
  }
  return counts;
};

/** The property of one household as all tiers look at it: their tests, and what those that count pieces found. */
export interface Property {
  readonly tests: OfEachTier<TierTests>;
  readonly pieces: OfEachTier<OfCounts>;
}

/** Counts what a household owns, once for all tiers. */
export const propertyOf = (situation: Situation): Property => {
  const { tests, counted, byCounts } = rulesOf(situation.plan);
  const counts = countsOf(counted, situation);
  const known = byCounts[counts];
  if (known !== undefined) return { tests, pieces: known };
  const pieces = ofEachTier((tier) => foundBy(tests[tier].counting, situation));
  if (counts >= 0) byCounts[counts] = pieces;
  return { tests, pieces };
};

/**
 * Runs the property tests of a tier, one for each kind of asset the pack limits, whole amounts compared (D57 article 14, local
 * limits). Adds what each found, and answers whether all hold.
 */
export const propertyTests = (
  situation: Situation,
  { tests, pieces }: Property,
  tier: PropertyTier,
  findings: Finding[],
): Verdict => {
  let verdict: Verdict = 'pass';
  for (const test of tests[tier].first) {
    const found = findingOf(test, situation);
    findings.push(found);
    verdict = and(verdict, found.result);
  }
  const counted = pieces[tier];
  for (const found of counted.findings) findings.push(found);
  return and(verdict, counted.verdict);
};
