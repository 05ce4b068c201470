import { copyLineOf } from './copies.ts';
import type { DivisionLine } from './division.ts';
import type { Findings } from './findings.ts';
import { hashOfRollUp, inKey, LateMark, Opening, RollUp } from './forms.ts';
import { type Item, Malformed, plainItem, sha256, textIn } from './item-text.ts';
import type { RollUpLink } from './roll-ups.ts';
import type { Spill } from './spill.ts';

/** Days are sorted into so many parts, so that one part of a province's year is a few megabytes. */
const dayParts = 256;
const copyParts = 64;

/** An entry or a block, with the division and day whose chain it belongs to. */
export interface DayLine {
  readonly division: string;
  readonly day: string;
  readonly isBlock: boolean;
  readonly item: Item;
}

export const partPrefixes = { days: 'days', copies: 'copies', divisions: 'division' } as const;

const partOf = (prefix: string, name: string, parts: number): string =>
  `${prefix}-${Number.parseInt(sha256(name).slice(0, 8), 16) % parts}`;
export const divisionPart = (division: string): string => `${partPrefixes.divisions}-${division}`;

/** An entry's sort key begins with its instant. The day of that is in no other place: by it the entry belongs to a chain. */
const dayOfEntry = (item: Item): string => {
  const [moment = ''] = (textIn(item, 'sk') ?? '').split('#');
  const time = Date.parse(moment);
  if (Number.isNaN(time) || new Date(time).toISOString() !== moment) throw new Malformed('an instant is expected');
  return moment.slice(0, 10);
};

/** Sorts the items of an export by what they have to be held against. Roll-ups are few and small and are judged at once. */
export const sortItems = (spill: Spill, findings: Findings) => {
  const { found } = findings;
  const rollUps: RollUpLink[] = [];
  const addLine = (division: string, line: DivisionLine): void => spill.add(divisionPart(division), line);

  const addDayLine = (line: DayLine): void =>
    spill.add(partOf(partPrefixes.days, `${line.division}#${line.day}`, dayParts), line);

  const addCopyLine = (item: Item): void => {
    const line = copyLineOf(item);
    if (line !== undefined) spill.add(partOf(partPrefixes.copies, line.sk, copyParts), line);
  };

  const addOpening = (item: Item, division: string): void => {
    const { sk, day } = Opening.parse(plainItem(item));
    addLine(division, { opened: { ordinal: Number(sk), day } });
  };

  const addMark = (item: Item, writtenOn: string): void => {
    const { pk: _pk, sk, ...mark } = LateMark.parse(plainItem(item));
    if (sk !== `${mark.division}#${mark.day}#${inKey(mark.number)}`) throw new TypeError('a mark under another key');
    addLine(mark.division, { mark, writtenOn });
  };

  const addRollUp = (item: Item): void => {
    const rollUp = RollUp.parse(plainItem(item));
    const { day, previous, hash, heads, late } = rollUp;
    if (hashOfRollUp(rollUp) !== hash || rollUp.sk !== day) found('roll-up-changed', day);
    for (const head of heads) addLine(head.division, { head, rolledUpOn: day });
    for (const block of late) addLine(block.division, { late: block, lateIn: day });
    rollUps.push({ day, previous, hash });
  };

  /** What the partition keys look like, and what is done with the items under them. The first that matches counts. */
  const kinds: readonly (readonly [RegExp, (item: Item, part: string, day: string) => void])[] = [
    [
      /^(14(?:\d\d){0,2})$/u,
      (item, division) => {
        addDayLine({ division, day: dayOfEntry(item), isBlock: false, item });
        addCopyLine(item);
      },
    ],
    [
      /^CHAIN#(14(?:\d\d){0,2})#(\d{4}-\d\d-\d\d)$/u,
      (item, division, day) => addDayLine({ division, day, isBlock: true, item }),
    ],
    [/^CHAIN#(14(?:\d\d){0,2})$/u, addOpening],
    [/^CHAIN-LATE#(\d{4}-\d\d-\d\d)$/u, addMark],
    [/^CHAIN-ROLL-UP$/u, addRollUp],
    [/^PERSON#.+$/u, addCopyLine],
  ];

  return {
    rollUps,
    add: (item: Item): void => {
      const [pk, sk] = [textIn(item, 'pk') ?? '', textIn(item, 'sk') ?? ''];
      const kind = kinds.find(([pattern]) => pattern.test(pk));
      if (kind === undefined) {
        found('item-foreign', pk, sk);
        return;
      }
      const [, part = '', day = ''] = kind[0].exec(pk) ?? [];
      try {
        kind[1](item, part, day);
      } catch {
        found(pk === 'CHAIN-ROLL-UP' ? 'roll-up-changed' : 'item-malformed', pk, sk);
      }
    },
  };
};
