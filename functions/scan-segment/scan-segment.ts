import type { LocalDate } from '../../domain/dates.ts';
import {
  addCounties,
  type CountyCount,
  householdRead,
  lineFound,
  type ScanProgress,
} from '../../domain/missed-needs/daily-scan.ts';
import type { AlikePerson } from '../../domain/missed-needs/likeness.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { forEachAtOnce } from '../at-once.ts';
import { lateReferral } from './late-referral.ts';
import { layDown, registeredIn } from './lay-down.ts';
import { opened } from './open-missed-need.ts';
import { reassessed } from './reassess.ts';
import { type FoundOfHousehold, foundOf } from './scan-household.ts';
import type { Missed, Scanning } from './scanning.ts';

/** Households after which a part is noted: what is held in memory at the most, and what a step that is cut off does again. */
const householdsPerPart = 250;
/** Parts one call notes before it lets the workflow call again: far from the time limit of the function. */
const partsPerCall = 8;

export interface ScanStep {
  day: LocalDate;
  segment: number;
}

/**
 * Looks at the households and open referrals of a segment, opens a task for each line that nothing covers, and decides anew where time
 * has changed a decision, part by part. It goes on
 * where the last call stopped; what a call that was cut off had opened is found again, and counted as opened by this scan.
 */
export const scanSegment = async (
  dependencies: ScanDependencies,
  { day, segment }: ScanStep,
): Promise<ScanStep & { done: boolean }> => {
  const { scans, policies, now } = dependencies;
  const [found, policy] = await Promise.all([scans.begun(day), policies.inForce()]);
  if (found === undefined) throw new Error(`the scan of ${day} was not begun`);
  const { segments, deliveriesOf: month } = found;
  const scanning: Scanning = { dependencies, policy, day, month, at: now() };
  let progress = await scans.segment(day, segment);
  for (let parts = 0; parts < partsPerCall && progress?.done !== true; parts += 1) {
    progress = await scanPart(scanning, segments, progress ?? beginningOf(segment, scanning));
  }
  return { day, segment, done: progress?.done === true };
};

const beginningOf = (segment: number, { at }: Scanning): ScanProgress => ({
  segment,
  parts: 0,
  position: null,
  done: false,
  at,
  counties: [],
  people: [],
});

const scanPart = async (scanning: Scanning, segments: number, progress: ScanProgress): Promise<ScanProgress> => {
  const { dependencies, day } = scanning;
  const { scans, now } = dependencies;
  let { position, counties } = progress;
  const people: AlikePerson[] = [];
  let households = 0;
  let isLast = false;
  while (!isLast && households < householdsPerPart) {
    const page = await scans.rows({ day, segment: progress.segment, of: segments, position });
    // All of a page is looked at together, so that what it takes is read together; what is written is, a few at a time.
    const found = await Promise.all(page.households.map((household) => foundOf(scanning, household)));
    const late = await Promise.all(page.referrals.map((referral) => lateReferral(scanning, referral)));
    const counts = [
      ...(await forEachAtOnce(found, (household) => settled(scanning, household))),
      ...(await forEachAtOnce(late, async (line) => (line === undefined ? [] : [await lineOf(scanning, line)]))),
    ];
    counties = addCounties([...counties, ...counts.flat()]);
    people.push(...page.households.flatMap((household) => registeredIn(scanning, household)));
    households += page.households.length;
    position = page.next;
    isLast = page.next === null;
  }
  const laidDown = await layDown(scanning, people);
  const next = {
    ...{ segment: progress.segment, parts: progress.parts + 1, position, done: isLast, at: now(), counties },
    people: [...progress.people, ...laidDown],
  };
  if (await scans.storeProgress(day, next)) return next;
  // Another call of the same step was faster. What it noted stands; this one goes on behind it.
  const stored = await scans.segment(day, progress.segment);
  if (stored === undefined) throw new Error(`segment ${progress.segment} of the scan of ${day} could not be noted`);
  return stored;
};

const lineOf = async (scanning: Scanning, { need, cover }: Missed): Promise<CountyCount> =>
  lineFound(countyOf(need.division), need, cover ?? (await opened(scanning, need)));

/** What becomes of what was found of a household, counted. */
const settled = async (
  scanning: Scanning,
  { division, lines, changed }: FoundOfHousehold,
): Promise<readonly CountyCount[]> => {
  const county = countyOf(division);
  if (lines === undefined) return [householdRead(county, 'unreadable')];
  const isRedecided = changed !== undefined && (await reassessed(scanning, changed));
  const counts = await Promise.all(lines.map((line) => lineOf(scanning, line)));
  return [householdRead(county, isRedecided ? 'redecided' : 'as-before'), ...counts];
};
