import { isLocalDate, type LocalDate } from '../../domain/dates.ts';
import { ChoiceValue, fitsSort } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds, highestCountOf, isFactKind } from '../../domain/facts/fact-kinds.ts';
import type { FeedChange, FeedDefinition } from '../../domain/feeds/feed-definition.ts';
import type { FeedFact, FeedRow } from '../../domain/feeds/feed-row.ts';
import { fen } from '../../domain/money.ts';
import { Disability } from '../../domain/people/disability.ts';
import { nothing } from './cell-values.ts';
import { meaningsOf } from './row-check.ts';

const dateOf = (number: number): LocalDate => {
  const digits = String(number).padStart(8, '0');
  const text = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  if (!isLocalDate(text)) throw new Error('a checked date is none');
  return text;
};

/** The values of a checked row, by the places of their columns in the definition. */
type Values = Float64Array;
type FactReader = (values: Values, asOf: LocalDate) => FeedFact | null;

/** Where a column stands in the definition, and what the words of a column of codes mean, by the numbers they are read as. */
const columnOf = ({ columns }: FeedDefinition, code: string) => {
  const place = columns.findIndex((one) => one.code === code);
  const column = columns[place];
  return { place, type: column?.type, meanings: column === undefined ? [] : meaningsOf(column) };
};

/** How the value of a column becomes that of a fact. What words come to is found out once, and not for each row. */
const factValueOf = (
  kind: FactKind,
  { type, meanings }: ReturnType<typeof columnOf>,
): ((value: number) => FeedFact['value'] | undefined) => {
  if (type === 'date') return dateOf;
  if (type !== 'code') return fen;
  const isFlag = factKinds[kind].value === 'flag';
  const meant = meanings.map((meaning) => (isFlag ? meaning === 'yes' : ChoiceValue.parse(meaning)));
  return (value) => meant[value];
};

const factReader = (feed: FeedDefinition, kind: FactKind, code: string): FactReader => {
  const { unit, value: sort } = factKinds[kind];
  const column = columnOf(feed, code);
  const read = factValueOf(kind, column);
  const highest = highestCountOf(kind);
  return (values, asOf) => {
    const written = values[column.place] ?? nothing;
    if (written === nothing) return null;
    const value = read(written);
    if (value === undefined || !fitsSort(sort, value, highest))
      throw new Error(`a checked row holds no value of ${kind}`);
    return { kind, value, unit, asOf };
  };
};

const disabilityReader = (feed: FeedDefinition, change: FeedChange & { what: 'disability' }): FactReader => {
  const [category, level] = [columnOf(feed, change.category), columnOf(feed, change.level)];
  const { unit } = factKinds.disability;
  return (values, asOf) => {
    const [one, other] = [values[category.place] ?? nothing, values[level.place] ?? nothing];
    if (one === nothing || other === nothing) return null;
    const value = Disability.parse({ category: category.meanings[one], level: Number(level.meanings[other]) });
    return { kind: 'disability', value, unit, asOf };
  };
};

const factReaders = (feed: FeedDefinition): readonly FactReader[] =>
  feed.changes.flatMap((change) => {
    if (change.what === 'disability') return [disabilityReader(feed, change)];
    return change.what === 'fact' && isFactKind(change.kind) ? [factReader(feed, change.kind, change.column)] : [];
  });

const deathReaders = (feed: FeedDefinition): readonly ((values: Values) => LocalDate | null)[] =>
  feed.changes.flatMap((change) => {
    if (change.what !== 'death') return [];
    const { place } = columnOf(feed, change.column);
    const { when } = change;
    const told = when === undefined ? null : columnOf(feed, when.column);
    return [
      (values: Values): LocalDate | null => {
        if (told !== null && told.meanings[values[told.place] ?? nothing] !== when?.is) return null;
        const day = values[place] ?? nothing;
        return day === nothing ? null : dateOf(day);
      },
    ];
  });

/** What of a row is no value: its number, whom it is about, and what stands in a column, by its place. */
interface Written {
  readonly rowNumber: number;
  readonly residentId: string;
  readonly textAt: (place: number) => string | null;
}

/** Makes rows of checked values: what a row in order says, once somebody asks. */
export type RowMaker = (values: Values, row: Written) => FeedRow;

/** The maker of a dataset's rows: where its columns stand is looked up here, once, since a file of the province has millions of rows. */
export const rowMaker = (feed: FeedDefinition): RowMaker => {
  const facts = factReaders(feed);
  const deaths = deathReaders(feed);
  const { place: asOfPlace } = columnOf(feed, feed.asOf);
  // Where the person of a row lives is wanted of datasets that make prospects.
  const { place: residencePlace } = columnOf(feed, feed.prospect?.residence ?? '');
  const { place: namePlace } = columnOf(feed, 'name');
  return (values, { rowNumber, residentId, textAt }) => {
    const asOf = dateOf(values[asOfPlace] ?? nothing);
    const residence = values[residencePlace] ?? nothing;
    const diedOn = deaths.reduce<LocalDate | null>((found, death) => found ?? death(values), null);
    return {
      rowNumber,
      residentId,
      asOf,
      residence: residence === nothing ? null : String(residence),
      facts: facts.flatMap((fact) => fact(values, asOf) ?? []),
      death: diedOn === null ? null : { diedOn, name: textAt(namePlace) },
    };
  };
};
