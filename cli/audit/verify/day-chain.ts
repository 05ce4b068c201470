import type { BreakKind, Findings } from './findings.ts';
import { Block, hashOfBlock, inKey } from './forms.ts';
import { hashOfEntry, type Item, plainItem, textIn } from './item-text.ts';

/** What the chain of a division and day comes to, for the look at how days follow each other. */
export interface DaySummary {
  readonly day: string;
  readonly opening: Block['opening'];
  readonly previous: string;
  readonly hashes: readonly string[];
  readonly closing: { readonly number: number; readonly total: number; readonly hash: string } | null;
  readonly late: readonly { readonly number: number; readonly hash: string; readonly at: string }[];
  readonly isAllLate: boolean;
}

/** An entry that no block names. Whether that is a break depends on the day and on its age. */
export interface Unchained {
  readonly day: string;
  readonly sk: string;
}

const blockOf = (item: Item): Block | undefined => {
  try {
    return Block.safeParse(plainItem(item)).data;
  } catch {
    return undefined;
  }
};

const hashOf = (item: Item): string => {
  try {
    return hashOfEntry(item);
  } catch {
    return 'malformed';
  }
};

const isKeyed = (block: Block, division: string, day: string): boolean =>
  block.pk === `CHAIN#${division}#${day}` &&
  block.sk === inKey(block.number) &&
  block.division === division &&
  block.day === day;

/** Late blocks stand after the closing one, or at the beginning of a chain that was opened too late; nothing else follows a closing. */
const isOfKind = (block: Block, before: readonly Block[]): boolean => {
  const isClosed = before.some(({ kind }) => kind === 'closing');
  switch (block.kind) {
    case 'late':
      return block.entries.length > 0 && (isClosed || before.every(({ kind }) => kind === 'late'));
    case 'entries':
      return block.entries.length > 0 && !isClosed;
    case 'closing':
      return block.entries.length === 0 && !isClosed && before.length > 0;
  }
};

type Found = (kind: BreakKind, ...place: readonly (string | number)[]) => void;

const entriesByKey = (items: readonly Item[], found: Found): ReadonlyMap<string, Item> => {
  const entries = new Map<string, Item>();
  for (const item of items) {
    const sk = textIn(item, 'sk') ?? '';
    if (entries.has(sk)) found('item-twice', 'entry', sk);
    entries.set(sk, item);
  }
  return entries;
};

const blocksInOrder = (items: readonly Item[], found: Found): readonly Block[] => {
  const blocks = new Map<number, Block>();
  for (const item of items) {
    const block = blockOf(item);
    const place = textIn(item, 'sk') ?? '?';
    if (block === undefined) found('block-changed', 'block', place);
    else if (blocks.has(block.number)) found('item-twice', 'block', place);
    else blocks.set(block.number, block);
  }
  return [...blocks.values()].sort((one, other) => one.number - other.number);
};

/** What each block says against what it is and against the block before it. */
const checkBlocks = (ordered: readonly Block[], division: string, day: string, found: Found): void => {
  let total = 0;
  for (const [index, block] of ordered.entries()) {
    const before = ordered[index - 1];
    const { number } = block;
    if (number !== (before?.number ?? 0) + 1) found('block-missing', 'block', number - 1);
    const isOpened = (block.opening !== null) === (number === 1);
    if (!isKeyed(block, division, day) || !isOfKind(block, ordered.slice(0, index)) || !isOpened)
      found('block-out-of-place', 'block', number);
    if (hashOfBlock(block) !== block.hash) found('block-changed', 'block', number);
    if (before !== undefined && block.previous !== before.hash) found('block-unlinked', 'block', number);
    total += block.entries.length;
    if (block.total !== total) found('count-differs', 'block', number);
  }
};

/** Each entry that the blocks name against the entry that is there. Answers the keys that they name. */
const checkEntries = (
  ordered: readonly Block[],
  entries: ReadonlyMap<string, Item>,
  found: Found,
): ReadonlySet<string> => {
  const chained = new Set<string>();
  for (const { number, entries: named } of ordered) {
    for (const { sk, hash } of named) {
      const item = entries.get(sk);
      if (chained.has(sk)) found('entry-twice', 'block', number, 'entry', sk);
      else if (item === undefined) found('entry-missing', 'block', number, 'entry', sk);
      else if (hashOf(item) !== hash) found('entry-changed', 'block', number, 'entry', sk);
      chained.add(sk);
    }
  }
  return chained;
};

const summaryOf = (day: string, first: Block, ordered: readonly Block[]): DaySummary => {
  const closing = ordered.find(({ kind }) => kind === 'closing');
  const late = ordered.filter(({ kind }) => kind === 'late');
  return {
    day,
    opening: first.opening,
    previous: first.previous,
    hashes: ordered.map(({ hash }) => hash),
    closing: closing === undefined ? null : { number: closing.number, total: closing.total, hash: closing.hash },
    late: late.map(({ number, hash, at }) => ({ number, hash, at })),
    isAllLate: late.length === ordered.length,
  };
};

/** Checks one chain against the entries of its division and day: hashes, links, counts, and each entry in exactly one block. */
export const checkDay = (
  division: string,
  day: string,
  items: { readonly entries: readonly Item[]; readonly blocks: readonly Item[] },
  findings: Findings,
): { summary: DaySummary | undefined; unchained: readonly Unchained[]; newest: string } => {
  const { counts } = findings;
  const found: Found = (kind, ...place) => findings.found(kind, division, day, ...place);
  const entries = entriesByKey(items.entries, found);
  const ordered = blocksInOrder(items.blocks, found);
  checkBlocks(ordered, division, day, found);
  const chained = checkEntries(ordered, entries, found);

  const moments = [...entries.keys(), ...ordered.map(({ at }) => at)];
  const newest = moments.reduce((one, other) => (one > other ? one : other), '');
  const unchained = [...entries.keys()].filter((sk) => !chained.has(sk)).map((sk) => ({ day, sk }));
  const [first] = ordered;
  const summary = first === undefined ? undefined : summaryOf(day, first, ordered);
  counts.entries += entries.size;
  counts.blocks += ordered.length;
  counts.chains += summary === undefined ? 0 : 1;
  counts.lateBlocks += summary?.late.length ?? 0;
  return { summary, unchained, newest };
};
