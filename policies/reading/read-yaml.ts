import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Entry, Located, Position, ReadingFault } from './located.ts';

interface Reading {
  readonly positionAt: (offset: number) => Position;
  readonly faults: ReadingFault[];
}

const nothing = (at: Position): Located => ({ kind: 'scalar', at, value: null, written: '' });

const entryOf = (key: unknown, value: unknown, reading: Reading): readonly [string, Entry] | null => {
  if (!isScalar(key)) return null;
  const keyAt = reading.positionAt(key.range?.[0] ?? 0);
  return [String(key.source ?? key.value), { keyAt, node: locate(value, keyAt, reading) }];
};

const locate = (node: unknown, around: Position, reading: Reading): Located => {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) {
    if (isAlias(node)) reading.faults.push({ at: around, message: 'an alias (*) is not read: write the value out' });
    return nothing(around);
  }
  const at = reading.positionAt(node.range?.[0] ?? 0);
  if (isScalar(node)) return { kind: 'scalar', at, value: node.value, written: node.source ?? String(node.value) };
  if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => locate(item, at, reading)) };
  const entries = new Map<string, Entry>();
  for (const { key, value } of node.items) {
    const entry = entryOf(key, value, reading);
    if (entry === null) reading.faults.push({ at, message: 'a key has to be a plain word' });
    else entries.set(...entry);
  }
  return { kind: 'map', at, entries };
};

const isNode = (contents: Node | null): contents is Node => contents !== null;

/**
 * Reads a YAML 1.2 document (JSON is one) with the place of every part. Dates stay text and nothing is guessed beyond the core
 * schema. What is not well-formed, a key given twice and an alias are faults; with any of the first two there is no content.
 */
export const readYaml = (file: string, text: string): { node: Located | null; faults: readonly ReadingFault[] } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, merge: false });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return { node: null, faults: broken.map(({ pos, message }) => ({ at: positionAt(pos[0]), message })) };
  }
  if (!isNode(document.contents)) {
    return {
      node: null,
      faults: [{ at: positionAt(0), message: 'the file is empty: write its content or remove it' }],
    };
  }
  const reading: Reading = { positionAt, faults: [] };
  const node = locate(document.contents, positionAt(0), reading);
  return { node, faults: reading.faults };
};
