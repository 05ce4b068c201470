import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { propertyTiers } from '../../domain/policy/policy-pack.ts';
import { counties } from '../divisions/divisions.ts';
import { expanded, type Note, type Shorthand, unwrapped, withoutNotes } from './expansion.ts';
import {
  type Entry,
  type Located,
  type LocatedMap,
  lower,
  type Position,
  type ReadingFault,
  withoutKeys,
} from './located.ts';
import { readYaml } from './read-yaml.ts';
import type { Source } from './source.ts';
import { type Documents, writtenOut } from './written-values.ts';

/** A pack read from its files, with what the reference says beside the values. */
export interface PackSource extends Source {
  readonly notes: ReadonlyMap<string, Note>;
  readonly documents: Documents;
}

/** `counties: all` in a list of standards. */
export const everyCounty: Shorthand = {
  all: 'counties',
  each: 'division',
  values: counties().map(({ code }) => code),
  beside: 'settlement',
};
/** `tiers: all` in a list of property limits. */
export const everyTier: Shorthand = { all: 'tiers', each: 'tier', values: propertyTiers, beside: 'asset' };

/** The top of one file joined with that of the others: records and lists grow, anything else may be given once. */
const joined = (old: Entry, added: Entry, key: string, faults: ReadingFault[]): Entry => {
  if (old.node.kind === 'list' && added.node.kind === 'list') {
    return { ...old, node: { ...old.node, items: [...old.node.items, ...added.node.items] } };
  }
  if (old.node.kind === 'map' && added.node.kind === 'map') {
    const entries = new Map(old.node.entries);
    for (const [name, entry] of added.node.entries) {
      if (entries.has(name)) {
        const message = `${key}.${name} is given in another file too: keep one of the two`;
        faults.push({ at: entry.keyAt, message });
      } else entries.set(name, entry);
    }
    return { ...old, node: { ...old.node, entries } };
  }
  faults.push({ at: added.keyAt, message: `${key} is given in another file too: keep one of the two` });
  return old;
};

const documentsOf = (top: LocatedMap, faults: ReadingFault[]): Documents => {
  const node = top.entries.get('documents')?.node;
  const documents = new Map<string, string>();
  if (node?.kind !== 'map') return documents;
  for (const [short, { keyAt, node: title }] of node.entries) {
    if (title.kind === 'scalar' && typeof title.value === 'string') documents.set(short, title.value);
    else faults.push({ at: keyAt, message: `${short} needs the full title of the document` });
  }
  return documents;
};

const limitsWithoutNotes = (list: Located, notes: Map<string, Note>): Located => {
  if (list.kind !== 'list') return list;
  const items = list.items.map((item) => {
    const { row, note } = withoutNotes(item);
    const asset = row.kind === 'map' ? row.entries.get('asset')?.node : undefined;
    if (asset?.kind === 'scalar') notes.set(`propertyLimits.${String(asset.value)}`, note);
    return row;
  });
  return { ...list, items };
};

const prepared = (
  top: LocatedMap,
  documents: Documents,
  notes: Map<string, Note>,
  faults: ReadingFault[],
): LocatedMap => {
  const prepare: Readonly<Record<string, (node: Located) => Located>> = {
    parameters: (node) => unwrapped(node, notes, 'parameters', faults),
    clocks: (node) => unwrapped(node, notes, 'clocks', faults),
    standards: (node) => expanded(node, everyCounty, faults),
    propertyLimits: (node) => expanded(limitsWithoutNotes(node, notes), everyTier, faults),
  };
  const entries = [...withoutKeys(top, ['documents']).entries].map(([key, entry]): [string, Entry] => {
    const node = writtenOut(entry.node, documents, faults);
    return [key, { ...entry, node: prepare[key]?.(node) ?? node }];
  });
  return { ...top, entries: new Map(entries) };
};

const nothingRead = (faults: readonly ReadingFault[]): PackSource => ({
  input: null,
  positions: new Map(),
  broken: true,
  faults,
  notes: new Map(),
  documents: new Map(),
});

/** A pack from the texts of its files: each holds some of the keys of the pack, in any split. */
export const readPack = (files: readonly { name: string; text: string }[]): PackSource => {
  const faults: ReadingFault[] = [];
  const entries = new Map<string, Entry>();
  const start: Position = { file: files[0]?.name ?? 'pack', line: 1, column: 1 };
  if (files.length === 0) return nothingRead([{ at: start, message: 'there is no .yaml file here' }]);
  for (const { name, text } of files) {
    const { node, faults: found } = readYaml(name, text);
    faults.push(...found);
    if (node !== null && node.kind !== 'map')
      faults.push({ at: node.at, message: 'a file of a pack begins with a key' });
    if (node?.kind !== 'map') continue;
    for (const [key, entry] of node.entries) {
      const old = entries.get(key);
      entries.set(key, old === undefined ? entry : joined(old, entry, key, faults));
    }
  }
  if (faults.length > 0) return nothingRead(faults);
  const notes = new Map<string, Note>();
  const top: LocatedMap = { kind: 'map', at: start, entries };
  const documents = documentsOf(top, faults);
  const { value, positions } = lower(prepared(top, documents, notes, faults));
  return { input: value, positions, broken: false, faults, notes, documents };
};

/** Reads a folder of YAML files as one pack. Throws what the file system throws when it cannot be read. */
export const readPackFolder = (folder: string): PackSource =>
  readPack(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map((name) => {
        const path = join(folder, name);
        return { name: relative(process.cwd(), path), text: readFileSync(path, 'utf8') };
      }),
  );
