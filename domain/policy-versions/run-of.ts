import type { Dependencies } from '../dependencies.ts';
import type { EventType } from '../events/event.ts';
import { newEvent } from '../events/new-event.ts';
import type { PolicyRunId } from '../ids.ts';
import { type PolicyRunAction, policyRunLifecycle } from '../lifecycles/policy-version.ts';
import type { PolicyPack } from '../policy/policy-pack.ts';
import { WriteConflict } from '../reviews/review-of.ts';
import type { AggregateWrite } from '../store/roster-store.ts';
import { versionOf } from './policies.ts';
import type { PolicyRun, RunRefusal } from './policy-run.ts';
import type { PolicyVersion } from './policy-version.ts';
import type { PolicyRunStore } from './run-store.ts';

/** What the steps of a run are given beside what every use case is. */
export type RunDependencies = Dependencies & { runs: PolicyRunStore };

/** The workflow as an actor in audit entries. */
export const policyRunActor = { role: 'workflow', subject: 'policy-simulation' } as const;

/** The run of a step, and the version it is about. Throws when one is not there: the event that started it was stored with both. */
export const runAndVersion = async (
  { store }: Pick<Dependencies, 'store'>,
  runId: PolicyRunId,
): Promise<{ run: PolicyRun; version: PolicyVersion }> => {
  const run = await store.policyRun(runId);
  const version = run === undefined ? undefined : await store.policyVersion(run.policyVersion);
  if (run === undefined || version === undefined) throw new Error(`${runId} or its version is not in the store`);
  return { run, version };
};

/** The pack in force when the run was asked for, and the pack its draft makes. */
export const packsOf = async (
  { policies }: Pick<Dependencies, 'policies'>,
  { basedOn, policyVersion, runId }: PolicyRun,
): Promise<{ base: PolicyPack; pack: PolicyPack }> => ({
  base: await versionOf(policies, basedOn, runId),
  pack: await versionOf(policies, policyVersion, runId),
});

/** A run moved on, as a write that holds only from the states its lifecycle allows. */
export const movedRun = (run: PolicyRun, action: PolicyRunAction, changes: Partial<PolicyRun>): AggregateWrite => {
  const move = policyRunLifecycle[action];
  return {
    kind: 'policy-run',
    value: { ...run, ...changes, version: run.version + 1, state: move.to },
    from: move.from,
  };
};

/** Stores a move of a run, with what belongs to it. A step that lost a race reads again. */
export const storeMove = async (
  { store, policies, now, newId }: Dependencies,
  { runId, policyVersion, basedOn }: PolicyRun,
  event: EventType,
  aggregates: readonly AggregateWrite[],
): Promise<void> => {
  const { region } = await versionOf(policies, basedOn, runId);
  const result = await store.commit({
    aggregates,
    event: newEvent(event, now(), newId, { policyVersion, runId }),
    actor: policyRunActor,
    division: region,
  });
  if (!result.ok) throw new WriteConflict(`${runId}: ${result.conflict}`);
};

/** Ends a run that may not go on, with the reason; what stood goes on standing. */
export const refuseRun = (
  dependencies: Dependencies,
  run: PolicyRun,
  refusal: RunRefusal,
  found: Partial<Pick<PolicyRun, 'result' | 'drift'>> = {},
): Promise<void> =>
  storeMove(dependencies, run, 'PolicyRunRefused', [
    movedRun(run, 'refuse', { ...found, refusal, endedAt: dependencies.now() }),
  ]);
