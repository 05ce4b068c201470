import type { Entry, Located, LocatedMap, ReadingFault } from './located.ts';
import { scalarAt, textUnder, withEntries, withoutKeys } from './located.ts';

/** A word that stands for many rows, such as `counties: all` for a row of each county. */
export interface Shorthand {
  /** The key that says "all". */
  readonly all: string;
  /** The key that each row has instead. */
  readonly each: string;
  readonly values: readonly string[];
  /** The key that, with `each`, names a row: its own entry goes before the one made from "all". */
  readonly beside: string;
}

const isShort = (row: Located, { all }: Shorthand): row is LocatedMap => row.kind === 'map' && row.entries.has(all);

const rowName = (row: Located, { each, beside }: Shorthand): string =>
  row.kind === 'map' ? `${textUnder(row, each) ?? ''} ${textUnder(row, beside) ?? ''}` : '';

const rowsOf = (row: LocatedMap, shorthand: Shorthand, own: ReadonlySet<string>, faults: ReadingFault[]): Located[] => {
  const { all, each, values, beside } = shorthand;
  const entry = row.entries.get(all);
  if (entry === undefined) return [row];
  if (textUnder(row, all) !== 'all' || row.entries.has(each)) {
    faults.push({ at: entry.keyAt, message: `write "${all}: all", or "${each}:" with one code, and not both` });
    return [];
  }
  const rest = withoutKeys(row, [all]);
  const besideText = textUnder(row, beside) ?? '';
  return values
    .filter((value) => !own.has(`${value} ${besideText}`))
    .map((value) => withEntries(rest, [[each, { keyAt: entry.keyAt, node: scalarAt(entry.node.at, value) }]]));
};

/** A list with every row that says "all" written out, but for what has an entry of its own. */
export const expanded = (list: Located, shorthand: Shorthand, faults: ReadingFault[]): Located => {
  if (list.kind !== 'list') return list;
  const own = new Set(list.items.filter((row) => !isShort(row, shorthand)).map((row) => rowName(row, shorthand)));
  return {
    ...list,
    items: list.items.flatMap((row) => (isShort(row, shorthand) ? rowsOf(row, shorthand, own, faults) : [row])),
  };
};

/** What the reference says about a parameter, clock or limit beside its values. */
export interface Note {
  readonly meaning: string | null;
  /** The topic of the list of choices that the law leaves open. */
  readonly choice: string | null;
}

const noteKeys = ['meaning', 'choice'] as const;

/** The notes of a row of values, and the row without them. */
export const withoutNotes = (row: Located): { row: Located; note: Note } => {
  if (row.kind !== 'map') return { row, note: { meaning: null, choice: null } };
  const note = { meaning: textUnder(row, 'meaning'), choice: textUnder(row, 'choice') };
  return { row: withoutKeys(row, noteKeys), note };
};

/**
 * A record of blocks, each with a meaning and its values, as a record of lists of values. A block without a meaning is a fault:
 * the reference is made from it.
 */
export const unwrapped = (
  record: Located,
  notes: Map<string, Note>,
  group: string,
  faults: ReadingFault[],
): Located => {
  if (record.kind !== 'map') return record;
  const entries = [...record.entries].map(([key, entry]): [string, Entry] => {
    const { row, note } = withoutNotes(entry.node);
    notes.set(`${group}.${key}`, note);
    if (row.kind !== 'map') {
      faults.push({ at: entry.keyAt, message: `${key} needs the two keys "meaning" and "values"` });
      return [key, entry];
    }
    if (note.meaning === null) {
      faults.push({ at: entry.keyAt, message: `${key} has no meaning: say in one sentence what it is` });
    }
    for (const [name, { keyAt }] of row.entries) {
      if (name !== 'values') faults.push({ at: keyAt, message: `${key} has the unknown key ${name}: remove it` });
    }
    const values = row.entries.get('values')?.node;
    if (values === undefined) faults.push({ at: entry.keyAt, message: `${key} has no values: add one` });
    return [key, { keyAt: entry.keyAt, node: values ?? { kind: 'list', at: entry.keyAt, items: [] } }];
  });
  return { ...record, entries: new Map(entries) };
};
