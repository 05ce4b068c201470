import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ExportedItem } from './audit-export.ts';

/** A way to tamper with the audit: what it does to the items of an export, and as what `hearth audit verify` has to name it. */
export interface Tampering {
  readonly name: string;
  readonly tamper: (items: readonly ExportedItem[], on: TamperedChain) => readonly ExportedItem[];
  /** At least one of these kinds of breaks has to be found. */
  readonly named: readonly string[];
  /** Found only by whoever has kept the published heads. */
  readonly needsHeads?: true;
}

/** Where the tampering takes place: a closed day of a division that has two blocks of entries and a closing one, and its neighbours. */
export interface TamperedChain {
  readonly division: string;
  readonly day: string;
  readonly dayBefore: string;
  readonly openDay: string;
  readonly otherDivision: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const text = (item: ExportedItem, name: string): string => String(item[name]?.['S']);
const isAt = (pk: string, sk?: string) => (item: ExportedItem) =>
  text(item, 'pk') === pk && (sk === undefined || text(item, 'sk') === sk);

const entriesOf = (items: readonly ExportedItem[], division: string, day: string): ExportedItem[] =>
  items.filter(isAt(`${division}#${day}`));
const blockOf = (items: readonly ExportedItem[], division: string, day: string, number: number): ExportedItem => {
  const found = items.find(isAt(`CHAIN#${division}#${day}`, String(number).padStart(8, '0')));
  if (found === undefined) throw new Error(`no block ${number} of ${division} ${day}`);
  return found;
};
const replace = (items: readonly ExportedItem[], item: ExportedItem, by: readonly ExportedItem[]) =>
  items.flatMap((each) => (each === item ? by : [each]));
const firstEntry = (items: readonly ExportedItem[], { division, day }: TamperedChain): ExportedItem => {
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
const sealed = (block: Plain): ExportedItem => {
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
const plainBlock = (item: ExportedItem): Plain => {
  const { pk: _pk, sk: _sk, hash: _hash, ...block } = plainItem(item);
  return block as unknown as Plain;
};

/** A value with one byte of it changed, whatever its type. */
const changedValue = (value: Record<string, unknown>): Record<string, unknown> => {
  if ('S' in value) return { S: `${String(value['S']).slice(0, -1)}~` };
  if ('NULL' in value) return { S: '' };
  if ('N' in value) return { N: `${String(value['N'])}1` };
  if ('BOOL' in value) return { BOOL: value['BOOL'] !== true };
  if ('B' in value) return { B: Buffer.from(`x${String(value['B'])}`).toString('base64') };
  if ('L' in value) {
    const [first, ...rest] = value['L'] as Record<string, unknown>[];
    return { L: first === undefined ? [{ S: 'x' }] : [changedValue(first), ...rest] };
  }
  return { M: { ...(value['M'] as object), x: { S: 'x' } } };
};

/** One change for each attribute that an entry has. The names are those of adapters/dynamodb/commit.ts. */
export const entryAttributes = [
  'eventId',
  'type',
  'role',
  'subject',
  'reviewId',
  'records',
  'amount',
  'flag',
  'bytes',
  'nested',
];
const changedAttributes: readonly Tampering[] = entryAttributes.map((name) => ({
  name: `a byte of an entry is changed in ${name}`,
  tamper: (items, on) => {
    const entry = firstEntry(items, on);
    const value = entry[name];
    if (value === undefined) throw new Error(`the entry has no ${name}`);
    return replace(items, entry, [{ ...entry, [name]: changedValue(value) }]);
  },
  named: ['entry-changed'],
}));

const rehash = (rollUp: ExportedItem, change: (plainRollUp: Record<string, unknown>) => void): ExportedItem => {
  const value = plainItem(rollUp) as Record<string, never> & {
    heads: { division: string; blocks: number; entries: number; head: string }[];
    late: { division: string; day: string; number: number; hash: string }[];
  };
  change(value);
  const { day, at, previous, heads, late } = value as unknown as Record<string, unknown> & typeof value;
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
const rewriteEverything = (
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

/** Every class of tampering, as data: tests/attack uses the same list. */
export const tamperings: readonly Tampering[] = [
  ...changedAttributes,
  {
    name: 'an attribute is added to an entry',
    tamper: (items, on) => replace(items, firstEntry(items, on), [{ ...firstEntry(items, on), note: { S: '' } }]),
    named: ['entry-changed'],
  },
  {
    name: 'an attribute of an entry is removed',
    tamper: (items, on) => {
      const { subject: _subject, ...rest } = firstEntry(items, on);
      return replace(items, firstEntry(items, on), [rest]);
    },
    named: ['entry-changed'],
  },
  {
    name: 'an entry is removed',
    tamper: (items, on) => replace(items, firstEntry(items, on), []),
    named: ['entry-missing'],
  },
  {
    name: 'an entry is added to a closed day',
    tamper: (items, on) => [
      ...items,
      { ...firstEntry(items, on), sk: { S: `${on.day}T11:11:11.111Z#evt_${'f'.repeat(32)}` } },
    ],
    named: ['entry-unchained'],
  },
  {
    name: 'two entries change places',
    tamper: (items, on) => {
      const [one, other] = entriesOf(items, on.division, on.day);
      if (one === undefined || other === undefined) throw new Error('no two entries');
      return items.map((item) => {
        if (item === one) return { ...other, sk: one['sk'] ?? {} };
        return item === other ? { ...one, sk: other['sk'] ?? {} } : item;
      });
    },
    named: ['entry-changed'],
  },
  {
    name: 'an entry is copied under another key',
    tamper: (items, on) => [...items, { ...firstEntry(items, on), pk: { S: `${on.division}#${on.dayBefore}` } }],
    named: ['entry-unchained'],
  },
  {
    name: 'an entry is moved to another division',
    tamper: (items, on) =>
      replace(items, firstEntry(items, on), [{ ...firstEntry(items, on), pk: { S: `${on.otherDivision}#${on.day}` } }]),
    named: ['entry-missing'],
  },
  {
    name: 'a block in the middle is removed',
    tamper: (items, { division, day }) => replace(items, blockOf(items, division, day, 2), []),
    named: ['block-missing'],
  },
  {
    name: 'a byte of a block is changed',
    tamper: (items, { division, day }) => {
      const block = blockOf(items, division, day, 2);
      return replace(items, block, [{ ...block, at: changedValue({ S: text(block, 'at') }) }]);
    },
    named: ['block-changed'],
  },
  {
    name: 'the hash in a block is changed',
    tamper: (items, { division, day }) => {
      const block = blockOf(items, division, day, 1);
      return replace(items, block, [{ ...block, hash: { S: '0'.repeat(64) } }]);
    },
    named: ['block-changed'],
  },
  {
    name: 'a block is forged with its hash computed anew, so that the next does not follow it',
    tamper: (items, { division, day }) => {
      const block = blockOf(items, division, day, 1);
      const forged = plainBlock(block);
      return replace(items, block, [sealed({ ...forged, entries: forged.entries.toReversed() })]);
    },
    named: ['block-unlinked'],
  },
  {
    name: 'a block that follows nothing is put in',
    tamper: (items, { division, openDay }) => [
      ...items,
      sealed({
        ...plainBlock(blockOf(items, division, openDay, 1)),
        number: 2,
        opening: null,
        previous: 'a'.repeat(64),
      }),
    ],
    named: ['block-unlinked'],
  },
  {
    name: 'a chain is forked: two blocks have one number',
    tamper: (items, { division, day }) => [
      ...items,
      sealed({ ...plainBlock(blockOf(items, division, day, 2)), at: `${day}T23:00:00.000Z` }),
    ],
    named: ['item-twice'],
  },
  {
    name: 'the end of a closed chain is cut off',
    tamper: (items, { division, day }) =>
      items.filter((item) => !(isAt(`CHAIN#${division}#${day}`)(item) && text(item, 'kind') === 'closing')),
    named: ['head-differs'],
  },
  {
    name: 'the end of an open chain is cut off, with its entries',
    tamper: (items, { division, openDay }) => {
      const last = blockOf(items, division, openDay, 2);
      const gone = new Set(plainBlock(last).entries.map(({ sk }) => sk));
      return items.filter(
        (item) => item !== last && !(text(item, 'pk') === `${division}#${openDay}` && gone.has(text(item, 'sk'))),
      );
    },
    named: ['published-differs'],
    needsHeads: true,
  },
  {
    name: 'a whole day of a division is removed',
    tamper: (items, { division, day }) =>
      items.filter((item) => !isAt(`${division}#${day}`)(item) && !isAt(`CHAIN#${division}#${day}`)(item)),
    named: ['day-missing'],
  },
  {
    name: 'a whole day of a division is removed, with its place in the order of days and in the roll-up',
    tamper: (items, { division, day }) =>
      items
        .filter((item) => !isAt(`${division}#${day}`)(item) && !isAt(`CHAIN#${division}#${day}`)(item))
        .filter((item) => !(text(item, 'pk') === `CHAIN#${division}` && text(item, 'day') === day))
        .map((item) =>
          isAt('CHAIN-ROLL-UP', day)(item)
            ? rehash(item, (rollUp) => {
                rollUp['heads'] = (rollUp['heads'] as { division: string }[]).filter(
                  (head) => head.division !== division,
                );
              })
            : item,
        ),
    named: ['day-missing', 'day-unlinked'],
  },
  {
    name: 'a day of the province is removed from the roll-ups',
    tamper: (items, { dayBefore }) => items.filter((item) => !isAt('CHAIN-ROLL-UP', dayBefore)(item)),
    named: ['roll-up-missing'],
  },
  {
    name: 'a head in a roll-up is edited',
    tamper: (items, { day }) =>
      items.map((item) => (isAt('CHAIN-ROLL-UP', day)(item) ? { ...item, at: { S: `${day}T00:00:00.000Z` } } : item)),
    named: ['roll-up-changed'],
  },
  {
    name: 'a head in a roll-up is edited, and the hash computed anew',
    tamper: (items, { day }) =>
      items.map((item) =>
        isAt('CHAIN-ROLL-UP', day)(item)
          ? rehash(item, (rollUp) => {
              const [head] = rollUp['heads'] as { head: string }[];
              if (head !== undefined) head.head = 'b'.repeat(64);
            })
          : item,
      ),
    named: ['head-differs'],
  },
  {
    name: 'a late block loses its mark',
    tamper: (items) => items.filter((item) => !text(item, 'pk').startsWith('CHAIN-LATE#')),
    named: ['late-unmarked'],
  },
  {
    name: 'everything is rewritten from a day on, with all hashes right',
    tamper: rewriteEverything,
    named: ['published-differs'],
    needsHeads: true,
  },
  {
    name: "a copy in a person's own record is changed",
    tamper: (items) =>
      items.map((item) => (text(item, 'pk').startsWith('PERSON#') ? { ...item, purpose: { S: 'review' } } : item)),
    named: ['copy-differs'],
  },
  {
    name: "a copy in a person's own record is removed",
    tamper: (items) => items.filter((item) => !text(item, 'pk').startsWith('PERSON#')),
    named: ['copy-missing'],
  },
  {
    name: "a copy is put into a person's own record without an original",
    tamper: (items) =>
      items.flatMap((item) =>
        text(item, 'pk').startsWith('PERSON#')
          ? [item, { ...item, sk: { S: text(item, 'sk').replace('evt_', 'evt_0') } }]
          : [item],
      ),
    named: ['copy-without-original'],
  },
  {
    name: 'an item that no program of the platform writes is put in',
    tamper: (items) => [...items, { pk: { S: 'NOTE#1' }, sk: { S: 'x' } }],
    named: ['item-foreign'],
  },
];
