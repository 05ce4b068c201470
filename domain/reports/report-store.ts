import type { Instant, LocalDate } from '../dates.ts';
import type { ReportId } from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { ReportedHardship } from './kinds.ts';
import type { Report } from './report.ts';

/** Up to which day, that day included, files of departments lead to no further outreach, for hardship of which kinds. */
export interface OutreachRest {
  readonly hardships: readonly ReportedHardship[];
  readonly until: LocalDate;
}

/** Takes the outreach to a person, so that there is one, or frees it. What it is of is not stored: see `outreachOf`. */
export type ReportOnce =
  | { readonly does: 'take'; readonly outreach: string; readonly reportId: ReportId }
  | {
      readonly does: 'free';
      readonly outreach: string;
      readonly reportId: ReportId;
      /** Null where the next file may lead to another outreach at once. */
      readonly rest: OutreachRest | null;
    };

/** Which reports of a county: those on somebody's desk by when they came in, or those that have ended and of which something is kept. */
export type ReportList = 'open' | 'ended';

/** What is read of reports. */
export interface ReportReads {
  report(id: ReportId): Promise<Report | undefined>;
  /** The open report by which somebody is going to a person (see `outreachOf`). */
  reportUnderWay(outreach: string): Promise<ReportId | undefined>;
  /** The last day on which a person is left in peace by files that tell of such hardship, if such a day was ever set. */
  outreachRest(outreach: string, hardship: ReportedHardship): Promise<LocalDate | undefined>;
  /** The reports of a county, those in `within` only. */
  reportsOf(
    county: DivisionCode,
    query: { readonly list: ReportList; readonly within: DivisionCode },
    limit: number,
    after: string | null,
  ): Promise<{ readonly items: readonly Report[]; readonly next: string | null }>;
  /** Open reports of a division that came in from a moment on, and before another. */
  reportsReceived(
    division: DivisionCode,
    span: { readonly from: Instant; readonly before: Instant },
    limit: number,
  ): Promise<readonly Report[]>;
  /** Ended reports of a county of which nothing is to be kept after a moment. */
  reportsToErase(county: DivisionCode, at: Instant, limit: number): Promise<readonly Report[]>;
}
