import type { LocalDate } from '../dates.ts';
import type { ClockKey } from '../deadlines/clock.ts';
import type { Household } from '../households/household.ts';
import type { TaskKind } from '../lifecycles/task.ts';
import { type DivisionCode, isWithin } from '../people/divisions.ts';
import type { DatedValue, ParameterKey, ParameterValue } from './parameters.ts';
import type { AssetKind, DatedClock, PolicyPack, PropertyLimit, PropertyTier } from './policy-pack.ts';

const newestOn = <Dated extends { validFrom: LocalDate }>(values: readonly Dated[], date: LocalDate): Dated | null => {
  let newest: Dated | null = null;
  for (const value of values) if (value.validFrom <= date) newest = value;
  return newest;
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

/** The allowance standard of a division on a date: its own, else that of the division around it; null when there is none. */
export const standardOn = (
  pack: PolicyPack,
  division: DivisionCode,
  settlement: Household['settlement'],
  date: LocalDate,
): StandardInForce | null => {
  let found: StandardInForce | null = null;
  for (const series of pack.standards) {
    if (series.settlement !== settlement || !isWithin(division, series.division)) continue;
    const value = newestOn(series.values, date);
    if (value === null || (found !== null && found.division.length >= series.division.length)) continue;
    found = { ...value, division: series.division };
  }
  return found;
};

/** The limit for one kind of asset in one tier on a date; null before the first. */
export const propertyLimitOn = (
  pack: PolicyPack,
  tier: PropertyTier,
  asset: AssetKind,
  date: LocalDate,
): DatedValue<PropertyLimit> | null => {
  const series = pack.propertyLimits.find((entry) => entry.tier === tier && entry.asset === asset);
  return series === undefined ? null : newestOn(series.values, date);
};

/** A clock in force on a date. Before the pack's first value the first is used, so that no task is ever without a deadline. */
export const clockOn = (pack: PolicyPack, key: ClockKey, date: LocalDate): DatedClock => {
  const clocks = pack.clocks[key];
  const clock = newestOn(clocks, date) ?? clocks[0];
  if (clock === undefined) throw new RangeError(`the pack ${pack.version} has no clock ${key}`);
  return clock;
};

/**
 * The clock of a kind of task on a date. No rule says how soon a county must look at what a new policy would take from someone; it
 * has the time of a case panel [assumption].
 */
export const taskClockOn = (pack: PolicyPack, kind: TaskKind, date: LocalDate): DatedClock =>
  clockOn(pack, kind === 'policy-change-check' ? 'case-panel' : kind, date);
