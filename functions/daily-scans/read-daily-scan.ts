import type { DailyScanView } from '../../contracts/api/daily-scans.ts';
import { type Outcome, refuse, succeed } from '../../contracts/outcome.ts';
import type { Principal } from '../../contracts/principal.ts';
import { partSeen } from '../../domain/access/reach.ts';
import type { LocalDate } from '../../domain/dates.ts';
import { missedNeedTaskKinds } from '../../domain/lifecycles/task.ts';
import { addCounties, type CountyCount, foundIn, type KindCount } from '../../domain/missed-needs/daily-scan.ts';
import { missedNeedTexts } from '../../domain/missed-needs/kinds.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';

/** What the scan of a day has found so far in the counties that the caller sees, by county and kind of line. */
export const readDailyScan = async (
  { scans }: Pick<ScanDependencies, 'scans'>,
  principal: Principal,
  day: LocalDate,
): Promise<Outcome<DailyScanView>> => {
  const found = await scans.scan(day);
  if (found === undefined) return refuse('no-daily-scan');
  const { scan, progress } = found;
  // One more than segments: the comparison of all people, which comes last.
  const hasEnded = progress.filter(({ done }) => done).length === scan.segments + 1;
  const counties = addCounties(progress.flatMap((segment) => segment.counties)).filter(
    ({ county }) => partSeen(principal, county) === county,
  );
  const sum = (of: (county: CountyCount) => number): number => counties.reduce((total, each) => total + of(each), 0);
  return succeed({
    day,
    state: hasEnded ? 'ended' : 'under-way',
    beganAt: scan.beganAt,
    deliveriesOf: scan.deliveriesOf,
    endedAt: hasEnded
      ? (progress
          .map(({ at }) => at)
          .toSorted()
          .at(-1) ?? null)
      : null,
    households: sum(({ households }) => households),
    unreadable: sum(({ unreadable }) => unreadable),
    redecided: sum(({ redecided }) => redecided),
    tooAlike: sum(({ tooAlike }) => tooAlike),
    counties: counties.map(({ county, households, unreadable, redecided, tooAlike, kinds }) => ({
      county,
      households,
      unreadable,
      redecided,
      tooAlike,
      lines: linesOf(kinds),
    })),
  });
};

const linesOf = (counts: readonly KindCount[]): DailyScanView['counties'][number]['lines'] =>
  missedNeedTaskKinds.map((code) => {
    const count = counts.find(({ kind }) => kind === code);
    return {
      kind: { code, ...missedNeedTexts[code] },
      found: count === undefined ? 0 : foundIn(count),
      opened: count?.opened ?? 0,
      covered: { byTask: count?.byTask ?? 0, byReview: count?.byReview ?? 0, byPaymentRun: [...(count?.byRun ?? [])] },
    };
  });
