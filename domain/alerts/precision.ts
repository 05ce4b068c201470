import type { LocalDate } from '../dates.ts';
import { parameterOn } from '../policy/look-up.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import type { DisposedAlerts } from './counted-alerts.ts';

/** How many disposed alerts were right, and whether that is too few. */
export interface Precision {
  readonly confirmed: number;
  readonly falseAlarms: number;
  /** The share that was right; null where none was disposed of. */
  readonly precision: number | null;
  readonly tooOftenWrong: boolean;
}

/** By what a rule is judged: below which share it is too often wrong, and from how many alerts on. */
export interface JudgedBy {
  readonly floor: number;
  readonly from: number;
}

/** What a pack says of it on a day. Throws where it says nothing: the pack covers no such day. */
export const judgedByOn = (policy: PolicyPack, date: LocalDate) => {
  const floor = parameterOn(policy, 'alerts.precision_floor', date);
  const from = parameterOn(policy, 'alerts.judged_from', date);
  if (floor === null || from === null)
    throw new RangeError(`${policy.version} does not say when a rule is too often wrong`);
  return { floor: floor.value, from: from.value, basis: floor.basis, citation: floor.citation };
};

const judged = (confirmed: number, falseAlarms: number, { floor, from }: JudgedBy): Precision => {
  const all = confirmed + falseAlarms;
  const precision = all === 0 ? null : confirmed / all;
  return { confirmed, falseAlarms, precision, tooOftenWrong: precision !== null && all >= from && precision < floor };
};

/** Adds up counts of months and counties; it holds a line for each rule and dataset, however much is counted. */
export const precisionBook = (judgedBy: JudgedBy) => {
  const lines = new Map<string, { confirmed: number; falseAlarms: number }>();
  const nameOf = ({ of, name }: Pick<DisposedAlerts, 'of' | 'name'>): string => `${of} ${name}`;
  return {
    add: (counted: DisposedAlerts): void => {
      const line = lines.get(nameOf(counted)) ?? { confirmed: 0, falseAlarms: 0 };
      line.confirmed += counted.confirmed;
      line.falseAlarms += counted.falseAlarms;
      lines.set(nameOf(counted), line);
    },
    of: (named: Pick<DisposedAlerts, 'of' | 'name'>): Precision => {
      const { confirmed, falseAlarms } = lines.get(nameOf(named)) ?? { confirmed: 0, falseAlarms: 0 };
      return judged(confirmed, falseAlarms, judgedBy);
    },
    /** The names that were counted, in the order of their letters. */
    names: (of: DisposedAlerts['of']): readonly string[] =>
      [...lines.keys()]
        .filter((line) => line.startsWith(`${of} `))
        .map((line) => line.slice(of.length + 1))
        .toSorted(),
  };
};
