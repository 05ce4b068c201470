import type { LocalDate } from '../../domain/dates.ts';
import type { ScanProgress } from '../../domain/missed-needs/daily-scan.ts';
import { type Alike, addAlike, hasAlike } from '../../domain/missed-needs/doubles.ts';
import { fromLine, hasSoundNumber } from '../../domain/missed-needs/likeness.ts';
import { alikeKey } from '../../domain/missed-needs/scan-of.ts';
import type { ObjectStore } from '../../domain/store/object-store.ts';
import { forEachAtOnce } from '../at-once.ts';

/** Digits of a mark by which people are held against each other at first: as many as a number takes exactly. */
const firstDigits = 13;
type LaidDown = ScanProgress['people'][number];
type Reading = { readonly objects: Pick<ObjectStore, 'read'> };

const firstOf = (line: string): number => Number.parseInt(line.slice(0, firstDigits), 16);

/**
 * Everybody of a day's scan who is alike somebody else, where they may be one: all who have a mark that somebody without a sound number has
 * too, in the order of the marks. What segments laid down is read twice: once for the marks, as numbers, eight bytes for each person of the roster; and
 * once for those who may be one. Two of whom both have a sound number are two people: in a province tens of thousands are alike, and are not kept.
 */
export const alikePeople = async (
  dependencies: Reading,
  day: LocalDate,
  parts: readonly LaidDown[],
): Promise<readonly Alike[]> => {
  const all: Float64Array[] = [];
  const unsound = new Set<number>();
  await forEachLine(dependencies, day, parts, (lines) => {
    all.push(Float64Array.from(lines, firstOf));
    for (const line of lines) if (!hasSoundNumber(line)) unsound.add(firstOf(line));
  });
  const repeated = repeatedIn(all, unsound);
  const found = new Map<string, Alike>();
  if (repeated.size > 0)
    await forEachLine(dependencies, day, parts, (lines) => {
      for (const line of lines) if (repeated.has(firstOf(line))) addAlike(found, fromLine(copied(line)));
    });
  return [...found.values()].filter(hasAlike).toSorted((one, other) => (one.mark < other.mark ? -1 : 1));
};

/**
 * The same line in memory of its own: what is cut out of a text otherwise keeps the whole of it, here of every part of the roster. A line has
 * ASCII only.
 */
const copied = (line: string): string => Buffer.from(line, 'latin1').toString('latin1');

const forEachLine = async (
  { objects }: Reading,
  day: LocalDate,
  parts: readonly LaidDown[],
  use: (lines: readonly string[]) => unknown,
): Promise<void> => {
  await forEachAtOnce(parts, async ({ name, bytes }) => {
    const content = await objects.read(alikeKey(day, name), { first: 0, last: bytes - 1 });
    use(new TextDecoder().decode(content).trimEnd().split('\n'));
  });
};

/** Of some marks those that there are more than once. */
const repeatedIn = (parts: readonly Float64Array[], wanted: ReadonlySet<number>): ReadonlySet<number> => {
  const sorted = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    sorted.set(part, at);
    at += part.length;
  }
  sorted.sort();
  const repeated = new Set<number>();
  for (let place = 1; place < sorted.length; place += 1) {
    const mark = sorted[place];
    if (mark !== undefined && mark === sorted[place - 1] && wanted.has(mark)) repeated.add(mark);
  }
  return repeated;
};
