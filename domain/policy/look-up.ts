import type { LocalDate } from '../dates.ts';
import type { ClockKey } from '../deadlines/clock.ts';
import type { Household } from '../households/household.ts';
import type { TaskKind } from '../lifecycles/task.ts';
import { countyOf, type DivisionCode } from '../people/divisions.ts';
import type { DatedValue, ParameterKey, ParameterValue } from './parameters.ts';
import type { AssetKind, DatedClock, PolicyPack, PropertyLimit, PropertyTier } from './policy-pack.ts';

const newestOn = <Dated extends { validFrom: LocalDate; validUntil?: LocalDate | undefined }>(
  values: readonly Dated[],
  date: LocalDate,
): Dated | null => {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index];
    if (value === undefined || value.validFrom > date) continue;
    return value.validUntil !== undefined && value.validUntil < date ? null : value;
  }
  return null;
};

/** The value of a parameter that is in force on a date; null before the first. */
export const parameterOn = <Key extends ParameterKey>(
  pack: PolicyPack,
  key: Key,
  date: LocalDate,
): DatedValue<ParameterValue<Key>> | null => {
  const values: readonly DatedValue<ParameterValue<Key>>[] = pack.parameters[key];
  return newestOn(values, date);
};

/** An allowance standard in force, in fen a month, with the division whose standard it is. */
export interface StandardInForce extends DatedValue<number> {
  division: DivisionCode;
}

type StandardSeries = readonly StandardInForce[];
type Settlement = Household['settlement'];

/** The lists of a pack by name. A whole roster asks for them a million times, and a pack never changes. */
interface PackIndex {
  readonly standards: Readonly<Record<Settlement, ReadonlyMap<string, StandardSeries>>>;
  /** The series of a division and of those around it, the nearest first; filled as divisions are asked for. */
  readonly around: Readonly<Record<Settlement, Map<DivisionCode, readonly StandardSeries[]>>>;
  readonly limits: ReadonlyMap<PropertyTier, ReadonlyMap<AssetKind, readonly DatedValue<PropertyLimit>[]>>;
}

const standardsIn = (pack: PolicyPack, settlement: Settlement): ReadonlyMap<string, StandardSeries> =>
  new Map(
    pack.standards
      .filter((series) => series.settlement === settlement)
      .map(({ division, values }) => [division, values.map((value) => ({ ...value, division }))]),
  );

const limitsIn = (pack: PolicyPack): PackIndex['limits'] => {
  const limits = new Map<PropertyTier, Map<AssetKind, readonly DatedValue<PropertyLimit>[]>>();
  for (const { tier, asset, values } of pack.propertyLimits) {
    const ofTier = limits.get(tier) ?? new Map<AssetKind, readonly DatedValue<PropertyLimit>[]>();
    limits.set(tier, ofTier.set(asset, values));
  }
  return limits;
};

const indexes = new WeakMap<PolicyPack, PackIndex>();

const indexOf = (pack: PolicyPack): PackIndex => {
  const found = indexes.get(pack);
  if (found !== undefined) return found;
  const index: PackIndex = {
    standards: { urban: standardsIn(pack, 'urban'), rural: standardsIn(pack, 'rural') },
    around: { urban: new Map(), rural: new Map() },
    limits: limitsIn(pack),
  };
  indexes.set(pack, index);
  return index;
};

const seriesAround = (index: PackIndex, division: DivisionCode, settlement: Settlement): readonly StandardSeries[] => {
  const known = index.around[settlement].get(division);
  if (known !== undefined) return known;
  const county = division.length > 6 ? [countyOf(division)] : [];
  const prefixes = [9, 6, 4, 2]
    .filter((length) => length <= division.length)
    .map((length) => division.slice(0, length));
  const nearest = [...new Set([...prefixes, ...county])].toSorted((one, other) => other.length - one.length);
  const series = nearest.flatMap((code) => {
    const own = index.standards[settlement].get(code);
    return own === undefined ? [] : [own];
  });
  index.around[settlement].set(division, series);
  return series;
};

/** The allowance standard of a division on a date: its own, else that of the division around it; null when there is none. */
export const standardOn = (
  pack: PolicyPack,
  division: DivisionCode,
  settlement: Household['settlement'],
  date: LocalDate,
): StandardInForce | null => {
  for (const series of seriesAround(indexOf(pack), division, settlement)) {
    const value = newestOn(series, date);
    if (value !== null) return value;
  }
  return null;
};

/** The limit for one kind of asset in one tier on a date; null before the first. */
export const propertyLimitOn = (
  pack: PolicyPack,
  tier: PropertyTier,
  asset: AssetKind,
  date: LocalDate,
): DatedValue<PropertyLimit> | null => {
  const values = indexOf(pack).limits.get(tier)?.get(asset);
  return values === undefined ? null : newestOn(values, date);
};

/** A clock in force on a date. Before the pack's first value the first is used, so that no task is ever without a deadline. */
export const clockOn = (pack: PolicyPack, key: ClockKey, date: LocalDate): DatedClock => {
  const clocks = pack.clocks[key];
  const clock = newestOn(clocks, date) ?? clocks[0];
  if (clock === undefined) throw new RangeError(`the pack ${pack.version} has no clock ${key}`);
  return clock;
};

/**
 * The clock of each kind of task. No rule says how soon a county must look at what a new policy would take from someone; it has the
 * time of a case panel [assumption]. Nor how soon it must look at two records that may be of one person: it has that of an outreach.
 */
const clocksOfTasks = {
  'supply-papers': 'supply-papers',
  'field-assessment': 'field-assessment',
  'county-confirmation': 'county-confirmation',
  'case-panel': 'case-panel',
  'policy-change-check': 'case-panel',
  'emergency-payment': 'emergency.quick-aid',
  'emergency-papers': 'emergency.papers',
  'emergency-closure': 'emergency.closure',
  'emergency-full-review': 'emergency.full-review',
  'grievance-acceptance': 'grievance.acceptance',
  'grievance-complaint': 'grievance.complaint',
  'grievance-review': 'grievance.administrative-review',
  'grievance-remedy': 'grievance.remedy',
  'entitled-not-delivered': 'missed-need.delivery',
  'referral-unanswered': 'missed-need.answer',
  'left-still-in-hardship': 'missed-need.outreach',
  'undecided-in-hardship': 'missed-need.outreach',
  'possible-double-registration': 'missed-need.outreach',
  'alert-red': 'alert.red',
  'alert-orange': 'alert.orange',
  'alert-yellow': 'alert.yellow',
  'alert-blue': 'alert.blue',
  'outreach': 'report.outreach',
  'periodic-review': 'review.periodic',
} as const satisfies Readonly<Record<TaskKind, ClockKey>>;

/** The clock of a kind of task on a date. */
export const taskClockOn = (pack: PolicyPack, kind: TaskKind, date: LocalDate): DatedClock =>
  clockOn(pack, clocksOfTasks[kind], date);
