import { z } from 'zod';
import { factChoices, isChoiceSort } from '../facts/choices.ts';
import { ChoiceValue, fitsSort } from '../facts/fact.ts';
import { type FactKind, factKinds, highestCountOf, isFactKind, type ValueSort } from '../facts/fact-kinds.ts';
import { disabilityCategories } from '../people/disability.ts';
import type { PackFault } from '../policy/pack-fault.ts';
import { type FeedChange, type FeedColumn, FeedDefinition } from './feed-definition.ts';

type Path = PackFault['path'];
const rows = z.array(z.unknown()).catch([]);
const LooseParts = z.looseObject({ departments: rows, feeds: rows });
const LooseDepartment = z.looseObject({ code: z.string() });

const columnOf = (feed: FeedDefinition, code: string): FeedColumn | undefined =>
  feed.columns.find((column) => column.code === code);

const repeated = (values: readonly string[], path: Path, what: string): PackFault[] =>
  values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [{ path: [...path, index], message: `${what} ${value} is given twice: give it once` }],
  );

/** Only what a row says as a number can be held against one, and only as a choice against choices. */
const triggerFaults = ({ code, prospect, changes }: FeedDefinition, path: Path): PackFault[] => {
  if (prospect === undefined) return [];
  const { kind, among } = prospect;
  const isSaid = changes.some((change) => change.what === 'fact' && change.kind === kind);
  const sort = isSaid && isFactKind(kind) ? factKinds[kind].value : null;
  if (among === undefined) {
    if (sort === 'amount' || sort === 'count') return [];
    return [{ path, message: `${code} says no amount or count of ${kind}: name one that its rows change` }];
  }
  if (sort === null || !isChoiceSort(sort))
    return [{ path, message: `${code} says no choice of ${kind}: name one that its rows change` }];
  const choices: readonly string[] = factChoices[sort];
  return among
    .filter((each) => !choices.includes(each))
    .map((each) => ({ path, message: `${each} is no choice of ${kind}: name some of ${choices.join(', ')}` }));
};

const prospectFaults = (feed: FeedDefinition, path: Path): PackFault[] =>
  feed.prospect === undefined
    ? []
    : [
        ...triggerFaults(feed, [...path, 'kind']),
        ...namesColumn(feed, feed.prospect.residence, ['division'], [...path, 'residence']),
      ];

/** A place that names a column: there has to be one, of one of these types. */
const namesColumn = (
  feed: FeedDefinition,
  code: string,
  types: readonly FeedColumn['type'][],
  path: Path,
): PackFault[] => {
  const column = columnOf(feed, code);
  if (column === undefined) return [{ path, message: `${feed.code} has no column ${code}: name one of its columns` }];
  if (types.includes(column.type)) return [];
  return [{ path, message: `${code} holds a ${column.type}, but a ${types.join(' or ')} is needed here` }];
};

const typeFor: Readonly<Partial<Record<ValueSort, FeedColumn['type']>>> = {
  amount: 'amount-yuan',
  count: 'count',
  date: 'date',
};

/** What a code may mean in the column of a fact: yes or no of a flag, or one of the kind's own choices. */
const meaningFits = (kind: FactKind, meaning: string): boolean => {
  const sort = factKinds[kind].value;
  if (sort === 'flag') return meaning === 'yes' || meaning === 'no';
  return ChoiceValue.safeParse(meaning).success && fitsSort(sort, meaning, highestCountOf(kind));
};

const meaningFaults = (
  feed: FeedDefinition,
  code: string,
  fits: (meaning: string) => boolean,
  { path, what }: { path: Path; what: string },
): PackFault[] =>
  Object.values(columnOf(feed, code)?.codes ?? {})
    .filter((meaning) => !fits(meaning))
    .map((meaning) => ({ path, message: `${code} may mean ${meaning}, which is no ${what}` }));

const factFaults = (feed: FeedDefinition, change: FeedChange & { what: 'fact' }, path: Path): PackFault[] => {
  const { kind, column } = change;
  if (!isFactKind(kind)) {
    return [{ path: [...path, 'kind'], message: `there is no kind of fact ${kind}: name one of the list of kinds` }];
  }
  if (kind === 'disability') {
    return [{ path: [...path, 'what'], message: 'a disability has a category and a level: write "what: disability"' }];
  }
  const at = [...path, 'column'];
  const type = typeFor[factKinds[kind].value] ?? 'code';
  const faults = namesColumn(feed, column, [type], at);
  if (faults.length > 0 || type !== 'code') return faults;
  return meaningFaults(feed, column, (meaning) => meaningFits(kind, meaning), { path: at, what: `value of ${kind}` });
};

