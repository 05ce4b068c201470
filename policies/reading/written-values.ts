import { type Located, type LocatedMap, type ReadingFault, scalarAt, textUnder, withEntries } from './located.ts';

/** Money may be written in yuan where the unit says so; the pack holds whole fen. */
const fenUnits: Readonly<Record<string, string>> = {
  'yuan-per-month': 'fen-per-month',
  'yuan-per-12-months': 'fen-per-12-months',
};

/** Yuan with at most two decimal places as fen, by its digits and not by its binary fraction; null when it is anything else. */
const fenOf = (written: string): number | null => {
  const [, yuan, fen = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/u.exec(written) ?? [];
  return yuan === undefined ? null : Number(yuan) * 100 + Number(fen.padEnd(2, '0'));
};

const inFen = (map: LocatedMap, faults: ReadingFault[]): LocatedMap => {
  const unit = map.entries.get('unit');
  const fenUnit = fenUnits[textUnder(map, 'unit') ?? ''];
  const value = map.entries.get('value');
  if (unit === undefined || fenUnit === undefined || value?.node.kind !== 'scalar') return map;
  const changed = withEntries(map, [['unit', { ...unit, node: scalarAt(unit.node.at, fenUnit) }]]);
  if (value.node.value === null) return changed;
  const fen = typeof value.node.value === 'number' ? fenOf(value.node.written) : null;
  if (fen === null) {
    const message = `${value.node.written} is no amount of yuan: write digits with at most two decimal places, not below zero, such as 471.50`;
    faults.push({ at: value.node.at, message });
    return changed;
  }
  return withEntries(changed, [['value', { ...value, node: scalarAt(value.node.at, fen) }]]);
};

/** The documents a pack cites: their full titles by short name. */
export type Documents = ReadonlyMap<string, string>;

/** A citation begins with the short name of a document, which is written out; what rests on a statute has to. */
const cited = (map: LocatedMap, documents: Documents, faults: ReadingFault[]): LocatedMap => {
  const citation = map.entries.get('citation');
  const text = textUnder(map, 'citation');
  if (citation === undefined || text === null) return map;
  const [short = ''] = /^[A-Za-z0-9]*/u.exec(text) ?? [];
  const title = documents.get(short);
  if (title === undefined) {
    if (textUnder(map, 'basis') === 'statute' && text.trim().length > 0) {
      const message = `"${text}" has the basis statute but does not begin with a document of documents.yaml: name one, such as ${[...documents.keys()][0] ?? 'D57'}, or add it there`;
      faults.push({ at: citation.node.at, message });
    }
    return map;
  }
  const node = scalarAt(citation.node.at, `${title}${text.slice(short.length)}`);
  return withEntries(map, [['citation', { ...citation, node }]]);
};

/**
 * The same piece with money in fen and citations written out, everywhere in it. `documents` is null where citations are
 * written in full already.
 */
export const writtenOut = (node: Located, documents: Documents | null, faults: ReadingFault[]): Located => {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => writtenOut(item, documents, faults)) };
  const money = inFen(node, faults);
  const map = documents === null ? money : cited(money, documents, faults);
  return {
    ...map,
    entries: new Map(
      [...map.entries].map(([key, entry]) => [key, { ...entry, node: writtenOut(entry.node, documents, faults) }]),
    ),
  };
};
