import type { HouseholdId, PolicyRunId } from '../../domain/ids.ts';
import { policyRunLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import {
  addRedecided,
  noneRedecided,
  type PolicyRun,
  type Redecided,
} from '../../domain/policy-versions/policy-run.ts';
import { packsOf, type RunDependencies, runAndVersion } from '../../domain/policy-versions/run-of.ts';
import { forEachAtOnce } from '../at-once.ts';
import type { SegmentStep } from '../count-segment/count-segment.ts';
import { redecideHousehold } from './redecide-household.ts';

/** Households after which a call lets the workflow call again: some seconds of work, and few calls in an execution's history. */
const householdsPerCall = 1_000;

/**
 * Decides the households on the list of a segment anew, part by part, and notes how far it has got. What is undecided is left to
 * people: it is on the list, and no decision is made of it.
 */
export const redecideSegment = async (
  dependencies: RunDependencies,
  { runId, segment }: SegmentStep,
): Promise<SegmentStep & { done: boolean }> => {
  const { runs } = dependencies;
  const { run } = await runAndVersion(dependencies, runId);
  if (!policyRunLifecycle.finish.from.includes(run.state)) return { runId, segment, done: true };
  const [counted, decided] = await Promise.all([runs.segment(runId, segment), runs.decided(runId, segment)]);
  if (counted === undefined) throw new Error(`segment ${segment} of ${runId} was not counted`);
  const { pack } = await packsOf(dependencies, run);
  let progress = decided ?? { segment, parts: 0, redecided: noneRedecided };
  let households = 0;
  while (progress.parts < counted.parts && households < householdsPerCall) {
    const listed = await listedIn(dependencies, runId, segment, progress.parts);
    const redecided = await redecideAll(dependencies, run, pack, listed);
    progress = {
      segment,
      parts: progress.parts + 1,
      redecided: addRedecided([progress.redecided, redecided]),
    };
    households += listed.length;
    // False when another call of the same step was faster: it found the same decisions, and its counts are the same.
    await runs.storeDecided(runId, progress);
  }
  return { runId, segment, done: progress.parts >= counted.parts };
};

const listedIn = async (
  { runs }: RunDependencies,
  runId: PolicyRunId,
  segment: number,
  part: number,
): Promise<readonly HouseholdId[]> =>
  (await runs.part(runId, segment, part))
    .filter(({ kind }) => kind !== 'undecided')
    .map(({ householdId }) => householdId);

const redecideAll = async (
  dependencies: RunDependencies,
  run: PolicyRun,
  pack: PolicyPack,
  households: readonly HouseholdId[],
): Promise<Redecided> => {
  const counts = { ...noneRedecided };
  const redecided = await forEachAtOnce(households, (id) => redecideHousehold(dependencies, run, pack, id));
  for (const what of redecided) counts[what] += 1;
  return counts;
};
