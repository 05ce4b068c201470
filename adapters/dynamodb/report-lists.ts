import { endOfDayInChina, type Instant } from '../../domain/dates.ts';
import { countyOf, type DivisionCode } from '../../domain/people/divisions.ts';
import { isOpen, type Report } from '../../domain/reports/report.ts';
import type { ReportList, ReportReads } from '../../domain/reports/report-store.ts';
import { firstInstant, type WorklistKey } from './keys.ts';
import type { WorklistRange } from './reading.ts';

const partitions = { open: 'REPORTS', ended: 'REPORTS-ENDED' } as const satisfies Readonly<Record<ReportList, string>>;
const partitionOf = (list: ReportList, county: DivisionCode): string => `${partitions[list]}#${county}`;

/**
 * A report on somebody's desk is in its county's list by when it came in; one that has ended under the moment after which what was told is
 * erased. One of which nothing is left is in none, and neither is one that was joined to another.
 */
export const reportWorklistKey = (report: Report): WorklistKey | Record<string, never> => {
  const county = countyOf(report.division);
  if (isOpen(report)) return { wpk: partitionOf('open', county), wsk: `${report.receivedAt}#${report.reportId}` };
  if (report.keptUntil === null || report.erasedAt !== null) return {};
  return { wpk: partitionOf('ended', county), wsk: `${endOfDayInChina(report.keptUntil)}#${report.reportId}` };
};

/** The reports of a county from a place on, those in `within` only; the whole county is the partition itself. */
export const reportRange = (
  county: DivisionCode,
  { list, within }: Parameters<ReportReads['reportsOf']>[1],
  from: string,
  limit: number,
): WorklistRange => ({
  partition: partitionOf(list, county),
  from,
  to: '~',
  limit,
  ...(within === county ? {} : { within }),
});

/** Open reports of a division that came in between two moments. */
export const receivedRange = (
  division: DivisionCode,
  { from, before }: Parameters<ReportReads['reportsReceived']>[1],
  limit: number,
): WorklistRange => ({
  partition: partitionOf('open', countyOf(division)),
  from,
  to: before,
  limit,
  within: division,
});

/** Ended reports of a county of which nothing is to be kept any more. */
export const toEraseRange = (county: DivisionCode, at: Instant, limit: number): WorklistRange => ({
  partition: partitionOf('ended', county),
  from: firstInstant,
  to: `${at}#~`,
  limit,
});
