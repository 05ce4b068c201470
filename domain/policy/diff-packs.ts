import { z } from 'zod';
import { LocalDate } from '../dates.ts';
import type { PolicyPack } from './policy-pack.ts';

/** What one version of a pack says otherwise than another from a date on. */
export interface PackDifference {
  /** The name of the value, such as `parameters.marginal.multiple` or `standards.140105.rural`. */
  readonly path: string;
  /** What is in force from that date in each; null where it says nothing. Money is fen. */
  readonly before: unknown;
  readonly after: unknown;
  /** The first day of the difference; null for what has no dates, such as a name. */
  readonly validFrom: LocalDate | null;
  readonly unit: string | null;
  readonly citation: string | null;
}

/** A dated entry, whatever its value is called: a clock has an amount, an item its rules. */
interface Entry {
  readonly validFrom: LocalDate;
  readonly validUntil?: LocalDate | undefined;
  readonly unit?: unknown;
  readonly citation?: unknown;
}
type Series = ReadonlyMap<string, readonly Entry[]>;

/** The parts of a pack that hold series of dated values by name. */
const groups = ['parameters', 'standards', 'propertyLimits', 'clocks'];

const Row = z.looseObject({
  validFrom: LocalDate,
  code: z.string().optional(),
  stands: z.string().optional(),
  yields: z.string().optional(),
  scope: z.string().optional(),
});

/** Lists whose rows are dated themselves, as those of the catalogue are: the rows of one name are one series. */
const rowSeries = (pack: PolicyPack): Map<string, Entry[]> => {
  const series = new Map<string, Entry[]>();
  for (const [group, list] of Object.entries(pack)) {
    if (groups.includes(group) || !Array.isArray(list)) continue;
    for (const row of list) {
      const entry = Row.parse(row);
      const { code, stands = '', yields = '', scope = '' } = entry;
      const name = `${group}.${code ?? `${stands}.${yields}.${scope}`}`;
      series.set(name, [...(series.get(name) ?? []), entry]);
    }
  }
  return series;
};

const seriesOf = (pack: PolicyPack): Series =>
  new Map<string, readonly Entry[]>([
    ...rowSeries(pack),
    ...Object.entries(pack.parameters).map(([key, values]) => [`parameters.${key}`, values] as const),
    ...pack.standards.map(
      ({ division, settlement, values }) => [`standards.${division}.${settlement}`, values] as const,
    ),
    ...pack.propertyLimits.map(({ tier, asset, values }) => [`propertyLimits.${tier}.${asset}`, values] as const),
    ...Object.entries(pack.clocks).map(([key, values]) => [`clocks.${key}`, values] as const),
  ]);

const inForce = (entries: readonly Entry[], date: LocalDate): Entry | null => {
  const newest = entries.findLast(({ validFrom }) => validFrom <= date);
  return newest === undefined || (newest.validUntil !== undefined && newest.validUntil < date) ? null : newest;
};

/** The value of an entry without the dates: its `value` where it has one, else what it says as a whole. */
const contentOf = (entry: Entry | null): unknown => {
  if (entry === null) return null;
  const content = Object.entries(entry).filter(([key]) => key !== 'validFrom' && key !== 'validUntil');
  const value = content.find(([key]) => key === 'value');
  return value === undefined ? Object.fromEntries(content) : value[1];
};

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The differences of one series: a line for each day on which one of the two changes and they do not say the same. */
const betweenSeries = (path: string, before: readonly Entry[], after: readonly Entry[]): PackDifference[] => {
  const days = [...new Set([...before, ...after].map(({ validFrom }) => validFrom))].toSorted();
  return days.flatMap((validFrom) => {
    const [old, young] = [inForce(before, validFrom), inForce(after, validFrom)];
    if (sameText({ ...old, validFrom }, { ...young, validFrom })) return [];
    const told = young ?? old;
    return [
      {
        path,
        before: contentOf(old),
        after: contentOf(young),
        validFrom,
        unit: textOrNull(told?.unit),
        citation: textOrNull(told?.citation),
      },
    ];
  });
};

/** What has no dates, such as the names of the papers, compared as a whole by its key. */
const undated = (before: PolicyPack, after: PolicyPack): PackDifference[] => {
  const old = new Map<string, unknown>(Object.entries(before));
  const young = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((key) => !groups.includes(key) && !Array.isArray(old.get(key) ?? young.get(key)))
    .filter((key) => !sameText(old.get(key), young.get(key)))
    .map((key) => ({
      path: key,
      before: old.get(key) ?? null,
      after: young.get(key) ?? null,
      validFrom: null,
      unit: null,
      citation: null,
    }));
};

/**
 * What `after` says otherwise than `before`, by name and first day: values added, and values that were edited or taken away,
 * which a draft never does. Two equal packs have no difference.
 */
export const diffPacks = (before: PolicyPack, after: PolicyPack): PackDifference[] => {
  const [old, young] = [seriesOf(before), seriesOf(after)];
  const names = [...new Set([...old.keys(), ...young.keys()])];
  return [
    ...undated(before, after),
    ...names.flatMap((name) => betweenSeries(name, old.get(name) ?? [], young.get(name) ?? [])),
  ];
};
