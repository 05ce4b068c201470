import type { ExportedItem } from './audit-export.ts';
import {
  blockOf,
  entriesOf,
  firstEntry,
  isAt,
  isEntryOf,
  plainBlock,
  rehash,
  replace,
  rewriteEverything,
  sealed,
  type TamperedChain,
  text,
} from './audit-forging.ts';

/** A way to tamper with the audit: what it does to the items of an export, and as what `hearth audit verify` has to name it. */
export interface Tampering {
  readonly name: string;
  readonly tamper: (items: readonly ExportedItem[], on: TamperedChain) => readonly ExportedItem[];
  /** At least one of these kinds of breaks has to be found. */
  readonly named: readonly string[];
  /** Found only by whoever has kept the published heads. */
  readonly needsHeads?: true;
}

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

/** An entry with its sort key changed to the day before. */
const onTheDayBefore = (entry: ExportedItem, { day, dayBefore }: TamperedChain): ExportedItem => ({
  ...entry,
  sk: { S: text(entry, 'sk').replace(day, dayBefore) },
});

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
    tamper: (items, on) => [...items, onTheDayBefore(firstEntry(items, on), on)],
    named: ['entry-unchained'],
  },
  {
    name: 'an entry is moved to the day before',
    tamper: (items, on) => replace(items, firstEntry(items, on), [onTheDayBefore(firstEntry(items, on), on)]),
    named: ['entry-missing'],
  },
  {
    name: 'an entry is added under a key without an instant',
    tamper: (items, on) => [
      ...items,
      { ...firstEntry(items, on), sk: { S: `${on.day}T25:00:00.000Z#evt_${'f'.repeat(32)}` } },
    ],
    named: ['item-malformed'],
  },
  {
    name: 'an entry is moved to another division',
    tamper: (items, on) =>
      replace(items, firstEntry(items, on), [{ ...firstEntry(items, on), pk: { S: on.otherDivision } }]),
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
        number: 3,
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
      return items.filter((item) => item !== last && !(text(item, 'pk') === division && gone.has(text(item, 'sk'))));
    },
    named: ['published-differs'],
    needsHeads: true,
  },
  {
    name: 'a whole day of a division is removed',
    tamper: (items, { division, day }) =>
      items.filter((item) => !isEntryOf(division, day)(item) && !isAt(`CHAIN#${division}#${day}`)(item)),
    named: ['day-missing'],
  },
  {
    name: 'a whole day of a division is removed, with its place in the order of days and in the roll-up',
    tamper: (items, { division, day }) =>
      items
        .filter((item) => !isEntryOf(division, day)(item) && !isAt(`CHAIN#${division}#${day}`)(item))
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