const isCategory = (meaning: string): boolean => disabilityCategories.some((category) => category === meaning);

const changeFaults = (feed: FeedDefinition, change: FeedChange, path: Path): PackFault[] => {
  if (change.what === 'fact') return factFaults(feed, change, path);
  if (change.what === 'disability') {
    const { category, level } = change;
    const categoryAt = { path: [...path, 'category'], what: 'category of disability' };
    const levelAt = { path: [...path, 'level'], what: 'level from 1 to 4' };
    return [
      ...namesColumn(feed, category, ['code'], categoryAt.path),
      ...namesColumn(feed, level, ['code'], levelAt.path),
      ...meaningFaults(feed, category, isCategory, categoryAt),
      ...meaningFaults(feed, level, (meaning) => /^[1-4]$/u.test(meaning), levelAt),
    ];
  }
  const faults = namesColumn(feed, change.column, ['date'], [...path, 'column']);
  if (change.when === undefined) return faults;
  const { column, is } = change.when;
  const at = [...path, 'when'];
  const unsaid = !Object.values(columnOf(feed, column)?.codes ?? {}).includes(is);
  const meant = unsaid ? [{ path: [...at, 'is'], message: `no code of ${column} means ${is}` }] : [];
  return [...faults, ...namesColumn(feed, column, ['code'], [...at, 'column']), ...meant];
};

const columnFaults = (feed: FeedDefinition, path: Path): PackFault[] => {
  const at = [...path, 'columns'];
  const persons = feed.columns.filter(({ type, required }) => type === 'resident-id' && required);
  const person =
    persons.length === 1 ? [] : [{ path: at, message: 'exactly one required column holds the resident ID' }];
  return [
    ...repeated(
      feed.columns.map(({ code }) => code),
      at,
      'the column',
    ),
    ...repeated(
      feed.columns.map(({ heading }) => heading),
      at,
      'the heading',
    ),
    ...person,
    ...feed.columns.flatMap(({ code, type, codes }, index): PackFault[] =>
      (type === 'code') === (codes !== undefined && Object.keys(codes).length > 0)
        ? []
        : [{ path: [...at, index], message: `${code}: a column of codes, and no other, lists its codes` }],
    ),
  ];
};

const requiredFaults = (feed: FeedDefinition, codes: readonly string[], path: Path): PackFault[] =>
  codes.flatMap((code) =>
    columnOf(feed, code)?.required === false ? [{ path, message: `${code} has to be a required column here` }] : [],
  );

const feedRowFaults = (feed: FeedDefinition, departments: ReadonlySet<string>, path: Path): PackFault[] => {
  const owner = departments.has(feed.department)
    ? []
    : [{ path: [...path, 'department'], message: `there is no department ${feed.department}: name one of the list` }];
  const anyType = feed.columns.map(({ type }) => type);
  return [
    ...owner,
    ...columnFaults(feed, path),
    ...repeated(feed.key, [...path, 'key'], 'the column'),
    ...feed.key.flatMap((code, index) => namesColumn(feed, code, anyType, [...path, 'key', index])),
    ...requiredFaults(feed, feed.key, [...path, 'key']),
    ...namesColumn(feed, feed.asOf, ['date'], [...path, 'asOf']),
    ...requiredFaults(feed, [feed.asOf], [...path, 'asOf']),
    ...feed.changes.flatMap((change, index) => changeFaults(feed, change, [...path, 'changes', index])),
  ];
};

/**
 * What is wrong with the registry of datasets beyond its shape: departments, kinds of facts and columns nobody knows, columns of a type that
 * cannot hold what they are to change, keys that may be empty, and entries of one dataset whose dates do not rise. An entry of the
 * wrong shape is passed over.
 */
export const feedFaults = (input: unknown): PackFault[] => {
  const parts = LooseParts.safeParse(input).data ?? { departments: [], feeds: [] };
  const departments = new Set(parts.departments.flatMap((entry) => LooseDepartment.safeParse(entry).data?.code ?? []));
  const last = new Map<string, string>();
  return parts.feeds.flatMap((entry, index): PackFault[] => {
    const { data: feed } = FeedDefinition.safeParse(entry);
    if (feed === undefined) return [];
    const path = ['feeds', index];
    const before = last.get(feed.code);
    last.set(feed.code, feed.validFrom);
    const order =
      before === undefined || feed.validFrom > before
        ? []
        : [{ path: [...path, 'validFrom'], message: `${feed.code}: dates must rise after ${before}` }];
    return [...order, ...feedRowFaults(feed, departments, path), ...prospectFaults(feed, [...path, 'prospect'])];
  });
};
