import { z } from 'zod';
import { LocalDate, plusDays } from '../dates.ts';
import { settlements } from '../households/household.ts';
import { DivisionCode } from '../people/divisions.ts';
import type { PackFault } from './pack-fault.ts';

/** What the content of a pack is held against. */
export interface Surroundings {
  readonly isKnownDivision: (code: DivisionCode) => boolean;
  readonly propertyTiers: readonly string[];
  readonly assetKinds: readonly string[];
}

const DatedLoosely = z.looseObject({ validFrom: LocalDate, validUntil: LocalDate.optional() });
type DatedLoosely = z.infer<typeof DatedLoosely>;
const rows = z.array(z.unknown()).catch([]);
const keyed = z.record(z.string(), z.unknown()).catch({});
const text = z.string().catch('');

/**
 * A pack as far as it can be read. Every field that has the wrong shape reads as empty here: the schema has reported it, and
 * the faults of the other fields are still to be found, so that one reading lists them all.
 */
const LoosePack = z.looseObject({
  region: text,
  coversFrom: LocalDate.nullable().catch(null),
  parameters: keyed,
  standards: rows,
  propertyLimits: rows,
  clocks: keyed,
});
type LoosePack = z.infer<typeof LoosePack>;
const LooseStandard = z.looseObject({ division: text, settlement: text, values: rows });
const LooseLimit = z.looseObject({ tier: text, asset: text, values: rows });
const LooseMetric = z.looseObject({ value: z.looseObject({ metric: z.string() }) });

/** A run of dated values under one name. */
interface Series {
  readonly name: string;
  readonly path: PackFault['path'];
  /** Where its values stand; a record of lists has them directly under its name. */
  readonly valuesPath: PackFault['path'];
  readonly values: readonly unknown[];
  /** A division inside the region has the value around it before its own begins and after it ends. */
  readonly hasFallback: boolean;
}

const recordSeries = (group: 'parameters' | 'clocks', entries: Record<string, unknown>): Series[] =>
  Object.entries(entries).map(([key, values]) => {
    const path = [group, key];
    return { name: `${group}.${key}`, path, valuesPath: path, values: rows.parse(values), hasFallback: false };
  });

const listed = (group: 'standards' | 'propertyLimits', index: number) => ({
  path: [group, index],
  valuesPath: [group, index, 'values'],
});

const standardSeries = ({ region, standards }: LoosePack): Series[] =>
  standards.flatMap((row, index) => {
    const parsed = LooseStandard.safeParse(row);
    if (!parsed.success) return [];
    const { division, settlement, values } = parsed.data;
    const name = `standards.${division}.${settlement}`;
    return [{ name, ...listed('standards', index), values, hasFallback: division !== region }];
  });

const limitSeries = ({ propertyLimits }: LoosePack): Series[] =>
  propertyLimits.flatMap((row, index) => {
    const parsed = LooseLimit.safeParse(row);
    if (!parsed.success) return [];
    const { tier, asset, values } = parsed.data;
    return [
      { name: `propertyLimits.${tier}.${asset}`, ...listed('propertyLimits', index), values, hasFallback: false },
    ];
  });

const seriesOf = (pack: LoosePack): Series[] => [
  ...recordSeries('parameters', pack.parameters),
  ...standardSeries(pack),
  ...limitSeries(pack),
  ...recordSeries('clocks', pack.clocks),
];

/** Faults between a value and the one before it. */
const betweenValues = (previous: DatedLoosely, { validFrom }: DatedLoosely): string | null => {
  if (validFrom === previous.validFrom) return `two values begin on ${validFrom}: keep one, or give one another day`;
  if (validFrom < previous.validFrom) return `dates must rise, but see ${validFrom} after ${previous.validFrom}`;
  const { validUntil } = previous;
  if (validUntil === undefined) return null;
  if (validFrom <= validUntil) {
    return `an overlap from ${validFrom} until ${validUntil}: the value before must end before this one begins`;
  }
  const next = plusDays(validUntil, 1);
  if (validFrom === next) return null;
  return `a gap from ${next} until ${validFrom}: no value is in force; begin this one on ${next}`;
};

const endsEarly = ({ validFrom, validUntil }: DatedLoosely): boolean =>
  validUntil !== undefined && validUntil < validFrom;

