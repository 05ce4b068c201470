import type { LocalDate } from '../../domain/dates.ts';
import {
  addCounties,
  type CountyCount,
  lineFound,
  type ScanProgress,
  tooAlikeIn,
} from '../../domain/missed-needs/daily-scan.ts';
import { type Alike, areTooMany, doublesIn, type FoundDouble } from '../../domain/missed-needs/doubles.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { forEachAtOnce } from '../at-once.ts';
import type { Opening } from '../scan-segment/open-missed-need.ts';
import { alikePeople } from './alike-people.ts';
import { seenDouble } from './seen-double.ts';

/** Marks after which a part is noted: what a call that is cut off does again. */
const marksPerPart = 200;
/** Milliseconds after which a call lets the workflow call again: far from the time limit of the function. */
const longestCall = 120_000;

export interface CompareStep {
  day: LocalDate;
}

/**
 * Holds everybody on the roster against everybody else, by what the segments of a day's scan laid down, and opens a task for each household
 * with somebody who may be registered a second time. It goes on where the last call stopped, and opens nothing twice. Throws while a segment
 * is not done, since who was not read cannot be compared.
 */
export const comparePeople = async (
  dependencies: ScanDependencies,
  { day }: CompareStep,
): Promise<CompareStep & { done: boolean }> => {
  const { scans, policies, now } = dependencies;
  const until = Date.parse(now()) + longestCall;
  const [found, policy] = await Promise.all([scans.scan(day), policies.inForce()]);
  if (found === undefined) throw new Error(`the scan of ${day} was not begun`);
  const { segments } = found.scan;
  const read = found.progress.filter(({ segment, done }) => done && segment < segments);
  if (read.length !== segments)
    throw new Error(`of the scan of ${day} ${read.length} of ${segments} segments are done`);
  let progress = found.progress.find(({ segment }) => segment === segments) ?? beginningOf(segments, dependencies);
  if (progress.done) return { day, done: true };
  const all = await alikePeople(
    dependencies,
    day,
    read.flatMap(({ people }) => people),
  );
  do {
    progress = await comparePart({ dependencies, policy, day }, all, progress);
  } while (!progress.done && Date.parse(now()) < until);
  return { day, done: progress.done };
};

/** The comparison is noted as one more segment. */
const beginningOf = (segment: number, { now }: Pick<ScanDependencies, 'now'>): ScanProgress => ({
  segment,
  parts: 0,
  position: null,
  done: false,
  at: now(),
  counties: [],
  people: [],
});

const comparePart = async (opening: Opening, all: readonly Alike[], progress: ScanProgress): Promise<ScanProgress> => {
  const { dependencies, day } = opening;
  const { scans, now } = dependencies;
  const { segment, parts, position } = progress;
  const left = all.filter(({ mark }) => position === null || mark > position);
  const part = left.slice(0, marksPerPart);
  const counts = await forEachAtOnce(part, (alike) => countsOf(opening, alike));
  const next: ScanProgress = {
    ...progress,
    parts: parts + 1,
    position: part.at(-1)?.mark ?? position,
    done: part.length === left.length,
    at: now(),
    counties: addCounties([...progress.counties, ...counts.flat()]),
  };
  if (await scans.storeProgress(day, next)) return next;
  // Another call of the same step was faster. What it noted stands; this one goes on behind it.
  const stored = await scans.segment(day, segment);
  if (stored === undefined) throw new Error(`the comparison of the scan of ${day} could not be noted`);
  return stored;
};

const countsOf = async (opening: Opening, alike: Alike): Promise<readonly CountyCount[]> => {
  if (areTooMany(alike)) return [...alike.counties].map(([county, people]) => tooAlikeIn(county, people));
  const counts: CountyCount[] = [];
  for (const double of doublesIn(alike)) counts.push(...(await countOf(opening, double)));
  return counts;
};

const countOf = async (opening: Opening, double: FoundDouble): Promise<readonly CountyCount[]> => {
  const seen = await seenDouble(opening, double);
  return seen === undefined ? [] : [lineFound(countyOf(double.division), double, seen)];
};
