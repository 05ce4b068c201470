import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ExportedItem } from './audit-export.ts';

/** Where the tampering takes place: a closed day of a division that has two blocks of entries and a closing one, and its neighbours. */
export interface TamperedChain {
  readonly division: string;
  readonly day: string;
  readonly dayBefore: string;
  readonly openDay: string;
  readonly otherDivision: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const text = (item: ExportedItem, name: string): string => String(item[name]?.['S']);
export const isAt = (pk: string, sk?: string) => (item: ExportedItem) =>
  text(item, 'pk') === pk && (sk === undefined || text(item, 'sk') === sk);

/** Whether an item is an entry of a division and day: its sort key begins with its day. */
export const isEntryOf = (division: string, day: string) => (item: ExportedItem) =>
  text(item, 'pk') === division && text(item, 'sk').startsWith(day);
export const entriesOf = (items: readonly ExportedItem[], division: string, day: string): ExportedItem[] =>
  items.filter(isEntryOf(division, day));
export const blockOf = (
  items: readonly ExportedItem[],
  division: string,
  day: string,
  number: number,
): ExportedItem => {
  const found = items.find(isAt(`CHAIN#${division}#${day}`, String(number).padStart(8, '0')));
  if (found === undefined) throw new Error(`no block ${number} of ${division} ${day}`);
  return found;
};
export const replace = (items: readonly ExportedItem[], item: ExportedItem, by: readonly ExportedItem[]) =>
  items.flatMap((each) => (each === item ? by : [each]));
export const firstEntry = (items: readonly ExportedItem[], { division, day }: TamperedChain): ExportedItem => {
  const [first] = entriesOf(items, division, day);
  if (first === undefined) throw new Error('no entry');
  return first;
};

type Plain = {
  division: string;
  day: string;
  number: number;
  kind: string;
  at: string;
  previous: string;
  entries: { sk: string; hash: string }[];
  total: number;
  opening: { ordinal: number; after: { day: string; number: number } | null } | null;
};
/** A block as a forger who knows the format would write it: with a hash that is right for it. */
export const sealed = (block: Plain): ExportedItem => {
  const { division, day, number, kind, at, previous, entries, total, opening } = block;
  const hash = sha256(
    JSON.stringify([
      'hearth-audit-block/1',
      ...[division, day, number, kind, at, previous],
      entries.map(({ sk, hash }) => [sk, hash]),
      total,
      opening && [opening.ordinal, opening.after && [opening.after.day, opening.after.number]],
    ]),
  );
  const pk = `CHAIN#${division}#${day}`;
  return marshall({ pk, sk: String(number).padStart(8, '0'), ...block, hash }) as unknown as ExportedItem;
};
const plain = (value: unknown): unknown => {
  const [[type, content]] = Object.entries(value as Record<string, unknown>) as [[string, unknown]];
  if (type === 'L') return (content as unknown[]).map(plain);
  if (type === 'M') return plainItem(content as Record<string, unknown>);
  if (type === 'NULL') return null;
  return type === 'N' ? Number(content) : content;
};
const plainItem = (item: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
export const plainBlock = (item: ExportedItem): Plain => {
  const { pk: _pk, sk: _sk, hash: _hash, ...block } = plainItem(item);
  return block as unknown as Plain;
};

export const rehash = (rollUp: ExportedItem, change: (plainRollUp: Record<string, unknown>) => void): ExportedItem => {
  const value = plainItem(rollUp) as Record<string, never> & {
    heads: { division: string; blocks: number; entries: number; head: string }[];
    late: { division: string; day: string; number: number; hash: string }[];
  };
  change(value);
  const { day, at, previous, heads, late } = value;
  const hash = sha256(
    JSON.stringify([
      'hearth-audit-roll-up/1',
      ...[day, at, previous],
      heads.map((head) => [head.division, head.blocks, head.entries, head.head]),
      late.map((block) => [block.division, block.day, block.number, block.hash]),
    ]),
  );
  return marshall({ ...value, hash }) as unknown as ExportedItem;
};

/** Somebody with all rights rewrites a day and everything that follows from it. Only what was published tells. */
export const rewriteEverything = (
  items: readonly ExportedItem[],
  { division, day }: TamperedChain,
): readonly ExportedItem[] => {
  let changed: readonly ExportedItem[] = items;
  const dropped = entriesOf(items, division, day).at(-1);
  if (dropped === undefined) throw new Error('no entry');
  changed = replace(changed, dropped, []);
  // What stands on which hash: blocks in the order of their days, then roll-ups in theirs.
  const isBlock = (item: ExportedItem) => /^CHAIN#\d+#/u.test(text(item, 'pk'));
  const chains = changed
    .filter((item) => isBlock(item) && plainBlock(item).division === division)
    .toSorted((one, other) =>
      `${text(one, 'pk')} ${text(one, 'sk')}` < `${text(other, 'pk')} ${text(other, 'sk')}` ? -1 : 1,
    );
  const hashes = new Map<string, string>();
  for (const item of chains) {
    const block = plainBlock(item);
    const entries = block.entries.filter(({ sk }) => sk !== text(dropped, 'sk'));
    const { opening, number } = block;
    const before = opening?.after ? `${opening.after.day} ${opening.after.number}` : `${block.day} ${number - 1}`;
    const total = block.total - (block.day === day && number > 1 ? 1 : block.entries.length - entries.length);
    const forged = sealed({ ...block, entries, total, previous: hashes.get(before) ?? block.previous });
    hashes.set(`${block.day} ${number}`, text(forged, 'hash'));
    changed = replace(changed, item, [forged]);
  }
  let previous: string | undefined;
  const rollUps = changed
    .filter(isAt('CHAIN-ROLL-UP'))
    .toSorted((one, other) => (text(one, 'sk') < text(other, 'sk') ? -1 : 1));
  for (const item of rollUps) {
    const forged = rehash(item, (rollUp) => {
      if (previous !== undefined) rollUp['previous'] = previous;
      for (const head of rollUp['heads'] as { division: string; blocks: number; entries: number; head: string }[]) {
        const own = hashes.get(`${String(rollUp['day'])} ${head.blocks}`);
        if (head.division !== division || own === undefined) continue;
        head.head = own;
        if (rollUp['day'] === day) head.entries -= 1;
      }
    });
    previous = text(forged, 'hash');
    changed = replace(changed, item, [forged]);
  }
  return changed;
};
