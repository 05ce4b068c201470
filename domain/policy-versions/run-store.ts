import type { Household } from '../households/household.ts';
import type { HouseholdId, PolicyRunId } from '../ids.ts';
import type { ChangeLine } from './change-line.ts';
import type { Redecided } from './policy-run.ts';
import type { Tally } from './tally.ts';

/** A household as a run reads it: what is decided on, without who they are. */
export interface CountedHousehold {
  householdId: HouseholdId;
  version: number;
  household: Household;
}

/** How far one segment has been read. `parts` counts the stretches of the list that are stored; `position` is where the next begins. */
export interface SegmentProgress {
  segment: number;
  parts: number;
  position: string | null;
  done: boolean;
  tally: Tally;
}

/** How far the list of one segment has been decided anew. */
export interface DecidedProgress {
  segment: number;
  parts: number;
  redecided: Redecided;
}

/**
 * What a run works with beside the roster's records: the households of a segment, page by page, and what it has noted so far. A
 * part is stored together with the progress that names it, once: whoever repeats it finds it there.
 */
export interface PolicyRunStore {
  /** Roughly how many rows the roster has, to choose the number of segments. */
  estimatedRows(): Promise<number>;
  households(
    segment: number,
    of: number,
    position: string | null,
  ): Promise<{ households: readonly CountedHousehold[]; next: string | null }>;
  segment(runId: PolicyRunId, segment: number): Promise<SegmentProgress | undefined>;
  segments(runId: PolicyRunId): Promise<readonly SegmentProgress[]>;
  /** Stores the part after `progress.parts - 1` others; false when another call has stored it before. */
  storePart(runId: PolicyRunId, progress: SegmentProgress, lines: readonly ChangeLine[]): Promise<boolean>;
  part(runId: PolicyRunId, segment: number, part: number): Promise<readonly ChangeLine[]>;
  decided(runId: PolicyRunId, segment: number): Promise<DecidedProgress | undefined>;
  allDecided(runId: PolicyRunId): Promise<readonly DecidedProgress[]>;
  storeDecided(runId: PolicyRunId, progress: DecidedProgress): Promise<boolean>;
}
