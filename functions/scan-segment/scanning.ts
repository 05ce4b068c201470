import type { Month } from '../../domain/assistance/period.ts';
import type { Instant, LocalDate } from '../../domain/dates.ts';
import type { MissedNeed, Seen } from '../../domain/missed-needs/missed-need.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** What one call of a scan works with: the day's date stands for today, also when the scan goes on behind midnight. */
export interface Scanning {
  readonly dependencies: ScanDependencies;
  readonly policy: PolicyPack;
  readonly day: LocalDate;
  /** The month whose deliveries are looked at; null where none of them is on record. */
  readonly month: Month | null;
  readonly at: Instant;
}

/** A line that was found, and what sees to it, be it a task that is there already; undefined: nothing that is known of. */
export interface Missed {
  readonly need: MissedNeed;
  readonly cover: Seen | undefined;
}
