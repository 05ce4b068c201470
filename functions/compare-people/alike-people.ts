import type { LocalDate } from '../../domain/dates.ts';
import type { ScanProgress } from '../../domain/missed-needs/daily-scan.ts';
import { type Alike, addAlike, hasAlike } from '../../domain/missed-needs/doubles.ts';
import { fromLine } from '../../domain/missed-needs/likeness.ts';
import { alikeKey, type ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { forEachAtOnce } from '../relay/payment-facts.ts';

/** Digits of a mark by which people are held against each other at first: as many as a number takes exactly. */
const firstDigits = 13;
type LaidDown = ScanProgress['people'][number];

const firstOf = (line: string): number => Number.parseInt(line.slice(0, firstDigits), 16);

/**
 * Everybody of a day's scan who is alike somebody else, in the order of their marks. What segments laid down is read twice: once for the
 * marks, as numbers, eight bytes for each person of the roster; and once for those whose mark there is more than once, who are few.
 */
export const alikePeople = async (
  dependencies: Pick<ScanDependencies, 'objects'>,
  day: LocalDate,
  parts: readonly LaidDown[],
): Promise<readonly Alike[]> => {
  const all: Float64Array[] = [];
  await forEachLine(dependencies, day, parts, (lines) => all.push(Float64Array.from(lines, firstOf)));
  const repeated = repeatedIn(all);
  const found = new Map<string, Alike>();
  if (repeated.size > 0)
    await forEachLine(dependencies, day, parts, (lines) => {
      for (const line of lines) if (repeated.has(firstOf(line))) addAlike(found, fromLine(line));
    });
  return [...found.values()].filter(hasAlike).toSorted((one, other) => (one.mark < other.mark ? -1 : 1));
};

const forEachLine = async (
  { objects }: Pick<ScanDependencies, 'objects'>,
  day: LocalDate,
  parts: readonly LaidDown[],
  use: (lines: readonly string[]) => unknown,
): Promise<void> => {
  await forEachAtOnce(parts, async ({ name, bytes }) => {
    const content = await objects.read(alikeKey(day, name), { first: 0, last: bytes - 1 });
    use(new TextDecoder().decode(content).trimEnd().split('\n'));
  });
};

const repeatedIn = (parts: readonly Float64Array[]): ReadonlySet<number> => {
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
    if (mark !== undefined && mark === sorted[place - 1]) repeated.add(mark);
  }
  return repeated;
};
