import { z } from 'zod';
import { householdTiers } from '../eligibility/tiers.ts';
import type { Fen } from '../money.ts';
import { DivisionCode } from '../people/divisions.ts';
import { type ChangeKind, type ChangeLine, changeKinds } from './change-line.ts';

/** Where a household is counted: its tier, or that the rules cannot decide it. */
export const countedTiers = [...householdTiers, 'CANNOT_DECIDE'] as const;
export type CountedTier = (typeof countedTiers)[number];

/** Households and yearly cost of a county and tier, before and after. `before` and `after` are both on the same date. */
export const CountyTierCount = z.strictObject({
  county: DivisionCode,
  tier: z.enum(countedTiers),
  before: z.int().min(0),
  after: z.int().min(0),
  costBefore: z.int().min(0).describe('fen a year'),
  costAfter: z.int().min(0).describe('fen a year'),
});
export type CountyTierCount = z.infer<typeof CountyTierCount>;

const Count = z.int().min(0);
/** How many lines of each kind; and how many households would have a lower tier or less money and still have something. */
export const ChangeCounts = z.strictObject({
  enters: Count,
  leaves: Count,
  tier: Count,
  amount: Count,
  undecided: Count,
  reduced: Count,
});
export type ChangeCounts = z.infer<typeof ChangeCounts>;

/** What was counted so far. Two tallies of different households add up to one, in whatever order. */
export const Tally = z.strictObject({
  households: Count,
  /** Sum of a mark per household and version, modulo 2^64: equal for equal rosters, however they were cut into segments. */
  roster: z.string().regex(/^[0-9a-f]{16}$/u),
  counts: z.array(CountyTierCount),
  changes: ChangeCounts,
});
export type Tally = z.infer<typeof Tally>;

const noChanges: ChangeCounts = { enters: 0, leaves: 0, tier: 0, amount: 0, undecided: 0, reduced: 0 };
export const emptyTally: Tally = { households: 0, roster: '0'.repeat(16), counts: [], changes: noChanges };

const orderOf = ({ county, tier }: CountyTierCount): string => `${county}|${countedTiers.indexOf(tier)}`;
const hex = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16).padStart(16, '0');

/** Adds tallies. The order of `counts` follows from county and tier alone, so that equal sums are equal texts. */
export const addTallies = (tallies: readonly Tally[]): Tally => {
  const counts = new Map<string, CountyTierCount>();
  const changes = { ...noChanges };
  let households = 0;
  let roster = 0n;
  for (const tally of tallies) {
    households += tally.households;
    roster += BigInt(`0x${tally.roster}`);
    for (const kind of [...changeKinds, 'reduced'] as const) changes[kind] += tally.changes[kind];
    for (const count of tally.counts) {
      const key = orderOf(count);
      const sum = counts.get(key);
      counts.set(key, sum === undefined ? { ...count } : sumOf(sum, count));
    }
  }
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
  return { households, roster: hex(roster), counts: sorted, changes };
};

const sumOf = (one: CountyTierCount, other: CountyTierCount): CountyTierCount => ({
  ...one,
  before: one.before + other.before,
  after: one.after + other.after,
  costBefore: one.costBefore + other.costBefore,
  costAfter: one.costAfter + other.costAfter,
});

/** What one household adds: where it is counted before and after, and its line when something changes. */
export interface Counted {
  county: DivisionCode;
  before: { tier: CountedTier; amount: Fen | null };
  after: { tier: CountedTier; amount: Fen | null };
  line: ChangeLine | null;
  /** 16 hexadecimal digits made from the household's id and version. */
  mark: string;
}

const monthsOfAYear = 12;

/** The tally of one household. Money is counted for a year, twelve months of what is due a month. */
export const tallyOf = ({ county, before, after, line, mark }: Counted): Tally => {
  const of = (tier: CountedTier): CountyTierCount => ({
    county,
    tier,
    before: 0,
    after: 0,
    costBefore: 0,
    costAfter: 0,
  });
  const was = { ...of(before.tier), before: 1, costBefore: (before.amount ?? 0) * monthsOfAYear };
  const will = { ...of(after.tier), after: 1, costAfter: (after.amount ?? 0) * monthsOfAYear };
  const changes = { ...noChanges };
  if (line !== null) {
    const kind: ChangeKind = line.kind;
    changes[kind] += 1;
    if (isReduced(line)) changes.reduced += 1;
  }
  const one = { households: 1, roster: mark, changes };
  return addTallies([
    { ...one, counts: [was] },
    { ...one, households: 0, roster: '0'.repeat(16), changes: noChanges, counts: [will] },
  ]);
};

/** Whether a household that keeps something keeps less: a later tier in the statutory order, or less money a month. */
export const isReduced = ({ kind, tierBefore, tierAfter, amountBefore, amountAfter }: ChangeLine): boolean =>
  (kind === 'tier' || kind === 'amount') &&
  tierBefore !== null &&
  tierAfter !== null &&
  (householdTiers.indexOf(tierAfter) > householdTiers.indexOf(tierBefore) || (amountAfter ?? 0) < (amountBefore ?? 0));
