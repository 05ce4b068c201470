import type { AssistanceEntry } from '../assistance/assistance-entry.ts';
import type { Month } from '../assistance/period.ts';
import type { Instant, LocalDate } from '../dates.ts';
import type { Determination } from '../determinations/determination.ts';
import type { Household } from '../households/household.ts';
import type { ApplicationId, AssistanceEntryId, HouseholdId, ReferralId } from '../ids.ts';
import type { DivisionCode } from '../people/divisions.ts';
import type { RosterStore } from '../store/roster-store.ts';
import type { DailyScan, ScanProgress } from './daily-scan.ts';
import type { Likeness } from './likeness.ts';

/** A household as the scan reads it: what is decided on and what is under way, and of who they are only whom they are alike. */
export interface ScannedHousehold {
  readonly householdId: HouseholdId;
  readonly household: Household;
  readonly applicationId: ApplicationId | null;
  /** What stands of it; null where nothing was decided, `unreadable` where nobody can read the decision any more. */
  readonly standing: Determination | 'unreadable' | null;
  readonly people: readonly Likeness[];
}

/** An open referral, as far as it takes no key to read it. */
export interface ScannedReferral {
  readonly referralId: ReferralId;
  readonly householdId: HouseholdId;
  readonly division: DivisionCode;
  /** When the present step is late. */
  readonly dueAt: Instant;
  readonly escalatedAt: Instant | null;
  readonly escalations: number;
}

/** What an entry of the assistance chain says of a month, as far as it takes no key to read it. */
export type ScannedEntry = Pick<AssistanceEntry, 'period' | 'state' | 'deliveredAt' | 'endedAfter'>;

/** Records one by one; those that are asked for at the same time are read together. */
export interface ScannedRecords
  extends Pick<RosterStore, 'task' | 'application' | 'review' | 'determination' | 'paymentLine'> {
  /** An entry of the assistance chain; undefined for what is not there. */
  chainEntry(id: AssistanceEntryId): Promise<ScannedEntry | undefined>;
}

/** Some rows of a segment, and where the next begin; null behind the last. */
export interface ScannedRows {
  readonly households: readonly ScannedHousehold[];
  readonly referrals: readonly ScannedReferral[];
  readonly next: string | null;
}

/**
 * What a daily scan works with: the rows of a segment, page by page, and what it has noted so far. Notes are no aggregates: they are
 * written by one scan, and hold counts and no id of a person or a household but the place where the scan goes on.
 */
export interface DailyScanStore {
  /** Roughly how many rows the roster has, to choose the number of segments. */
  estimatedRows(): Promise<number>;
  /** The first month whose deliveries are on record here, of a roster that was taken over; null where none was. */
  deliveriesSince(): Promise<Month | null>;
  rows(stretch: {
    /** The scan's day, for which people are marked. */
    readonly day: LocalDate;
    readonly segment: number;
    readonly of: number;
    readonly position: string | null;
  }): Promise<ScannedRows>;
  readonly records: ScannedRecords;
  /** Begins the scan of a day once, and answers the one that stands. */
  begin(scan: DailyScan): Promise<DailyScan>;
  /** The scan of a day; undefined when none has begun. */
  begun(day: LocalDate): Promise<DailyScan | undefined>;
  /** The scan of a day with how far its segments have got, all of which are read for it; undefined when none has begun. */
  scan(day: LocalDate): Promise<{ scan: DailyScan; progress: readonly ScanProgress[] } | undefined>;
  segment(day: LocalDate, segment: number): Promise<ScanProgress | undefined>;
  /** Notes the part after `progress.parts - 1` others; false when another call has noted it before. */
  storeProgress(day: LocalDate, progress: ScanProgress): Promise<boolean>;
}
