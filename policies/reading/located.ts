/** Where something is written: lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A piece of a document with the place of each of its parts, so that a fault found later can be told by file and line. */
export type Located =
  | { readonly kind: 'scalar'; readonly at: Position; readonly value: unknown; readonly written: string }
  | { readonly kind: 'list'; readonly at: Position; readonly items: readonly Located[] }
  | { readonly kind: 'map'; readonly at: Position; readonly entries: ReadonlyMap<string, Entry> };
export type LocatedMap = Extract<Located, { kind: 'map' }>;
export type LocatedScalar = Extract<Located, { kind: 'scalar' }>;

/** A value under a key. */
export interface Entry {
  readonly keyAt: Position;
  readonly node: Located;
}

/** A fault of the way a file is written, found before its content is looked at. */
export interface ReadingFault {
  readonly at: Position;
  readonly message: string;
}

type Path = readonly (string | number)[];
export type Positions = ReadonlyMap<string, Position>;

/** A path as the key under which its position is kept. */
const positionKey = (path: Path): string => JSON.stringify(path);

const lowered = (node: Located, path: Path, positions: Map<string, Position>): unknown => {
  if (!positions.has(positionKey(path))) positions.set(positionKey(path), node.at);
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map((item, index) => lowered(item, [...path, index], positions));
  return Object.fromEntries(
    [...node.entries].map(([key, { keyAt, node: child }]) => {
      const inner = [...path, key];
      positions.set(positionKey(inner), child.kind === 'scalar' ? child.at : keyAt);
      return [key, lowered(child, inner, positions)];
    }),
  );
};

/** The plain value of a piece, and where each of its paths is written. */
export const lower = (node: Located): { value: unknown; positions: Positions } => {
  const positions = new Map<string, Position>();
  const value = lowered(node, [], positions);
  return { value, positions };
};

/** Where a path is written, or the nearest part around it that is: what is missing is told where it should be. */
export const positionOf = (positions: Positions, path: Path): Position | null => {
  for (let length = path.length; length >= 0; length -= 1) {
    const position = positions.get(positionKey(path.slice(0, length)));
    if (position !== undefined) return position;
  }
  return null;
};

/** A map with some of its entries changed or added, the others as they are. */
export const withEntries = (map: LocatedMap, changes: Iterable<readonly [string, Entry]>): LocatedMap => ({
  ...map,
  entries: new Map([...map.entries, ...changes]),
});

/** A map without some of its keys. */
export const withoutKeys = (map: LocatedMap, keys: readonly string[]): LocatedMap => ({
  ...map,
  entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))),
});

/** A scalar at a place. */
export const scalarAt = (at: Position, value: string | number): LocatedScalar => ({
  kind: 'scalar',
  at,
  value,
  written: String(value),
});

/** The text of a scalar under a key; null when there is none. */
export const textUnder = (map: LocatedMap, key: string): string | null => {
  const node = map.entries.get(key)?.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
};
