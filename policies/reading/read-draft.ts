import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expanded } from './expansion.ts';
import { type Entry, type Located, lower, type ReadingFault, withEntries } from './located.ts';
import { everyCounty, everyTier } from './read-pack.ts';
import { readYaml } from './read-yaml.ts';
import type { Source } from './source.ts';
import { writtenOut } from './written-values.ts';

const withChanges = (top: Located, faults: ReadingFault[]): Located => {
  const changes = top.kind === 'map' ? top.entries.get('changes') : undefined;
  if (top.kind !== 'map' || changes?.node.kind !== 'map') return top;
  const { entries } = changes.node;
  const expandedRows: [string, Entry][] = [];
  for (const [key, shorthand] of [
    ['standards', everyCounty],
    ['propertyLimits', everyTier],
  ] as const) {
    const entry = entries.get(key);
    if (entry !== undefined) expandedRows.push([key, { ...entry, node: expanded(entry.node, shorthand, faults) }]);
  }
  return withEntries(top, [['changes', { ...changes, node: withEntries(changes.node, expandedRows) }]]);
};

/** A draft from its text, YAML or JSON; `counties: all`, `tiers: all` and amounts in yuan are written out as in a pack. */
export const readDraft = (name: string, text: string): Source => {
  const { node, faults: found } = readYaml(name, text);
  const faults = [...found];
  if (node === null || faults.length > 0) return { input: null, positions: new Map(), broken: true, faults };
  const { value, positions } = lower(withChanges(writtenOut(node, null, faults), faults));
  return { input: value, positions, broken: false, faults };
};

/** Reads the file of a draft. Throws what the file system throws when it cannot be read. */
export const readDraftFile = (path: string): Source =>
  readDraft(relative(process.cwd(), path), readFileSync(path, 'utf8'));
