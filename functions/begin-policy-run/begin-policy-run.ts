import type { z } from 'zod';
import type { BeginPolicyRunOutput } from '../../contracts/tasks/policy-simulation.ts';
import { dateInChina, endOfDayInChina, type Instant, laterOf, plusDays } from '../../domain/dates.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import { policyRunLifecycle, policyVersionLifecycle } from '../../domain/lifecycles/policy-version.ts';
import type { PolicyRun, RunRefusal } from '../../domain/policy-versions/policy-run.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import {
  movedRun,
  type RunDependencies,
  refuseRun,
  runAndVersion,
  storeMove,
} from '../../domain/policy-versions/run-of.ts';
import { segmentsFor } from '../segments-for.ts';

type Beginning = z.input<typeof BeginPolicyRunOutput>;

/** A segment of 60,000 rows has some ten thousand households: under a minute of work for one function. */
const cut = { rowsPerSegment: 60_000, fewest: 4, most: 64 } as const;

const stop = (until: Instant): Beginning => ({ next: 'stop', until, segments: [] });

const counting = (run: PolicyRun, segments: number, until: Instant): Beginning => ({
  next: 'count',
  until,
  segments: Array.from({ length: segments }, (_, segment) => ({ runId: run.runId, segment })),
});

/**
 * Begins a run: waits for the first day of an activation, sees that what it was asked on still stands, and settles the date and the
 * number of segments once. A repeated step answers as before.
 */
export const beginPolicyRun = async (dependencies: RunDependencies, runId: PolicyRunId): Promise<Beginning> => {
  const { now, runs } = dependencies;
  const { run, version } = await runAndVersion(dependencies, runId);
  const at = now();
  if (!policyRunLifecycle.begin.from.includes(run.state)) {
    return run.segments === null || run.endedAt !== null ? stop(at) : counting(run, run.segments, at);
  }
  const today = dateInChina(at);
  if (run.bound !== null && run.bound.activeFrom > today) {
    return { next: 'wait', until: endOfDayInChina(plusDays(run.bound.activeFrom, -1)), segments: [] };
  }
  const refusal = await refusalOf(dependencies, run, version);
  if (refusal !== null) {
    await refuseRun(dependencies, run, refusal);
    return stop(at);
  }
  const asOf = laterOf(today, run.bound?.activeFrom ?? version.effectiveFrom);
  const segments = segmentsFor(await runs.estimatedRows(), cut);
  await storeMove(dependencies, run, 'PolicyRunBegun', [movedRun(run, 'begin', { asOf, segments })]);
  return counting(run, segments, at);
};

/** What may have happened between the request and its turn, which for an activation can be weeks. */
const refusalOf = async (
  { policies }: RunDependencies,
  { mode, basedOn }: PolicyRun,
  version: PolicyVersion,
): Promise<RunRefusal | null> => {
  if (version.state === policyVersionLifecycle.withdraw.to) return 'withdrawn';
  if (!policyVersionLifecycle[mode].from.includes(version.state)) return 'base-moved';
  return (await policies.inForce()).version === basedOn ? null : 'base-moved';
};
