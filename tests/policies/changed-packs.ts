import { z } from 'zod';
import { LocalDate, plusDays } from '../../domain/dates.ts';
import { disabilityCategories } from '../../domain/people/disability.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { type ParameterKey, parameterKinds } from '../../domain/policy/parameters.ts';
import type { PolicyPack, PropertyLimit } from '../../domain/policy/policy-pack.ts';

type Dated = { readonly validFrom: LocalDate; readonly value: unknown; readonly unit: string };
type SeriesOf = Readonly<Record<string, readonly Dated[]>>;

type Standard = { readonly urban: number; readonly rural: number };

/** A copy of a pack with these standards and no others, in fen a month, by division, on every day. */
export const withStandards = (pack: PolicyPack, standards: Readonly<Record<string, Standard>>): PolicyPack => ({
  ...pack,
  standards: Object.entries(standards).flatMap(([division, standard]) =>
    (['urban', 'rural'] as const).map((settlement) => ({
      division: DivisionCode.parse(division),
      settlement,
      values: [
        {
          validFrom: LocalDate.parse('2000-01-01'),
          value: standard[settlement],
          unit: 'fen-per-month',
          basis: 'assumption' as const,
          citation: 'supposed by the case',
        },
      ],
    })),
  ),
});

const withParameter = (pack: PolicyPack, key: string, values: readonly Dated[]): PolicyPack => ({
  ...pack,
  parameters: { ...pack.parameters, [key]: values },
});

const seriesOf = (pack: PolicyPack): SeriesOf => pack.parameters;

/** A copy of a pack in which some parameters have another value on every day. */
export const withSettings = (pack: PolicyPack, settings: Readonly<Record<string, unknown>>): PolicyPack =>
  Object.entries(settings).reduce((changed, [key, value]) => {
    const parsed = parameterKinds[key as ParameterKey].value.parse(value);
    return withParameter(
      changed,
      key,
      (seriesOf(pack)[key] ?? []).map((dated) => ({ ...dated, value: parsed })),
    );
  }, pack);

/** A pack that differs from another in one place, by as little as can be. */
export interface Neighbour {
  /** What was changed: a parameter, a limit, a standard. */
  readonly of: string;
  readonly change: string;
  readonly pack: PolicyPack;
}

const levelNeighbours = (levels: Readonly<Record<string, number>>): unknown[] =>
  disabilityCategories.flatMap((category) => {
    const level = levels[category] ?? 0;
    const { [category]: _gone, ...without } = levels;
    const milder = level < 4 ? [{ ...levels, [category]: level + 1 }] : [];
    const stricter = level > 1 ? [{ ...levels, [category]: level - 1 }] : level === 1 ? [without] : [];
    return [...milder, ...stricter];
  });

/** A payment is a whole fen at least, so a smallest payment of one fen says no more than none: its next value is two. */
const stepOf = (key: string, unit: string): number => {
  if (key === 'amount.smallest_payment') return 2;
  return unit === 'share' || unit === 'times' ? 0.0001 : 1;
};

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const neighboursOf = (key: ParameterKey, { value, unit }: Dated): unknown[] => {
  const schema: z.ZodType = parameterKinds[key].value;
  const step = stepOf(key, unit);
  const found = (): unknown[] => {
    if (value === null) return [1];
    if (typeof value === 'number') return [rounded(value + step), rounded(value - step)];
    if (typeof value === 'boolean') return [!value];
    if (schema instanceof z.ZodEnum) return schema.options.filter((option) => option !== value);
    if (Array.isArray(value)) return value.map((_, dropped) => value.filter((_item, index) => index !== dropped));
    return levelNeighbours(value as Record<string, number>);
  };
  return found().filter((candidate) => schema.safeParse(candidate).success);
};

const replaced = <Item>(items: readonly Item[], index: number, item: Item): readonly Item[] =>
  items.map((each, at) => (at === index ? item : each));

