import type { LocalDate } from '../../domain/dates.ts';
import {
  addCounties,
  type CountyCount,
  householdRead,
  lineFound,
  type ScanProgress,
} from '../../domain/missed-needs/daily-scan.ts';
import { hasLeft } from '../../domain/missed-needs/hardship.ts';
import { type AlikePerson, toLines } from '../../domain/missed-needs/likeness.ts';
import type { MissedNeed, Seen } from '../../domain/missed-needs/missed-need.ts';
import { alikeKey, type ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import type { ScannedHousehold, ScannedReferral } from '../../domain/missed-needs/scan-store.ts';
import { countyOf } from '../../domain/people/divisions.ts';
import { forEachAtOnce } from '../relay/payment-facts.ts';
import { lateReferral } from './late-referral.ts';
import { opened } from './open-missed-need.ts';
import { entriesOf, foundOf } from './scan-household.ts';
import type { Scanning, ScanningPage } from './scanning.ts';

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
  const [found, policy] = await Promise.all([scans.scan(day), policies.inForce()]);
  if (found === undefined) throw new Error(`the scan of ${day} was not begun`);
  const { segments, deliveriesOf: month } = found.scan;
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
    const onPage = { ...scanning, entries: await entriesOf(scanning, page.households) };
    const counts = [
      ...(await forEachAtOnce(page.households, (household) => scanHousehold(onPage, household))),
      ...(await forEachAtOnce(page.referrals, (referral) => scanReferral(scanning, referral))),
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

/** The living people of a household, as long as it has not left the roster. */
const registeredIn = (
  { day }: Scanning,
  { householdId, household, standing, people }: ScannedHousehold,
): readonly AlikePerson[] => {
  const decided = standing === 'unreadable' ? undefined : (standing ?? undefined);
  if (hasLeft(household, decided, day)) return [];
  return people.map((person) => ({ ...person, householdId, division: household.residenceDivision }));
};

/** Lays people down for the comparison, under a name of its own: a call that is slower, and noted by nobody, writes over nothing. */
const layDown = async (
  { dependencies: { objects, newId }, day }: Scanning,
  people: readonly AlikePerson[],
): Promise<ScanProgress['people']> => {
  if (people.length === 0) return [];
  const name = newId();
  const content = new TextEncoder().encode(toLines(people));
  await objects.put(alikeKey(day, name), content);
  return [{ name, bytes: content.length }];
};

const lineOf = async (scanning: Scanning, need: MissedNeed, cover: Seen | undefined): Promise<CountyCount> =>
  lineFound(countyOf(need.division), need, cover ?? (await opened(scanning, need)));

const scanHousehold = async (scanning: ScanningPage, scanned: ScannedHousehold): Promise<readonly CountyCount[]> => {
  const found = await foundOf(scanning, scanned);
  const county = countyOf(scanned.household.residenceDivision);
  if (found === undefined) return [householdRead(county, 'unreadable')];
  const lines = await Promise.all(found.lines.map(({ need, cover }) => lineOf(scanning, need, cover)));
  return [householdRead(county, found.isRedecided ? 'redecided' : 'as-before'), ...lines];
};

const scanReferral = async (scanning: Scanning, referral: ScannedReferral): Promise<readonly CountyCount[]> => {
  const late = await lateReferral(scanning, referral);
  return late === undefined ? [] : [await lineOf(scanning, late.need, late.cover)];
};
