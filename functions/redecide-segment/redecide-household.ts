import type { Dependencies } from '../../domain/dependencies.ts';
import type { Determination } from '../../domain/determinations/determination.ts';
import { withTiers } from '../../domain/determinations/with-tiers.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import { newEvent } from '../../domain/events/new-event.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import { changeDetermination } from '../../domain/policy-versions/change-determination.ts';
import { changeTask } from '../../domain/policy-versions/change-task.ts';
import type { PolicyRun, Redecided } from '../../domain/policy-versions/policy-run.ts';
import { changeDeterminationIdOf } from '../../domain/policy-versions/run-ids.ts';
import { policyRunActor } from '../../domain/policy-versions/run-of.ts';
import { WriteConflict } from '../../domain/reviews/review-of.ts';
import type { AggregateWrite } from '../../domain/store/roster-store.ts';

export type Outcome = keyof Redecided;

/** A household may be written by an officer in the same moment; then it is read again, this often at the most. */
const maximumAttempts = 4;

/** What became of a household, from its decision: the same whenever it is asked, also after the county has looked. */
const outcomeOf = ({ version, policyChange }: Determination): Outcome => {
  if (policyChange?.state === 'awaiting-application') return 'awaitingApplication';
  return version === 1 && policyChange?.state === 'in-force' ? 'inForce' : 'awaitingCheck';
};

/**
 * Decides one household by the new version: determination, tiers on the roster where it holds at once, and the county's task where
 * it has to look first, in one transaction that rests on the household's version. Repeated, it finds what it decided before.
 */
export const redecideHousehold = async (
  dependencies: Dependencies,
  run: PolicyRun,
  policy: PolicyPack,
  householdId: HouseholdId,
): Promise<Outcome> => {
  const { store, digest } = dependencies;
  const determinationId = changeDeterminationIdOf(digest, run.runId, householdId);
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const before = await store.determination(determinationId);
    if (before !== undefined) return outcomeOf(before);
    const roster = await store.household(householdId);
    if (roster === undefined) throw new Error(`${householdId} is not in the store`);
    const decided = await decide(dependencies, run, policy, roster);
    if (decided === undefined) return 'cannotDecide';
    if (await stored(dependencies, policy, roster, decided)) return outcomeOf(decided);
  }
  throw new WriteConflict(`${householdId} is being written all the time`);
};

const decide = async (
  { store, digest, now }: Dependencies,
  run: PolicyRun,
  policy: PolicyPack,
  roster: RosterHousehold,
): Promise<Determination | undefined> => {
  const { householdId } = roster.household;
  if (run.asOf === null) throw new Error(`${run.runId} decides and has not begun`);
  const evaluation = evaluate(roster.household, policy, run.asOf);
  if (evaluation.status === 'cannot-decide') return undefined;
  const [standing, application] = await Promise.all([
    roster.determinationId === null ? undefined : store.determination(roster.determinationId),
    roster.applicationId === null ? undefined : store.application(roster.applicationId),
  ]);
  return changeDetermination(digest, {
    runId: run.runId,
    determinationId: changeDeterminationIdOf(digest, run.runId, householdId),
    roster,
    standing,
    application,
    policy,
    evaluation,
    activatedBy: run.requestedBy,
    at: now(),
  });
};

const stored = async (
  dependencies: Dependencies,
  policy: PolicyPack,
  roster: RosterHousehold,
  determination: Determination,
): Promise<boolean> => {
  const { store, newId } = dependencies;
  const { policyChange, applicationId, reviewId, policyVersion, division, recordedAt } = determination;
  const holds = policyChange?.state === 'in-force';
  const task =
    policyChange?.state === 'awaiting-check'
      ? changeTask({ ...dependencies, policy }, determination, recordedAt)
      : undefined;
  const aggregates: AggregateWrite[] = [
    { kind: 'determination', value: determination },
    // Written also where nothing in it changes, so that the decision rests on the household as it was read.
    { kind: 'household', value: holds ? withTiers(roster, determination) : { ...roster, version: roster.version + 1 } },
    ...(task === undefined ? [] : [{ kind: 'task', value: task, from: [] } satisfies AggregateWrite]),
  ];
  const result = await store.commit({
    aggregates,
    event: newEvent('PolicyChangeDecided', recordedAt, newId, {
      applicationId,
      reviewId,
      policyVersion,
      determinationId: determination.determinationId,
      ...(policyChange === undefined ? {} : { runId: policyChange.runId }),
      ...(task === undefined ? {} : { taskId: task.taskId }),
    }),
    actor: policyRunActor,
    division,
  });
  return result.ok;
};
