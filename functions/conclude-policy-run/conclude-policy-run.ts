import type { Dependencies } from '../../domain/dependencies.ts';
import type { PolicyRunId } from '../../domain/ids.ts';
import { policyRunLifecycle, policyVersionLifecycle } from '../../domain/lifecycles/policy-version.ts';
import { PolicyDraft } from '../../domain/policy/policy-draft.ts';
import { signatureOf } from '../../domain/policy-versions/change-line.ts';
import type { Drift, PolicyRun, RunRefusal, RunResult } from '../../domain/policy-versions/policy-run.ts';
import type { PolicyVersion } from '../../domain/policy-versions/policy-version.ts';
import { driftBetween, hasDrifted, resultOf } from '../../domain/policy-versions/result.ts';
import {
  movedRun,
  packsOf,
  type RunDependencies,
  refuseRun,
  runAndVersion,
  storeMove,
} from '../../domain/policy-versions/run-of.ts';
import type { SegmentProgress } from '../../domain/policy-versions/run-store.ts';
import { allowedDrift } from '../../domain/policy-versions/settings.ts';
import { addTallies } from '../../domain/policy-versions/tally.ts';

type Conclusion = { next: 'end' | 're-decide' };

/**
 * Puts the segments together. A simulation ends here, and its version may be activated by its hash. An activation compares the
 * fresh list with the simulated one and goes on to decide anew only if they are near enough to each other.
 */
export const concludePolicyRun = async (dependencies: RunDependencies, runId: PolicyRunId): Promise<Conclusion> => {
  const { run, version } = await runAndVersion(dependencies, runId);
  if (run.state === policyRunLifecycle['re-decide'].to) return { next: 're-decide' };
  if (!policyRunLifecycle.conclude.from.includes(run.state)) return { next: 'end' };
  const segments = await countedSegments(dependencies, run);
  const list = await listOf(dependencies, runId, segments);
  const result = await resultOfRun(dependencies, run, version, segments, list);
  return run.bound === null
    ? concludeSimulation(dependencies, run, version, result)
    : concludeActivation(dependencies, run, version, result, list);
};

const countedSegments = async (
  { runs }: RunDependencies,
  { runId, segments }: PolicyRun,
): Promise<readonly SegmentProgress[]> => {
  const counted = await runs.segments(runId);
  if (counted.length !== segments || counted.some(({ done }) => !done)) {
    throw new Error(`${runId} has ${counted.filter(({ done }) => done).length} of ${segments} segments counted`);
  }
  return counted;
};

/**
 * The named list as household and what its line says. Read part by part; what is kept is some 150 bytes a line, 45 MB for a list
 * of 300,000 households. A household that was written while the roster was read stands in one segment all the same: its key does
 * not change.
 */
const listOf = async (
  { runs }: RunDependencies,
  runId: PolicyRunId,
  segments: readonly Pick<SegmentProgress, 'segment' | 'parts'>[],
): Promise<ReadonlyMap<string, string>> => {
  const list = new Map<string, string>();
  for (const { segment, parts } of segments) {
    for (let part = 0; part < parts; part += 1) {
      for (const line of await runs.part(runId, segment, part)) list.set(line.householdId, signatureOf(line));
    }
  }
  return list;
};

const resultOfRun = async (
  dependencies: RunDependencies,
  run: PolicyRun,
  { draft, draftHash }: PolicyVersion,
  segments: readonly SegmentProgress[],
  list: ReadonlyMap<string, string>,
): Promise<RunResult> => {
  const { base, pack } = await packsOf(dependencies, run);
  if (run.asOf === null) throw new Error(`${run.runId} is concluded and has not begun`);
  return resultOf(dependencies.digest, {
    base,
    pack,
    draft: PolicyDraft.parse(JSON.parse(draft)),
    draftHash,
    asOf: run.asOf,
    tally: addTallies(segments.map(({ tally }) => tally)),
    signatures: [...list.values()],
  });
};

const concludeSimulation = async (
  dependencies: Dependencies,
  run: PolicyRun,
  version: PolicyVersion,
  result: RunResult,
): Promise<Conclusion> => {
  const { simulate } = policyVersionLifecycle;
  if (!simulate.from.includes(version.state)) {
    await refuseRun(dependencies, run, 'withdrawn', { result });
    return { next: 'end' };
  }
  const endedAt = dependencies.now();
  const { hash, asOf, changes } = result;
  await storeMove(dependencies, run, 'PolicySimulated', [
    movedRun(run, 'conclude', { result, endedAt }),
    {
      kind: 'policy-version',
      value: {
        ...version,
        version: version.version + 1,
        state: simulate.to,
        simulation: { runId: run.runId, hash, asOf, simulatedAt: endedAt, changes },
      },
      from: simulate.from,
    },
  ]);
  return { next: 'end' };
};

const concludeActivation = async (
  dependencies: RunDependencies,
  run: PolicyRun,
  version: PolicyVersion,
  result: RunResult,
  fresh: ReadonlyMap<string, string>,
): Promise<Conclusion> => {
  const { store, policies, runs } = dependencies;
  if (run.bound === null) throw new Error(`${run.runId} is bound to no simulation`);
  const { simulationId, hash, activeFrom } = run.bound;
  const simulated = await listOf(dependencies, simulationId, await runs.segments(simulationId));
  const inForce = await store.policyInForce();
  const drift = driftBetween(simulated, fresh, allowedDrift(await policies.inForce(), result.asOf));
  const refusal = refusalOf(version, hash, inForce?.history.at(-1)?.policyVersion ?? run.basedOn, drift);
  const { activate } = policyVersionLifecycle;
  if (refusal !== null) {
    await refuseRun(dependencies, run, refusal, { result, drift });
    return { next: 'end' };
  }
  const activation = { runId: run.runId, activatedBy: run.requestedBy, activeFrom, activatedAt: dependencies.now() };
  await storeMove(dependencies, run, 'PolicyActivated', [
    movedRun(run, 're-decide', { result, drift }),
    {
      kind: 'policy-version',
      value: { ...version, version: version.version + 1, state: activate.to, activation },
      from: activate.from,
    },
    {
      kind: 'policy-in-force',
      // Two activations of one moment meet in this record, and only one of them is stored.
      value: {
        version: (inForce?.version ?? 0) + 1,
        history: [...(inForce?.history ?? []), { policyVersion: run.policyVersion, activeFrom }],
      },
    },
  ]);
  return { next: 're-decide' };
};

/** What stands against an activation, the first thing first: it is asked again here, because the roster was read for a while. */
const refusalOf = (
  { state, simulation, basedOn }: PolicyVersion,
  boundTo: string,
  newest: string,
  drift: Drift,
): RunRefusal | null => {
  if (state === policyVersionLifecycle.withdraw.to) return 'withdrawn';
  if (state === policyVersionLifecycle.activate.to || newest !== basedOn) return 'base-moved';
  if (simulation?.hash !== boundTo) return 'another-simulation';
  return hasDrifted(drift) ? 'roster-moved' : null;
};
