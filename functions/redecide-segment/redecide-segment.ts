import type { HouseholdId } from '../../domain/ids.ts';
import { policyRunLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import {
  addRedecided,
  noneRedecided,
  type PolicyRun,
  type Redecided,
} from '../../domain/policy-versions/policy-run.ts';
import { packsOf, type RunDependencies, runAndVersion } from '../../domain/policy-versions/run-of.ts';
import type { SegmentStep } from '../count-segment/count-segment.ts';
import { redecideHousehold } from './redecide-household.ts';

/** Households decided at the same time: a transaction mostly waits for the table. */
const atOnce = 8;

/**
 * Decides the households on the list of a segment anew, one part of the list in one call, and notes how far it has got. What is
 * undecided is left to people: it is on the list, and no decision is made of it.
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
  const parts = decided?.parts ?? 0;
  if (parts >= counted.parts) return { runId, segment, done: true };
  const { pack } = await packsOf(dependencies, run);
  const households = (await runs.part(runId, segment, parts))
    .filter(({ kind }) => kind !== 'undecided')
    .map(({ householdId }) => householdId);
  const redecided = await redecideAll(dependencies, run, pack, households);
  // False when another call of the same step was faster: it found the same decisions, and its count stands.
  await runs.storeDecided(runId, {
    segment,
    parts: parts + 1,
    redecided: addRedecided([decided?.redecided ?? noneRedecided, redecided]),
  });
  return { runId, segment, done: parts + 1 >= counted.parts };
};

const redecideAll = async (
  dependencies: RunDependencies,
  run: PolicyRun,
  pack: PolicyPack,
  households: readonly HouseholdId[],
): Promise<Redecided> => {
  const waiting = [...households];
  const counts = { ...noneRedecided };
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        counts[await redecideHousehold(dependencies, run, pack, next)] += 1;
      }
    }),
  );
  return counts;
};
