import { courses, householdCase } from './export-case.ts';
import type { Item } from './export-rows.ts';

/** The rows of one household and its case, to be spoilt. */
interface Rows {
  roster: Item[];
  audit: Item[];
}

const has = (item: Item, attribute: string, value: string): boolean => {
  const found = item[attribute];
  return found !== undefined && 'S' in found && found.S === value;
};
const begins = (item: Item, prefix: string): boolean => {
  const { pk } = item;
  return pk !== undefined && 'S' in pk && pk.S.startsWith(prefix);
};
const isState = (item: Item, prefix: string): boolean => begins(item, prefix) && has(item, 'sk', 'STATE');
const without = (rows: readonly Item[], goes: (item: Item) => boolean): Item[] => rows.filter((item) => !goes(item));
const changed = (rows: readonly Item[], which: (item: Item) => boolean, change: Item): Item[] =>
  rows.map((item) => (which(item) ? { ...item, ...change } : item));
const first = (rows: readonly Item[], which: (item: Item) => boolean): Item => {
  const found = rows.find(which);
  if (found === undefined) throw new Error('there is nothing to spoil');
  return found;
};

const idOf = (item: Item, attribute: string): string => {
  const found = item[attribute];
  if (found === undefined || !('S' in found)) throw new Error(`there is no ${attribute}`);
  return found.S;
};

/** One violation of each invariant, of the kind that a lost or doubled write, a slip or a leak would leave behind. */
export const plants = {
  'I1': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({ roster: without(roster, (item) => isState(item, 'DETERMINATION#')), audit }),
  },
  'I2': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({
      roster: [
        ...roster,
        { ...first(roster, (item) => begins(item, 'PERSON#')), pk: { S: `PERSON#${'A'.repeat(43)}` } },
      ],
      audit,
    }),
  },
  'I2-given-twice': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => begins(item, 'GUARD#') && item['own.02'] !== undefined, {
        'own.02': {
          SS: [
            `ace_${'0'.repeat(32)}`,
            idOf(
              first(roster, (item) => begins(item, 'ASSISTANCE#')),
              'entryId',
            ),
          ],
        },
      }),
      audit,
    }),
  },
  'I2-excluded': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => begins(item, 'GUARD#') && item['one.02'] !== undefined, {
        'other.02': { SS: [`ace_${'0'.repeat(32)}`] },
      }),
      audit,
    }),
  },
  'I2-unguarded': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({ roster: without(roster, (item) => begins(item, 'GUARD#')), audit }),
  },
  'I3': {
    course: 'visit',
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => isState(item, 'TASK#'), { dueOn: { S: '2026-05-28' } }),
      audit,
    }),
  },
  'I4': {
    course: 'visit',
    spoil: ({ roster, audit }) => ({
      roster: [
        ...roster,
        { ...first(roster, (item) => isState(item, 'TASK#')), pk: { S: `TASK#tsk_${'0'.repeat(32)}` } },
      ],
      audit,
    }),
  },
  'I5': {
    course: 'visit',
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => begins(item, 'IDEMPOTENCY#'), { eventId: { S: `evt_${'0'.repeat(32)}` } }),
      audit,
    }),
  },
  'I6': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({ roster, audit: without(audit, (item) => has(item, 'type', 'NoticePublished')) }),
  },
  'I8': {
    course: 'granted',
    // A resident ID of the unassigned block, with its right check digit, where a subject belongs.
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => isState(item, 'DETERMINATION#'), { confirmedBy: { S: '149901195706150025' } }),
      audit,
    }),
  },
  'I9': {
    course: 'visit',
    spoil: ({ roster, audit }) => ({
      roster: changed(roster, (item) => isState(item, 'TASK#'), { division: { S: '140105100' } }),
      audit,
    }),
  },
  'I10': {
    course: 'granted',
    spoil: ({ roster, audit }) => ({
      roster,
      audit: changed(audit, (item) => has(item, 'type', 'NoticeEnded'), { role: { S: 'public' } }),
    }),
  },
} as const satisfies Record<string, { course: (typeof courses)[number]; spoil: (rows: Rows) => Rows }>;
export type Planted = keyof typeof plants;

/** The invariant that a planted violation breaks. */
export const invariantOf = (planted: Planted): string => planted.split('-', 1)[0] ?? '';

/** A household whose case breaks one invariant. */
export const spoiltCase = (index: number, planted: Planted): Rows => {
  const { course, spoil } = plants[planted];
  return spoil(householdCase(index, course));
};

/** Most cases have ended, as in any county; of the rest each course has its share. */
export const courseOf = (index: number): (typeof courses)[number] => {
  const place = index % 20;
  if (place < 11) return 'granted';
  return courses[1 + ((place - 11) % (courses.length - 1))] ?? 'granted';
};
