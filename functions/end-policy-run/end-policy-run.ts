import type { runEnds } from '../../contracts/tasks/policy-simulation.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import { policyRunLifecycle } from '../../domain/lifecycles/policy-version.ts';
import { addRedecided } from '../../domain/policy-versions/policy-run.ts';
import { movedRun, type RunDependencies, runAndVersion, storeMove } from '../../domain/policy-versions/run-of.ts';

/** Ends a run: with what became of the households of its list, or as failed. One that has ended stays as it is. */
export const endPolicyRun = async (
  dependencies: RunDependencies,
  runId: PolicyRunId,
  end: (typeof runEnds)[number],
): Promise<{ ended: boolean }> => {
  const { runs, now } = dependencies;
  const { run } = await runAndVersion(dependencies, runId);
  const action = end === 'finished' ? 'finish' : 'fail';
  if (!policyRunLifecycle[action].from.includes(run.state)) return { ended: false };
  const redecided =
    end === 'finished' ? addRedecided((await runs.allDecided(runId)).map((segment) => segment.redecided)) : null;
  await storeMove(dependencies, run, end === 'finished' ? 'PolicyRunFinished' : 'PolicyRunFailed', [
    movedRun(run, action, { endedAt: now(), redecided }),
  ]);
  return { ended: true };
};