/** The same series with one of its later values beginning a day earlier or later; one that only says the same again has no first day. */
const shifted = <Series extends { readonly validFrom: LocalDate; readonly value: unknown }>(
  values: readonly Series[],
) =>
  values.flatMap((dated, index) =>
    index === 0 || JSON.stringify(values[index - 1]?.value) === JSON.stringify(dated.value)
      ? []
      : [-1, 1].map((days) => ({
          change: `${dated.validFrom} moved by ${days} day`,
          values: replaced(values, index, { ...dated, validFrom: plusDays(dated.validFrom, days) }),
        })),
  );

const parameterNeighbours = (pack: PolicyPack): Neighbour[] =>
  (Object.keys(pack.parameters) as ParameterKey[]).flatMap((key) => {
    const values = seriesOf(pack)[key] ?? [];
    const moved = values.flatMap((dated, index) =>
      neighboursOf(key, dated).map((value) => ({
        change: `${JSON.stringify(dated.value)} from ${dated.validFrom} becomes ${JSON.stringify(value)}`,
        values: replaced(values, index, { ...dated, value }),
      })),
    );
    return [...moved, ...shifted(values)].map(({ change, values: changed }) => ({
      of: key,
      change,
      pack: withParameter(pack, key, changed),
    }));
  });

const limitNeighbours = (limit: PropertyLimit): PropertyLimit[] => [
  { ...limit, comparison: limit.comparison === '<' ? '<=' : '<' },
  { ...limit, limit: limit.limit + 1 },
  ...(limit.limit > 0 ? [{ ...limit, limit: limit.limit - 1 }] : []),
  ...(limit.metric === 'months-of-urban-standard-per-head'
    ? [{ ...limit, metric: 'months-of-own-standard-per-head' as const }]
    : []),
];

const propertyNeighbours = (pack: PolicyPack): Neighbour[] =>
  pack.propertyLimits.flatMap((series, at) =>
    series.values.flatMap((dated, index) =>
      limitNeighbours(dated.value).map((value) => ({
        of: `${series.tier} ${series.asset}`,
        change: `${JSON.stringify(dated.value)} becomes ${JSON.stringify(value)}`,
        pack: {
          ...pack,
          propertyLimits: replaced(pack.propertyLimits, at, {
            ...series,
            values: replaced(series.values, index, { ...dated, value }),
          }),
        },
      })),
    ),
  );

const standardNeighbours = (pack: PolicyPack, places: readonly unknown[]): Neighbour[] =>
  pack.standards.flatMap((series, at) => {
    if (!places.includes(series.division)) return [];
    const moved = series.values.flatMap((dated, index) =>
      [1, -1].map((fen) => ({
        change: `${dated.value} from ${dated.validFrom} moved by ${fen} fen`,
        values: replaced(series.values, index, { ...dated, value: dated.value + fen }),
      })),
    );
    return [...moved, ...shifted(series.values)].map(({ change, values }) => ({
      of: `standard of ${series.division}, ${series.settlement}`,
      change,
      pack: { ...pack, standards: replaced(pack.standards, at, { ...series, values }) },
    }));
  });

const firstDayNeighbours = (pack: PolicyPack): Neighbour[] =>
  [-1, 1].map((days) => ({
    of: 'first day of the pack',
    change: `${pack.coversFrom} moved by ${days} day`,
    pack: { ...pack, coversFrom: plusDays(pack.coversFrom, days) },
  }));

/**
 * Every pack that differs from this one by one smallest step in one place that decides: a number by one, a share by a
 * ten-thousandth, a level by one, a sign of comparison or a choice by another, a later value's first day by one. Of the standards
 * it is those of the places named.
 */
export const neighboursOfPack = (pack: PolicyPack, places: readonly unknown[]): readonly Neighbour[] => [
  ...parameterNeighbours(pack),
  ...propertyNeighbours(pack),
  ...standardNeighbours(pack, places),
  ...firstDayNeighbours(pack),
];
