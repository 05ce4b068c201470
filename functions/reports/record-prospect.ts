import { dateInChina } from '../../domain/dates.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { ReportId } from '../../domain/ids.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import type { ReportedHardship } from '../../domain/reports/kinds.ts';
import { outreachOf } from '../../domain/reports/report.ts';
import { isCovered } from './coverage-of.ts';
import { isAtRest, storeReport } from './store-report.ts';

/** A row of a department's data about somebody whom nothing covers, in which a trigger was found. */
export interface Prospect {
  /** Names the row for good, such as the feed and the number of the row: the same row is one prospect, however often it is read. */
  readonly row: string;
  /** The department whose data it is. */
  readonly agency: string;
  /** The 18 characters, checked. */
  readonly residentId: string;
  /** Where the person is, as far as the data says: a township or a county. */
  readonly division: DivisionCode;
  readonly hardship: ReportedHardship;
  /** What was found, in the words of the trigger, with dataset and day. */
  readonly words: string;
}

/**
 * `known`: somebody looks after the person by now, who is no prospect any more. `before`: the row was recorded before. `at-rest`: the last
 * outreach for such hardship was not wanted or met no need, and files lead to no other yet.
 */
export type Recorded = 'recorded' | 'known' | 'before' | 'at-rest';

/**
 * Records a prospect: a report that a feed made, which is gone to, ended and erased like any other. Somebody to whom somebody is going
 * already stays one outreach. Throws when others were faster each time: the row is then to be tried again.
 */
export const recordProspect = async (
  dependencies: Dependencies,
  { row, agency, residentId, division, hardship, words }: Prospect,
): Promise<Recorded> => {
  const { store, digest, newId } = dependencies;
  const reportId = ReportId.parse(`rpt_${digest(`prospect|${row}`).slice(0, 32)}`);
  if ((await store.report(reportId)) !== undefined) return 'before';
  if (await isCovered(store, residentId)) return 'known';
  const person = { name: null, residentId, place: null, phone: null };
  const told = { division, reporter: 'feed' as const, agency, hardship, words, person };
  const stored = await storeReport(dependencies, told, {
    reportId,
    secret: newId(),
    actor: { role: 'workflow', subject: 'feed-comparison' },
    idempotency: () => undefined,
  });
  if (stored.stored === 'done') return 'recorded';
  if (stored.stored === 'at-rest') return 'at-rest';
  if ((await store.report(reportId)) !== undefined) return 'before';
  throw new Error(`the prospect ${reportId} could not be stored`);
};

/** Whether somebody is to go to a person if the row is recorded, as it stands. It changes nothing. */
export const wouldBeGoneTo = async (
  { store, now }: Dependencies,
  { residentId, division, hardship }: Prospect,
): Promise<boolean> => {
  if (await isCovered(store, residentId)) return false;
  const outreach = outreachOf(residentId, countyOf(division));
  if (!(await isAtRest(store, { reporter: 'feed', outreach, hardship }, dateInChina(now())))) return true;
  // Whoever is going there already is told of the row, whatever came of the last time.
  return (await store.reportUnderWay(outreach)) !== undefined;
};
