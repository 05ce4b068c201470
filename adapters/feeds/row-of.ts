import { isLocalDate, type LocalDate } from '../../domain/dates.ts';
import { ChoiceValue, fitsSort } from '../../domain/facts/fact.ts';
import { factKinds, highestCountOf, isFactKind } from '../../domain/facts/fact-kinds.ts';
import type { FeedChange, FeedColumn, FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FeedFact, FeedRow } from '../../domain/feeds/feed-row.ts';
import { fen } from '../../domain/money.ts';
import { Disability } from '../../domain/people/disability.ts';
import { nothing } from './cell-values.ts';
import { meaningsOf } from './row-check.ts';

const dateOf = (number: number): LocalDate => {
  const text = `${String(Math.floor(number / 10_000)).padStart(4, '0')}-${String(Math.floor(number / 100) % 100).padStart(2, '0')}-${String(number % 100).padStart(2, '0')}`;
  if (!isLocalDate(text)) throw new Error('a checked date is none');
  return text;
};

/** The values of a checked row, by the codes of their columns. */
export interface CheckedValues {
  readonly feed: FeedDefinition;
  readonly values: Float64Array;
}

const indexOf = ({ feed }: CheckedValues, code: string): number => feed.columns.findIndex((one) => one.code === code);
const valueAt = (row: CheckedValues, code: string): number => row.values[indexOf(row, code)] ?? nothing;
const meaningAt = (row: CheckedValues, code: string): string | undefined => {
  const column = row.feed.columns[indexOf(row, code)];
  return column === undefined ? undefined : meaningsOf(column)[valueAt(row, code)];
};

const factValueOf = (row: CheckedValues, { code, type }: FeedColumn, isFlag: boolean): FeedFact['value'] => {
  const value = valueAt(row, code);
  if (type === 'date') return dateOf(value);
  if (type !== 'code') return fen(value);
  const meaning = meaningAt(row, code);
  return isFlag ? meaning === 'yes' : ChoiceValue.parse(meaning);
};

const factOf = (row: CheckedValues, change: FeedChange, asOf: LocalDate): FeedFact[] => {
  if (change.what === 'disability') {
    const level = Number(meaningAt(row, change.level));
    if (valueAt(row, change.category) === nothing || valueAt(row, change.level) === nothing) return [];
    const value = Disability.parse({ category: meaningAt(row, change.category), level });
    return [{ kind: 'disability', value, unit: factKinds.disability.unit, asOf }];
  }
  if (change.what === 'death' || !isFactKind(change.kind) || valueAt(row, change.column) === nothing) return [];
  const column = row.feed.columns[indexOf(row, change.column)];
  if (column === undefined) return [];
  const { unit, value: sort } = factKinds[change.kind];
  const value = factValueOf(row, column, sort === 'flag');
  if (!fitsSort(sort, value, highestCountOf(change.kind))) {
    throw new Error(`a checked row holds no value of ${change.kind}`);
  }
  return [{ kind: change.kind, value, unit, asOf }];
};

const deathOf = (row: CheckedValues): FeedRow['death'] => {
  for (const change of row.feed.changes) {
    if (change.what !== 'death') continue;
    if (change.when !== undefined && meaningAt(row, change.when.column) !== change.when.is) continue;
    const day = valueAt(row, change.column);
    if (day !== nothing) return { diedOn: dateOf(day) };
  }
  return null;
};

/** Where the person of a row lives, of a dataset in which that is wanted. */
const residenceOf = (row: CheckedValues): string | null => {
  const { prospect } = row.feed;
  const division = prospect === undefined ? nothing : valueAt(row, prospect.residence);
  return division === nothing ? null : String(division);
};

/** What a row in order says, once somebody asks. */
export const rowOf = (row: CheckedValues, residentId: string, rowNumber: number): FeedRow => {
  const asOf = dateOf(valueAt(row, row.feed.asOf));
  return {
    rowNumber,
    residentId,
    asOf,
    residence: residenceOf(row),
    facts: row.feed.changes.flatMap((change) => factOf(row, change, asOf)),
    death: deathOf(row),
  };
};
