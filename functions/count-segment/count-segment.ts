import type { PolicyRunId } from '../../domain/ids.ts';
import { policyRunLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { ChangeLine } from '../../domain/policy-versions/change-line.ts';
import { type Comparison, compare } from '../../domain/policy-versions/compare.ts';
import type { PolicyRun } from '../../domain/policy-versions/policy-run.ts';
import { packsOf, type RunDependencies, runAndVersion } from '../../domain/policy-versions/run-of.ts';
import type { SegmentProgress } from '../../domain/policy-versions/run-store.ts';
import { addTallies, emptyTally, type Tally, tallyOf } from '../../domain/policy-versions/tally.ts';

/** Households after which a part is stored: what is held in memory, and what a step that is cut off has to do again. */
const householdsPerPart = 250;
/** Parts one call stores before it lets the workflow call again: some seconds of work, far from the time limit. */
const partsPerCall = 20;

export interface SegmentStep {
  runId: PolicyRunId;
  segment: number;
}

/**
 * Decides the households of a segment by both packs and stores what differs, part by part. It goes on where the last call stopped;
 * a part that is stored is never made again, so that a repeated call adds nothing and changes nothing.
 */
export const countSegment = async (
  dependencies: RunDependencies,
  { runId, segment }: SegmentStep,
): Promise<SegmentStep & { done: boolean }> => {
  const { runs } = dependencies;
  const { run } = await runAndVersion(dependencies, runId);
  let progress = await runs.segment(runId, segment);
  // Counting is over: what is stored is what was concluded from.
  if (!policyRunLifecycle.conclude.from.includes(run.state)) return { runId, segment, done: true };
  const comparison = await comparisonOf(dependencies, run);
  for (let parts = 0; parts < partsPerCall && progress?.done !== true; parts += 1) {
    progress = await countPart(dependencies, run, comparison, progress ?? beginningOf(segment));
  }
  return { runId, segment, done: progress?.done === true };
};

const beginningOf = (segment: number): SegmentProgress => ({
  segment,
  parts: 0,
  position: null,
  done: false,
  tally: emptyTally,
});

const comparisonOf = async (dependencies: RunDependencies, run: PolicyRun): Promise<Comparison> => {
  if (run.asOf === null) throw new Error(`${run.runId} counts and has not begun`);
  const { base, pack } = await packsOf(dependencies, run);
  return { base, draft: pack, date: run.asOf };
};

const countPart = async (
  { runs, digest }: RunDependencies,
  { runId, segments }: PolicyRun,
  comparison: Comparison,
  progress: SegmentProgress,
): Promise<SegmentProgress> => {
  const tallies: Tally[] = [];
  const lines: ChangeLine[] = [];
  let { position } = progress;
  let isLast = false;
  while (!isLast && tallies.length < householdsPerPart) {
    const page = await runs.households(progress.segment, segments ?? 1, position);
    for (const { household, version } of page.households) {
      const counted = compare(digest, household, version, comparison);
      tallies.push(tallyOf(counted));
      if (counted.line !== null) lines.push(counted.line);
    }
    position = page.next;
    isLast = page.next === null;
  }
  const next: SegmentProgress = {
    segment: progress.segment,
    parts: progress.parts + 1,
    position,
    done: isLast,
    tally: addTallies([progress.tally, ...tallies]),
  };
  if (await runs.storePart(runId, next, lines)) return next;
  // Another call of the same step was faster. Its part stands; this one goes on behind it.
  const stored = await runs.segment(runId, progress.segment);
  if (stored === undefined) throw new Error(`segment ${progress.segment} of ${runId} could not be stored`);
  return stored;
};