/** Faults of the end of a value: before its beginning, or with nothing to follow. */
const endFault = (dated: DatedLoosely, isLast: boolean, hasFallback: boolean): string | null => {
  const { validFrom, validUntil } = dated;
  if (validUntil === undefined) return null;
  if (endsEarly(dated)) return `ends on ${validUntil}, before it begins on ${validFrom}`;
  if (!isLast || hasFallback) return null;
  return `a gap after ${validUntil}: add the value that follows, or take out validUntil`;
};

/** The fault of a series whose first value begins after the pack does. */
const startFault = ({ name, values, hasFallback }: Series, coversFrom: LocalDate | null): string | null => {
  const first = DatedLoosely.safeParse(values[0]).data;
  if (first === undefined || coversFrom === null || hasFallback || first.validFrom <= coversFrom) return null;
  return `${name}: a gap from ${coversFrom} until ${first.validFrom}: the pack speaks from ${coversFrom} on; add the value until then`;
};

const dateFaults = (series: Series, coversFrom: LocalDate | null): PackFault[] => {
  const { path, valuesPath, values, hasFallback } = series;
  const start = startFault(series, coversFrom);
  const faults: PackFault[] = start === null ? [] : [{ path, message: start }];
  let previous: DatedLoosely | undefined;
  values.forEach((value, index) => {
    const dated = DatedLoosely.safeParse(value).data;
    if (dated === undefined) return;
    const between = previous === undefined ? null : betweenValues(previous, dated);
    const end = endFault(dated, index === values.length - 1, hasFallback);
    if (between !== null) faults.push({ path: [...valuesPath, index, 'validFrom'], message: between });
    if (end !== null) faults.push({ path: [...valuesPath, index, 'validUntil'], message: end });
    previous = endsEarly(dated) ? { ...dated, validUntil: undefined } : dated;
  });
  return faults;
};

const repeated = (series: readonly Series[]): PackFault[] => {
  const seen = new Set<string>();
  return series.flatMap(({ name, path }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path, message: `${name}: given twice; put its values into one list` }];
  });
};

const missing = (pack: LoosePack, series: readonly Series[], surroundings: Surroundings): PackFault[] => {
  const names = new Set(series.map(({ name }) => name));
  const { propertyTiers, assetKinds } = surroundings;
  const required = [
    ...settlements.map((settlement) => ['standards', `${pack.region}.${settlement}`] as const),
    ...propertyTiers.flatMap((tier) => assetKinds.map((asset) => ['propertyLimits', `${tier}.${asset}`] as const)),
  ];
  return required
    .filter(([group, name]) => !names.has(`${group}.${name}`))
    .map(([group, name]) => ({ path: [group], message: `${group}.${name}: missing; add its values` }));
};

const misfits = ({ propertyLimits }: LoosePack): PackFault[] =>
  propertyLimits.flatMap((row, index) => {
    const parsed = LooseLimit.safeParse(row);
    if (!parsed.success) return [];
    const { tier, asset, values } = parsed.data;
    return values.flatMap((value, at) => {
      const metric = LooseMetric.safeParse(value).data?.value.metric;
      if (metric === undefined || (metric === 'count') !== (asset === 'asset.financial')) return [];
      const message = `propertyLimits.${tier}.${asset}: the metric does not fit the asset: money in months of a standard, things in count`;
      return [{ path: ['propertyLimits', index, 'values', at, 'value', 'metric'], message }];
    });
  });

const strangers = ({ standards }: LoosePack, { isKnownDivision }: Surroundings): PackFault[] =>
  standards.flatMap((row, index) => {
    const { division } = z.looseObject({ division: z.unknown() }).safeParse(row).data ?? {};
    const code = DivisionCode.safeParse(division);
    if (!code.success || isKnownDivision(code.data)) return [];
    const message = `standards.${code.data}: no such division; use a code of the division list`;
    return [{ path: ['standards', index, 'division'], message }];
  });

/**
 * Everything the shape alone cannot show: series given twice, missing, with a gap or an overlap, or beginning too late; limits
 * measured in what does not fit; divisions nobody knows. It reads what has the right shape and passes over the rest.
 */
export const contentFaults = (input: unknown, surroundings: Surroundings): PackFault[] => {
  const pack = LoosePack.safeParse(input).data;
  if (pack === undefined) return [];
  const series = seriesOf(pack);
  return [
    ...repeated(series),
    ...missing(pack, series, surroundings),
    ...series.flatMap((one) => dateFaults(one, pack.coversFrom)),
    ...misfits(pack),
    ...strangers(pack, surroundings),
  ];
};
