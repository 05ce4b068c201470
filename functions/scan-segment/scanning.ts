import type { Month } from '../../domain/assistance/period.ts';
import type { Instant, LocalDate } from '../../domain/dates.ts';
import type { Cover, MissedNeed } from '../../domain/missed-needs/missed-need.ts';
import type { ScanDependencies } from '../../domain/missed-needs/scan-of.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** What one call of a scan works with: the day's date stands for today, also when the scan goes on behind midnight. */
export interface Scanning {
  readonly dependencies: ScanDependencies;
  readonly policy: PolicyPack;
  readonly day: LocalDate;
  /** The month whose deliveries are looked at. */
  readonly month: Month;
  readonly at: Instant;
}

/** A line that was found, and what covers it beside a task of its own; undefined: nothing does. */
export interface Missed {
  readonly need: MissedNeed;
  readonly cover: Cover | undefined;
}
