import type { LocalDate } from '../dates.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';

/** A simulation is good for this many days [assumption: no rule says how long], unless the pack sets `policy.simulation_valid_days`. */
const usualValidDays = 30;
/** The list may differ by this share [assumption], unless the pack sets `policy.simulation_drift_share`. */
const usualDriftShare = 0.01;
const tenThousand = 10_000;

/** A number the pack sets under a name on a date; the default where it has no such parameter, or none yet. */
const settingOr = (pack: PolicyPack, name: string, date: LocalDate, otherwise: number): number => {
  const series = Object.entries(pack.parameters).find(([key]) => key === name)?.[1] ?? [];
  const value = series.findLast(({ validFrom }) => validFrom <= date)?.value;
  return typeof value === 'number' ? value : otherwise;
};

/** For how many days a simulation may be activated. */
export const simulationValidDays = (pack: PolicyPack, date: LocalDate): number =>
  settingOr(pack, 'policy.simulation_valid_days', date, usualValidDays);

/** How much of the list may differ, in ten-thousandths. */
export const allowedDrift = (pack: PolicyPack, date: LocalDate): number =>
  Math.round(settingOr(pack, 'policy.simulation_drift_share', date, usualDriftShare) * tenThousand);
